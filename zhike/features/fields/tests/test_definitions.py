"""Who may define fields, what a definition may be, and what becomes of it."""

from __future__ import annotations

from typing import Any

import pytest

from zhike.features.fields.sorts import SORTS
from zhike.features.fields.tests.defining import OPTIONS, changes, defined, ids
from zhike.features.jobs.models import Job
from zhike.features.jobs.run import run_now
from zhike.kernel.registry import objects
from zhike.testing.kit import Api, make_user
from zhike.testing.team import added, done

pytestmark = pytest.mark.django_db
SALES = {"customers": {"*": "all"}, "people": {"view": "all"}}


def refused(answer: Any, field: str) -> str:
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), answer.content.decode()[:300]
    assert set(answer.json()["fields"]) == {field}
    return str(answer.json()["fields"][field])


def names(api: Api) -> list[str]:
    fields = api.get("meta").json()["objects"]["customers"]["fields"]
    return [k["name"] for k in fields if k["name"].startswith("x_")]


def test_only_who_may_defines_fields_and_everybody_has_them_at_once(admin: Api) -> None:
    seller = Api(make_user("seller", SALES))
    assert names(seller) == []
    definition = {"label": "占地面积", "collection": "customers", "kind": "decimal"}
    assert seller.post("extra-fields", definition).status_code == 403
    assert seller.get("extra-fields").status_code == 403
    assert "extra-fields" not in seller.get("meta").json()["objects"]
    assert objects()["extra-fields"].objects.count() == 0
    before = seller.get("meta")["ETag"]
    made = defined(admin, **definition)
    assert seller.get("meta")["ETag"] != before
    assert names(seller) == ["x_zhandimianji"]
    assert added(seller, "customers", name="四川石化", x_zhandimianji=12)["x_zhandimianji"] == "12.0000"
    assert seller.post(f"extra-fields/{made['id']}/retire").status_code == 404


def test_a_name_follows_from_the_label_and_never_comes_twice(admin: Api) -> None:
    assert defined(admin, label="合同到期日", kind="date")["name"] == "x_hetongdaoqiri"
    assert defined(admin, label="合同（到期）日")["name"] == "x_hetong_daoqi_ri"
    assert defined(admin, label="荷同")["name"] == "x_hetong"
    second = defined(admin, label="合同")
    assert second["name"] == "x_hetong_2"
    assert defined(admin, label="★")["name"] == "x_field"
    assert defined(admin, label="Web Site 2")["name"] == "x_web_site_2"
    assert defined(admin, label="区域", name="region")["name"] == "x_region"
    assert "已经用过" in refused(
        admin.post("extra-fields", {"label": "大区", "name": "x_region", "collection": "customers"}), "name"
    )
    assert defined(admin, label="区域", name="region", collection="contacts")["name"] == "x_region"
    assert admin.delete(f"extra-fields/{second['id']}").status_code == 204
    assert "已经用过" in refused(
        admin.post("extra-fields", {"label": "合同", "name": "x_hetong_2", "collection": "customers"}), "name"
    )
    assert defined(admin, label="合同")["name"] == "x_hetong_3"


@pytest.mark.parametrize(
    "name", ["x_", "X_Region", "x_区域", "x_a'b", 'x_a"b', "x_a b", "x_a--", "x_a%s", "x_a;drop", "x_a.b", "x_" + "a" * 39, "a'b"]
)
def test_a_name_that_is_no_name_is_refused(admin: Api, name: str) -> None:
    assert refused(admin.post("extra-fields", {"label": "区域", "name": name, "collection": "customers"}), "name")
    assert names(admin) == []


