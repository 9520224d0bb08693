"""An added field is used like one that was declared: filled in, filtered, ordered, counted, searched, seen in the history."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zhike.features.fields.sorts import SORTS
from zhike.features.fields.tests.defining import changes, defined, every_sort, ids
from zhike.features.jobs.models import Job
from zhike.features.jobs.run import run_now
from zhike.testing.kit import Api, make_user
from zhike.testing.team import added, done

pytestmark = pytest.mark.django_db
VALUES: dict[str, tuple[Any, Any]] = {
    "text": ("上海", "上海"),
    "longtext": ("第一行\n第二行", "第一行\n第二行"),
    "integer": (7, 7),
    "decimal": ("9.5", "9.5000"),
    "money": ("1200", "1200.00"),
    "ratio": ("0.45", "0.4500"),
    "date": ("2026-03-01", "2026-03-01"),
    "datetime": ("2026-03-01T09:30:00+08:00", "2026-03-01T09:30:00+08:00"),
    "boolean": (True, True),
    "choice": ("north", "north"),
    "choices": (["south", "north"], ["south", "north"]),
    "tags": (["重点", "老客户"], ["重点", "老客户"]),
    "phone": ("138 1234 5678", "13812345678"),
    "email": ("a@example.com", "a@example.com"),
    "url": ("example.com", "https://example.com"),
    "address": ({"code": "510104", "detail": "天府大道 1 号"}, {"code": "510104", "detail": "天府大道 1 号"}),
}
EMPTY = {"text", "longtext", "choice", "phone", "email", "url"}
NUMBERS: list[tuple[str, Any]] = [
    ("eq", 7),
    ("ne", 8),
    ("lt", 10),
    ("lte", 7),
    ("gt", 6),
    ("gte", 7),
    ("between", [6, 8]),
    ("filled", None),
]
WORDS = [("eq", "north"), ("ne", "south"), ("in", ["north"]), ("filled", None)]
HITS: dict[str, list[tuple[str, Any]]] = {
    "text": [("contains", "海"), ("starts", "上"), ("eq", "上海"), ("ne", "北京"), ("in", ["上海"]), ("filled", None)],
    "longtext": [("contains", "第二"), ("filled", None)],
    "integer": NUMBERS,
    "decimal": [(op, [v + 2.5 for v in value] if isinstance(value, list) else value and value + 2.5) for op, value in NUMBERS],
    "money": [("eq", "1200.00"), ("gt", 999), ("lt", "10000"), ("between", [1199, 1201]), ("ne", 5), ("filled", None)],
    "ratio": [("eq", "0.45"), ("lt", "0.5"), ("gte", "0.45"), ("ne", 1), ("filled", None)],
    "date": [("eq", "2026-03-01"), ("lt", "2026-10-01"), ("between", ["2026-02-01", "2026-03-01"]), ("filled", None)],
    "datetime": [("eq", "2026-03-01"), ("gt", "2026-03-01T01:00:00Z"), ("lt", "2026-03-02"), ("filled", None)],
    "boolean": [("eq", True)],
    "choice": [*WORDS, ("not_in", ["south"])],
    "choices": [("has_any", ["north"]), ("has_all", ["north", "south"]), ("filled", None)],
    "tags": [("has_any", ["重点"]), ("has_all", ["老客户"]), ("has_none", ["新客户"]), ("filled", None)],
    "phone": [("contains", "1234"), ("eq", "13812345678"), ("filled", None)],
    "email": [("contains", "example"), ("starts", "a@"), ("filled", None)],
    "url": [("contains", "example"), ("filled", None)],
    "ref": [("eq", "it"), ("in", ["it"]), ("ne", 999_999_999), ("filled", None)],
    "person": [("eq", "me"), ("in", ["me"]), ("not_in", []), ("filled", None)],
    "address": [("within", "51"), ("within", "510104"), ("contains", "天府"), ("filled", None)],
    "file": [("filled", None)],
}
GIVEN = {"number"}
"""What nobody fills in."""


def meant(value: Any, product: int) -> Any:
    return product if value == "it" else [meant(v, product) for v in value] if isinstance(value, list) else value


def sent(api: Api) -> int:
    """A file she has uploaded."""
    upload = SimpleUploadedFile("营业执照.png", b"\x89PNG\r\n\x1a\n")
    return int(api.client.post("/api/v1/files", {"file": upload}).json()["id"])


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Any) -> None:
    settings.FILES_FOLDER = tmp_path


@pytest.fixture
def filled(admin: Api) -> Any:
    """A customer with every field filled in; beside her one whose fields are all empty and one from before there were any."""
    added_before = added(admin, "customers", name="之前的客户")
    every_sort(admin)
    product = added(admin, "products", name="压缩机", unit="台")
    values = {f"x_{sort}": value for sort, (value, _) in VALUES.items()}
    full = added(
        admin, "customers", name="四川石化", **values, x_ref=product["id"], x_person=admin.person.pk, x_file=[sent(admin)]
    )
    empty = added(admin, "customers", name="空客户", x_text="")
    return {"full": full, "empty": empty, "before": added_before, "product": product}


def test_each_sort_is_described_and_kept(admin: Api, filled: Any) -> None:
    described = {k["name"]: k for k in admin.get("meta").json()["objects"]["customers"]["fields"]}
    assert [described[f"x_{sort}"]["kind"] for sort in SORTS] == list(SORTS)
    assert described["x_choice"]["options"] == [{"value": "north", "label": "北方"}, {"value": "south", "label": "南方"}]
    full = admin.get(f"customers/{filled['full']['id']}").json()
    moment = full.pop("x_datetime")
    assert moment == "2026-03-01T01:30:00+00:00" or moment == "2026-03-01T09:30:00+08:00"
    kept = {sort: full[f"x_{sort}"] for sort in VALUES if sort != "datetime"}
    assert kept == {sort: expected for sort, (_, expected) in VALUES.items() if sort != "datetime"}
    assert full["x_ref"] == {"id": filled["product"]["id"], "label": "压缩机"}
    assert full["x_person"] == {"id": admin.person.pk, "label": "admin"}
    assert [(f["name"], f["type"]) for f in full["x_file"]] == [("营业执照.png", "image/png")]


def test_what_was_never_filled_reads_like_an_empty_column(admin: Api, filled: Any) -> None:
    for who in ("empty", "before"):
        record = admin.get(f"customers/{filled[who]['id']}").json()
        for sort in set(SORTS) - GIVEN:
            nothing: Any = (
                "" if sort in EMPTY else [] if sort in ("choices", "tags", "file") else False if sort == "boolean" else None
            )
            assert record[f"x_{sort}"] == nothing, sort


def test_every_operator_finds_it_and_leaves_the_others(admin: Api, filled: Any) -> None:
    full, others = filled["full"]["id"], {filled["empty"]["id"], filled["before"]["id"]}
    for sort, op, value in [(name, *test) for name, tests in HITS.items() for test in tests]:
        leaf = {"field": f"x_{sort}", "op": op, "value": meant(value, filled["product"]["id"])}
        found = set(ids(admin, filter=leaf))
        expected = {full, *others} if op in ("ne", "not_in", "has_none") else {full}
        assert found == expected, (sort, op, value)
        assert set(ids(admin, filter={"not": leaf})) == {full, *others} - expected, (sort, op, value)
    for sort in set(SORTS) - {"boolean"} - GIVEN:
        assert set(ids(admin, filter={"field": f"x_{sort}", "op": "empty"})) == others, sort


def test_it_orders_a_list_page_by_page(admin: Api, filled: Any) -> None:
    described = {k["name"]: k for k in admin.get("meta").json()["objects"]["customers"]["fields"]}
    unsorted = [sort for sort in SORTS if not described[f"x_{sort}"]["sortable"]]
    assert unsorted == ["longtext", "choices", "tags", "address", "file"]
    assert [admin.get("customers", order=f"x_{sort}").status_code for sort in unsorted] == [422] * 5
    for order in [f"{direction}x_{sort}" for sort in SORTS if sort not in unsorted for direction in ("", "-")]:
        whole, after = ids(admin, order=order), ""
        walked: list[int] = []
        for _ in range(3):
            page = admin.get("customers", order=order, limit=1, after=after).json()
            walked, after = [*walked, *(row["id"] for row in page["rows"])], page["next"] or ""
        assert (walked, len(set(whole))) == (whole, 3), order


def test_numbers_order_as_numbers_and_dates_as_dates(admin: Api) -> None:
    defined(admin, label="面积", name="area", kind="integer")
    made = [added(admin, "customers", name=f"客户{n}", x_area=n)["id"] for n in (9, 100, 20)]
    assert ids(admin, order="x_area") == [made[0], made[2], made[1]]
    assert ids(admin, filter={"field": "x_area", "op": "between", "value": [10, 100]}, order="-x_area") == [made[1], made[2]]


def test_it_groups_and_is_measured(admin: Api, filled: Any) -> None:
    added(
        admin,
        "customers",
        name="重庆长安",
        x_choice="north",
        x_money="300.50",
        x_date="2026-03-20",
        x_ref=filled["product"]["id"],
    )

    def grouped(group: str, measures: str) -> Any:
        answer = admin.get("customers/aggregate", group=group, measures=measures, filter={"field": "x_choice", "op": "filled"})
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()["rows"]

    assert grouped("x_choice", "count,sum:x_money") == [{"x_choice": "north", "count": 2, "sum:x_money": "1500.50"}]
    assert grouped("x_date:month", "avg:x_money") == [{"x_date:month": "2026-03", "avg:x_money": "750.25"}]
    assert grouped("x_ref", "max:x_money,min:x_date") == [
        {"x_ref": {"id": filled["product"]["id"], "label": "压缩机"}, "max:x_money": "1200.00", "min:x_date": "2026-03-01"}
    ]
    assert grouped("x_boolean", "count") == [{"x_boolean": False, "count": 1}, {"x_boolean": True, "count": 1}]


def test_it_is_reached_through_references_and_reaches_on(admin: Api, filled: Any) -> None:
    added(admin, "opportunities", name="扩建", customer=filled["full"]["id"])
    wanted = "name,customer.x_choice,customer.x_money,customer.x_ref.unit"
    answer = admin.get("opportunities", fields=wanted, filter={"field": "customer.x_integer", "op": "gt", "value": 6})
    assert answer.json()["rows"] == [
        {"name": "扩建", "customer.x_choice": "north", "customer.x_money": "1200.00", "customer.x_ref.unit": "台"}
    ]
    assert ids(admin, filter={"field": "x_ref.unit", "op": "eq", "value": "台"}) == [filled["full"]["id"]]
    shown = admin.get("customers", fields="x_ref.name,x_person.department,x_ref.category.name", order="-x_ref").json()["rows"][0]
    assert shown["x_ref.name"] == "压缩机"
    assert shown["x_person.department"]["label"] == "总部"


def test_its_history_tells_old_and_new_under_its_label(admin: Api, filled: Any) -> None:
    pk = filled["before"]["id"]
    assert (
        admin.patch(f"customers/{pk}", {"x_integer": 3, "x_choice": "south", "x_ref": filled["product"]["id"]}).status_code == 200
    )
    product = {"id": filled["product"]["id"], "label": "压缩机"}
    assert changes(admin, pk) == {"新整数": (None, 3), "新单选": (None, "south"), "新引用": (None, product)}
    admin.patch(f"customers/{pk}", {"x_integer": 4, "name": "改了名的客户"})
    assert changes(admin, pk) == {"新整数": (3, 4), "登记名称": ("之前的客户", "改了名的客户")}
    admin.patch(f"customers/{pk}", {"x_integer": None})
    assert changes(admin, pk) == {"新整数": (4, None)}
    paper = sent(admin)
    admin.patch(f"customers/{pk}", {"x_file": [paper]})
    assert changes(admin, pk) == {"新附件": ([], [{"id": paper, "name": "营业执照.png"}])}


def test_many_are_changed_at_once(admin: Api, filled: Any) -> None:
    chosen = [filled["full"]["id"], filled["empty"]["id"]]
    answer = admin.post("customers/bulk", {"ids": chosen, "set": {"x_choice": "south", "x_date": "2026-05-01"}})
    assert (answer.json()["done"], answer.json()["refused"]) == (2, [])
    assert set(ids(admin, filter={"field": "x_choice", "op": "eq", "value": "south"})) == set(chosen)
    assert admin.get(f"customers/{chosen[0]}").json()["x_integer"] == 7
    assert changes(admin, chosen[1]) == {"新单选": (None, "south"), "新日期": (None, "2026-05-01")}
    tagged = admin.post("customers/bulk", {"ids": chosen, "tag": {"field": "x_tags", "add": ["续约"], "remove": ["重点"]}})
    assert tagged.json()["done"] == 2
    assert admin.get(f"customers/{chosen[0]}").json()["x_tags"] == ["老客户", "续约"]


def test_two_people_who_change_it_are_told(admin: Api, filled: Any) -> None:
    pk = filled["full"]["id"]
    admin.patch(f"customers/{pk}", {"x_integer": 8})
    late = admin.patch(f"customers/{pk}", {"version": 1, "x_integer": 9})
    assert late.status_code == 409
    assert late.json()["fields"] == {"x_integer": {"yours": 9, "theirs": 8}}


def test_search_finds_what_is_searchable(admin: Api) -> None:
    defined(admin, label="别名", name="alias", searchable=True)
    defined(admin, label="暗号", name="secret")
    made = added(admin, "customers", name="四川石化", x_alias="川石总厂", x_secret="紫云英")
    assert [g["rows"][0]["matched"][0] for g in admin.get("search", q="川石总").json()["groups"]] == [
        {"field": "x_alias", "label": "别名", "text": "川石总厂", "spans": [[0, 3]]}
    ]
    assert ids(admin, q="chuanshi") == [made["id"]]
    assert admin.get("search", q="紫云英").json()["groups"] == []


def test_an_added_address_groups_by_province_and_is_found_by_its_words(admin: Api) -> None:
    defined(admin, label="仓库", name="store", kind="address", searchable=True)
    one = added(admin, "customers", name="四川石化", x_store={"code": "510104", "detail": "天府大道 1 号"})
    two = added(admin, "customers", name="成都飞机", x_store={"code": "510105", "detail": "青羊工业区"})
    added(admin, "customers", name="重庆长安", x_store={"code": "500103", "detail": ""})
    grouped = admin.get("customers/aggregate", group="x_store:province", measures="count", order="x_store:province").json()
    assert grouped["rows"] == [{"x_store:province": "50", "count": 1}, {"x_store:province": "51", "count": 2}]
    assert ids(admin, q="天府大道") == [one["id"]]
    assert sorted(ids(admin, q="成都市")) == sorted([one["id"], two["id"]])
    wrong = admin.patch(f"customers/{one['id']}", {"x_store": {"code": "999999", "detail": ""}})
    assert wrong.json()["fields"] == {"x_store": "没有行政区划代码“999999”"}
    assert admin.get(f"customers/{one['id']}").json()["x_store"]["code"] == "510104"


def test_an_added_file_is_read_by_whoever_may_read_the_record_and_by_nobody_else(admin: Api) -> None:
    field = defined(admin, label="资质", name="papers", kind="file")
    seller, stranger = (Api(make_user(name, {"customers": {"*": "self"}})) for name in ("seller", "stranger"))
    paper = sent(seller)
    made = added(seller, "customers", name="四川石化", x_papers=[paper])
    assert [api.get(f"files/{paper}").status_code for api in (seller, admin, stranger)] == [200, 200, 404]
    theirs = stranger.post("customers", {"name": "别处的客户", "x_papers": [paper]})
    assert (theirs.status_code, theirs.json()["fields"]) == (422, {"x_papers": "没有这条记录，或您无权查看"})
    assert ids(stranger) == []
    done(admin, f"extra-fields/{field['id']}/retire")
    assert [api.get(f"files/{paper}").status_code for api in (seller, admin)] == [200, 404]
    done(admin, f"extra-fields/{field['id']}/restore")
    assert admin.patch(f"customers/{made['id']}", {"x_papers": []}).json()["x_papers"] == []
    assert [api.get(f"files/{paper}").status_code for api in (seller, admin)] == [200, 404]


def test_an_added_number_is_given_by_the_counter_alone_and_to_what_stood_before(admin: Api) -> None:
    old = [added(admin, "customers", name=name)["id"] for name in ("四川石化", "重庆长安")]
    field = defined(admin, label="档案号", name="file_no", kind="number", pattern="DA{seq:7}", searchable=True)
    made = added(admin, "customers", name="成都飞机")
    assert made["x_file_no"] == "DA0000001"
    [job] = Job.objects.filter(kind="fields_number")
    assert run_now(job.pk).result == {"count": 2}
    assert [admin.get(f"customers/{pk}").json()["x_file_no"] for pk in old] == ["DA0000002", "DA0000003"]
    assert admin.get(f"customers/{old[0]}").json()["version"] == 1
    assert (ids(admin, q="DA0000003"), ids(admin, order="x_file_no")) == ([old[1]], [made["id"], *old])
    for wrong in (
        admin.patch(f"customers/{old[0]}", {"x_file_no": "DA0000009"}),
        admin.post("customers", {"name": "x", "x_file_no": "1"}),
    ):
        assert (wrong.status_code, list(wrong.json()["fields"])) == (422, ["x_file_no"])
    kept = admin.patch(f"extra-fields/{field['id']}", {"pattern": "X{seq:3}"})
    assert kept.json()["fields"] == {"pattern": "已有记录填写了这个字段，不能再改；可以停用它，另建一个"}
    assert added(admin, "customers", name="西安西电")["x_file_no"] == "DA0000004"


def test_the_interface_document_knows_it(admin: Api) -> None:
    assert "x_area" not in str(admin.get("openapi.json").json()["components"]["schemas"]["CustomerNew"])
    defined(admin, label="面积", name="area", kind="money", required=True)
    document = admin.get("openapi.json").json()["components"]["schemas"]
    assert document["CustomerNew"]["properties"]["x_area"]["title"] == "面积"
    assert "x_area" in document["CustomerNew"]["required"]
    assert document["Customer"]["properties"]["x_area"]["title"] == "面积"
    assert "x_area" in admin.get("docs").content.decode()
