"""页面布局: each role has the pages it works with; the hidden is only out of sight, the required is required everywhere."""

from __future__ import annotations

from typing import Any

import pytest

from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make_department, make_user
from zhike.testing.team import added

pytestmark = pytest.mark.django_db
A_LEVEL = {"field": "level", "op": "eq", "value": "a"}


@pytest.fixture
def admin(db: Any) -> Api:
    return Api(make_user("admin", Reach.ALL, make_department("总部")))


@pytest.fixture
def seller(admin: Api) -> Api:
    return Api(make_user("seller", Reach.SELF, make_department("销售一部")))


def role(api: Api) -> int:
    return int(api.person.roles.get().pk)


def arrange(admin: Api, whose: int, **content: Any) -> Any:
    return admin.patch(f"layouts/{whose}/customers", content)


def pages(api: Api) -> Any:
    return api.get("meta").json()["objects"]["customers"]


def placed(described: Any) -> dict[str, list[str]]:
    return {s["label"]: s["fields"] for s in described["sections"]}


def everywhere(described: Any) -> list[str]:
    return [name for names in placed(described).values() for name in names]


def test_a_role_sees_its_own_sections_in_its_own_order(admin: Api, seller: Api) -> None:
    before = pages(seller)
    sections = [{"label": "先看这些", "fields": ["phone", "name"]}, {"label": "其余", "fields": ["level"]}]
    answer = arrange(admin, role(seller), sections=sections, hidden=["website"])
    assert answer.status_code == 200, answer.content.decode()
    shown = placed(pages(seller))
    assert list(shown)[:2] == ["先看这些", "其余"]
    assert (shown["先看这些"], shown["其余"]) == (["phone", "name"], ["level"])
    assert sorted(everywhere(pages(seller))) == sorted(set(everywhere(before)) - {"website"})
    assert placed(pages(admin)) == placed(before), "another role has the pages as they are declared"
    hidden = added(seller, "customers", name="四川石化", website="https://example.com")
    assert hidden["website"] == "https://example.com", "hidden from the eye, not from the interface"
    assert admin.delete(f"layouts/{role(seller)}/customers").status_code == 204
    assert pages(seller) == before


def test_with_several_roles_a_field_is_hidden_only_if_every_role_hides_it(admin: Api, seller: Api) -> None:
    other = make_user("other", Reach.SELF, make_department("销售二部"))
    arrange(admin, role(seller), hidden=["website", "phone"], required={"industry": A_LEVEL})
    second = other.roles.get()
    seller.person.roles.add(second)
    assert "website" in everywhere(pages(seller)), "the second role hides nothing"
    arrange(admin, second.pk, hidden=["website"], required={"industry": {}})
    described = pages(seller)
    seen = everywhere(described)
    assert ("website" in seen, "phone" in seen) == (False, True)
    assert described["required_when"] == {"industry": A_LEVEL}, "asked for when both roles ask for it"


def test_what_is_required_when_is_refused_on_creating_and_changing_until_it_is_filled(admin: Api, seller: Api) -> None:
    arrange(admin, role(seller), required={"industry": A_LEVEL})
    assert pages(seller)["required_when"] == {"industry": A_LEVEL}
    refused = seller.post("customers", {"name": "四川石化", "level": "a"})
    assert (refused.status_code, refused.json()["fields"]) == (422, {"industry": "在当前情况下必填"})
    assert seller.get("customers", total=1).json()["total"]["count"] == 0
    kept = added(seller, "customers", name="四川石化", level="b")
    for body in ({"level": "a"}, {"level": "a", "industry": ""}):
        answer = seller.patch(f"customers/{kept['id']}", body)
        assert (answer.status_code, answer.json()["fields"]) == (422, {"industry": "在当前情况下必填"})
    assert seller.get(f"customers/{kept['id']}").json()["level"] == "b"
    bulk = seller.post("customers/bulk", {"ids": [kept["id"]], "set": {"level": "a"}})
    assert (bulk.status_code, bulk.json()["fields"]) == (422, {"industry": "其中 1 条在当前情况下必填"})
    assert seller.patch(f"customers/{kept['id']}", {"level": "a", "industry": "energy"}).status_code == 200
    assert added(admin, "customers", name="别的公司", level="a")["industry"] == "", "nobody else is asked"


def test_an_older_record_is_held_up_only_where_the_rule_is_touched(admin: Api, seller: Api) -> None:
    old = added(seller, "customers", name="四川石化", level="a")
    arrange(admin, role(seller), required={"industry": A_LEVEL})
    assert seller.patch(f"customers/{old['id']}", {"name": "四川石油化工"}).status_code == 200
    assert seller.patch(f"customers/{old['id']}", {"industry": ""}).status_code == 200, "nothing has changed"
    assert seller.patch(f"customers/{old['id']}", {"level": "b"}).status_code == 200
    assert seller.patch(f"customers/{old['id']}", {"level": "a"}).status_code == 422


@pytest.mark.parametrize(
    ("content", "fields"),
    [
        ({"hidden": ["name"]}, {"hidden": "必填的字段不能隐藏：登记名称"}),
        ({"hidden": ["nothing"]}, {"sections": "没有这个字段：nothing"}),
        ({"sections": [{"label": "一", "fields": ["phone"]}], "hidden": ["phone"]}, {"sections": "每个字段只能放一处：phone"}),
        ({"sections": [{"label": " ", "fields": []}]}, {"sections": "分组的名称应为 1 到 40 个字"}),
        ({"required": {"phone": {}}, "hidden": ["phone"]}, {"required": "隐藏的字段不能必填：电话"}),
        ({"required": {"phone": {"field": "nothing", "op": "eq", "value": 1}}},
         {"required": "“电话”的条件不正确：nothing：没有这个字段"}),
        ({"title": "页面"}, {"title": "没有这个字段"}),
    ],
)  # fmt: skip
def test_a_layout_that_cannot_be_is_refused_with_the_reason(
    admin: Api, seller: Api, content: dict[str, Any], fields: dict[str, str]
) -> None:
    refused = arrange(admin, role(seller), **content)
    assert (refused.status_code, refused.json()["fields"]) == (422, fields)
    assert admin.get("layouts").json()["rows"] == []


def test_layouts_are_for_administrators_and_two_of_them_do_not_overwrite_each_other(admin: Api, seller: Api) -> None:
    plain = Api(make_user("plain", {"customers": {"*": "all"}}, make_department("财务部")))
    assert plain.get(f"layouts/{role(seller)}/customers").status_code == 403
    assert arrange(plain, role(seller), hidden=["website"]).status_code == 404, "it may not even see the role"
    first = arrange(admin, role(seller), hidden=["website"]).json()
    assert admin.get("layouts").json()["rows"] == [{"role": role(seller), "collection": "customers"}]
    assert arrange(admin, role(seller), hidden=["phone"], version=first["record"]["version"]).status_code == 200
    assert arrange(admin, role(seller), hidden=[], version=first["record"]["version"]).status_code == 409
    assert admin.get(f"layouts/{role(seller)}/customers").json()["hidden"] == ["phone"]
    assert admin.get("layouts/999/customers").status_code == 404