@pytest.mark.parametrize(
    ("definition", "field", "reason"),
    [
        ({"label": "登记名称"}, "label", "客户已有名为“登记名称”的字段"),
        ({"label": "x" * 41}, "label", "最多 40 个字，现有 41 个"),
        ({"kind": "lines"}, "kind", "不认识的选项“lines”，可选：" + "、".join(SORTS.values())),
        ({"kind": "choice"}, "options", "请给出 1 到 200 个选项"),
        ({"kind": "choices", "options": []}, "options", "请给出 1 到 200 个选项"),
        ({"kind": "choice", "options": [{"label": str(n)} for n in range(201)]}, "options", "请给出 1 到 200 个选项"),
        ({"kind": "choice", "options": [{"label": "北"}, {"label": "北"}]}, "options", "选项的名称与代码都不能重复"),
        ({"kind": "text", "options": [{"label": "北"}]}, "options", "只有单选和多选才有选项"),
        ({"kind": "ref"}, "target", "请选择引用的对象"),
        ({"kind": "text", "target": "customers"}, "target", "只有引用才指向别的对象"),
        ({"kind": "number", "pattern": "NO"}, "pattern", "要有且只有一个流水号 {seq:位数}，例如 {seq:5}"),
        ({"kind": "text", "pattern": "{seq:5}"}, "pattern", "只有自动编号才有编号格式"),
        ({"kind": "choice", "options": [{"label": "字" * 1_000_000}]}, "options", "第 1 行 label：最多 40 个字，现有 1000000 个"),
        ({"kind": "choice", "options": [{"label": str(n)} for n in range(20_000)]}, "options", "应为一组明细，最多 500 行"),
    ],
)
def test_a_definition_that_cannot_be_is_refused(admin: Api, definition: dict[str, Any], field: str, reason: str) -> None:
    assert refused(admin.post("extra-fields", {"label": "区域", "collection": "customers", **definition}), field) == reason
    assert names(admin) == []


def test_an_unknown_object_is_refused(admin: Api) -> None:
    for collection in ("extra-fields", "saved-views", "x", "people'; DROP TABLE org_person"):
        assert refused(admin.post("extra-fields", {"label": "区域", "collection": collection}), "collection")


def test_an_object_has_no_more_than_a_hundred(admin: Api) -> None:
    model = objects()["extra-fields"]
    first = model.objects.get(pk=defined(admin, label="第0个", name="n0")["id"])
    rows = []
    for n in range(1, 100):
        first.pk, first.name, first.label = None, f"x_n{n}", f"第{n}个"
        rows.append(model(**{k.attname: getattr(first, k.attname) for k in model._meta.concrete_fields}))
    model.objects.bulk_create(rows)
    answer = admin.post("extra-fields", {"label": "多余", "collection": "customers"})
    assert (answer.status_code, answer.json()["message"]) == (409, "每个对象最多 100 个自定义字段")
    assert len(names(admin)) == 100


def test_wrong_values_are_refused_by_label_and_nothing_changes(admin: Api) -> None:
    defined(admin, label="面积", name="area", kind="money")
    defined(admin, label="区域", name="region", kind="choice", options=OPTIONS)
    defined(admin, label="产品", name="product", kind="ref", target="products")
    made = added(admin, "customers", name="四川石化", x_area="1.50")
    answer = admin.patch(f"customers/{made['id']}", {"x_area": "一", "x_region": "west", "x_product": 999})
    assert answer.json()["fields"] == {
        "x_area": "应为数字",
        "x_region": "不认识的选项“west”，可选：北方、南方",
        "x_product": "没有这条记录，或您无权查看",
    }
    assert answer.json()["message"].startswith("面积：应为数字；区域：")
    assert admin.get(f"customers/{made['id']}").json() == made
    for name in ("x_area' OR 1=1", "x_area)--", 'x_area"', "x_area__gt", "extra", "extra__x_area", "x_area_id", "x_none"):
        assert admin.get("customers", filter={"field": name, "op": "eq", "value": "1"}).status_code == 422, name
        assert admin.get("customers", order=name).status_code == 422, name
        assert admin.get("customers", fields=name).status_code == 422, name
        assert admin.get("customers/aggregate", group=name).status_code == 422, name
    hostile = "'; DROP TABLE customers_customer; --%s"
    defined(admin, label="文字", name="words")
    assert ids(admin, filter={"field": "x_words", "op": "contains", "value": hostile}) == []
    kept = added(admin, "customers", name="重庆长安", x_words=hostile)
    assert ids(admin, filter={"field": "x_words", "op": "eq", "value": hostile}) == [kept["id"]]


def test_what_is_required_must_be_filled_in_by_people(admin: Api) -> None:
    before = added(admin, "customers", name="之前的客户")
    defined(admin, label="面积", name="area", kind="integer", required=True)
    assert refused(admin.post("customers", {"name": "四川石化"}), "x_area") == "必填"
    assert refused(admin.patch(f"customers/{before['id']}", {"x_area": None}), "x_area") == "必填"
    assert done_patch(admin, before["id"], {"short_name": "旧"})["incomplete"] is True
    assert done_patch(admin, before["id"], {"x_area": 5})["incomplete"] is False


def done_patch(api: Api, pk: int, data: Any) -> Any:
    answer = api.patch(f"customers/{pk}", data)
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def test_a_lead_is_converted_though_the_customer_lacks_what_people_must_fill(admin: Api) -> None:
    defined(admin, label="面积", name="area", kind="integer", required=True)
    lead = added(admin, "leads", name="四川石化", source="phone", contact_name="王工", phone="13812345678")
    done(admin, f"leads/{lead['id']}/qualify")
    done(admin, f"leads/{lead['id']}/convert")
    [made] = admin.get("customers", fields="name,x_area,incomplete").json()["rows"]
    assert made == {"name": "四川石化", "x_area": None, "incomplete": True}


def test_its_sort_stays_once_it_is_used(admin: Api) -> None:
    field = defined(admin, label="面积", name="area", kind="text")
    assert admin.patch(f"extra-fields/{field['id']}", {"kind": "integer"}).status_code == 200
    made = added(admin, "customers", name="四川石化", x_area=7)
    assert "已有记录填写" in refused(admin.patch(f"extra-fields/{field['id']}", {"kind": "text"}), "kind")
    assert "不能改名" in refused(admin.patch(f"extra-fields/{field['id']}", {"name": "x_other"}), "name")
    assert "别的对象" in refused(admin.patch(f"extra-fields/{field['id']}", {"collection": "contacts"}), "collection")
    assert admin.patch(f"extra-fields/{field['id']}", {"label": "占地"}).status_code == 200
    assert changes(admin, made["id"])["占地"] == (None, 7)


def test_an_option_that_is_chosen_stays(admin: Api) -> None:
    field = defined(admin, label="区域", name="region", kind="choice", options=[{"label": "北方"}, {"label": "南方"}])
    assert [line["value"] for line in field["options"]] == ["beifang", "nanfang"]
    added(admin, "customers", name="四川石化", x_region="nanfang")
    north, south = field["options"]
    assert "南方" in refused(admin.patch(f"extra-fields/{field['id']}", {"options": [north]}), "options")
    renamed = [{"id": south["id"], "label": "华南", "color": "red"}, {"label": "西部"}]
    assert admin.patch(f"extra-fields/{field['id']}", {"options": renamed}).status_code == 200
    fields = {k["name"]: k for k in admin.get("meta").json()["objects"]["customers"]["fields"]}
    assert fields["x_region"]["options"] == [
        {"value": "nanfang", "label": "华南", "color": "red"}, {"value": "xibu", "label": "西部"}
    ]  # fmt: skip


def test_a_used_field_is_retired_and_comes_back_whole(admin: Api) -> None:
    field = defined(admin, label="别名", name="alias", searchable=True)
    made = added(admin, "customers", name="四川石化", x_alias="川石总厂")
    answer = admin.delete(f"extra-fields/{field['id']}")
    assert (answer.status_code, answer.json()["message"]) == (409, "已有记录填写了“别名”，不能删除；可以停用它")
    bulk = admin.post("extra-fields/bulk", {"ids": [field["id"]], "delete": True})
    assert bulk.status_code == 409
    done(admin, f"extra-fields/{field['id']}/retire")
    assert names(admin) == []
    assert "x_alias" not in admin.get(f"customers/{made['id']}").json()
    assert admin.get("customers", filter={"field": "x_alias", "op": "filled"}).status_code == 422
    assert refused(admin.patch(f"customers/{made['id']}", {"x_alias": "新"}), "x_alias") == "没有这个字段"
    run_now(Job.objects.get(kind="fields_refresh").pk)
    assert ids(admin, q="川石总") == []
    assert done_patch(admin, made["id"], {"short_name": "川石"})["version"] == 2
    assert [list(c) for c in [changes(admin, made["id"])]] == [["简称"]]
    done(admin, f"extra-fields/{field['id']}/restore")
    assert admin.get(f"customers/{made['id']}").json()["x_alias"] == "川石总厂"
    run_now(Job.objects.order_by("-pk").first().pk)
    assert ids(admin, q="川石总") == [made["id"]]


def test_what_an_added_reference_points_to_is_not_deleted(admin: Api) -> None:
    defined(admin, label="主推产品", name="product", kind="ref", target="products")
    product = added(admin, "products", name="压缩机")
    other = added(admin, "products", name="泵")
    added(admin, "customers", name="四川石化", x_product=product["id"])
    answer = admin.delete(f"products/{product['id']}")
    assert (answer.status_code, answer.json()["message"]) == (409, "还有客户引用它（主推产品），不能删除")
    both = admin.post("products/bulk", {"ids": [product["id"], other["id"]], "delete": True}).json()
    assert (both["done"], [(r["id"], r["reason"]) for r in both["refused"]]) == (
        1,
        [(product["id"], "还有客户引用它（主推产品），不能删除")],
    )
    assert admin.get(f"products/{other['id']}").status_code == 404


def test_people_departments_and_the_same_object_can_be_pointed_to(admin: Api) -> None:
    defined(admin, label="区域公司", name="branch", kind="ref", target="departments")
    defined(admin, label="介绍人", name="friend", kind="ref", target="people")
    defined(admin, label="介绍客户", name="from", kind="ref", target="customers")
    first = added(admin, "customers", name="四川石化")
    here = admin.person.department_id
    made = added(admin, "customers", name="重庆长安", x_branch=here, x_friend=admin.person.pk, x_from=first["id"])
    assert made["x_from"] == {"id": first["id"], "label": "四川石化"}
    assert ids(admin, filter={"field": "x_branch", "op": "within", "value": here}) == [made["id"]]
    assert ids(admin, filter={"field": "x_branch", "op": "eq", "value": "mine"}) == [made["id"]]
    assert ids(admin, filter={"field": "x_friend", "op": "eq", "value": "me"}) == [made["id"]]
    assert ids(admin, filter={"field": "x_from.name", "op": "starts", "value": "四川"}) == [made["id"]]


def test_a_reference_shows_and_asks_nothing_of_records_one_may_not_see(admin: Api) -> None:
    defined(admin, label="介绍客户", name="from", kind="ref", target="customers")
    seller = Api(make_user("seller", {"customers": {"*": "self"}}, None))
    theirs = added(admin, "customers", name="机密客户", short_name="机密")
    assert refused(seller.post("customers", {"name": "我的", "x_from": theirs["id"]}), "x_from") == "没有这条记录，或您无权查看"
    mine = added(seller, "customers", name="我的客户")
    done_patch(admin, mine["id"], {"x_from": theirs["id"]})
    shown = seller.get("customers", fields="name,x_from.short_name").json()["rows"]
    assert shown == [{"name": "我的客户", "x_from.short_name": None}]
    assert ids(seller, filter={"field": "x_from.short_name", "op": "eq", "value": "机密"}) == []
