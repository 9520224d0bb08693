"""字段权限: a hidden, masked or read-only field is that at every door, and opening one for oneself is written down."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from zhike.apps.catalog.objects.product import Product
from zhike.apps.customers.objects.contact import Contact
from zhike.apps.customers.objects.customer import Customer
from zhike.apps.sales.objects.opportunity import Opportunity
from zhike.features.transfer.tests.conftest import Importer, read_csv
from zhike.kernel.kinds.masks import DIGITS, ENDS, MAILBOX, WHOLE
from zhike.kernel.reach import Reach
from zhike.testing.kit import make, make_department, make_user

pytestmark = pytest.mark.django_db
PHONE, CODE = "13800138000", "91310115MA1K35J911"
RULES = {
    "customers": {"phone": "masked", "credit_code": "hidden", "notes": "readonly", "annual_revenue": "masked"},
    "opportunities": {"amount": "hidden", "attachments": "hidden", "products.price": "hidden"},
}
UNKNOWN = {"nonsense": "没有这个字段"}


@pytest.fixture
def boss(settings: Any, tmp_path: Any) -> Importer:
    settings.FILES_FOLDER = tmp_path / "files"
    return Importer(make_user("boss", Reach.ALL, make_department("总部")))


@pytest.fixture
def person(boss: Importer) -> Any:
    """Somebody who may do everything with every record, but not with every field."""
    found = make_user("clerk", Reach.ALL, make_department("客服部"))
    answer = boss.patch(f"roles/{found.roles.get().pk}/grants", {"fields": RULES})
    assert answer.status_code == 200, answer.content.decode()
    assert answer.json()["fields"] == RULES
    return found


@pytest.fixture
def clerk(person: Any) -> Importer:
    return Importer(person)


@pytest.fixture
def customer(boss: Importer) -> Any:
    values = {"name": "四川石化", "phone": PHONE, "credit_code": CODE, "notes": "老客户", "annual_revenue": "1234.50"}
    return make(Customer, values, actor=boss.person)


@pytest.fixture
def deal(boss: Importer, customer: Any) -> Any:
    sent = SimpleUploadedFile("报价.png", b"png", "image/png")
    file = boss.client.post("/api/v1/files", {"file": sent}).json()["id"]
    product = make(Product, {"name": "压裂车"}, actor=boss.person)
    line = {"product": product.pk, "price": "700.00", "quantity": "2"}
    values = {"name": "压裂项目", "customer": customer.pk, "amount": "5000.00", "attachments": [file], "products": [line]}
    return make(Opportunity, values, actor=boss.person)


def reasons(answer: Any, status: int = 422) -> Any:
    assert answer.status_code == status, answer.content.decode()
    return answer.json()["fields"]


def test_a_page_and_a_list_show_part_of_a_masked_field_and_nothing_of_a_hidden_one(clerk: Importer, customer: Any) -> None:
    page = clerk.get(f"customers/{customer.pk}/page").json()["record"]
    assert (page["phone"], page["annual_revenue"], page["notes"], "credit_code" in page) == (
        "138****8000",
        "***",
        "老客户",
        False,
    )
    [row] = clerk.get("customers").json()["rows"]
    assert row["phone"] == "138****8000"
    assert clerk.get(f"customers/{customer.pk}").json().keys() == page.keys()


def test_a_hidden_field_is_asked_for_like_one_that_does_not_exist(clerk: Importer, customer: Any, deal: Any) -> None:
    assert reasons(clerk.get("customers", fields="nonsense")) == UNKNOWN
    assert reasons(clerk.get("customers", fields="credit_code")) == {"credit_code": "没有这个字段"}
    assert reasons(clerk.get("opportunities", fields="customer.credit_code")) == {"customer.credit_code": "没有这个字段"}
    assert clerk.get("opportunities", fields="customer.phone").json()["rows"] == [{"customer.phone": "138****8000"}]


@pytest.mark.parametrize("field", ["credit_code", "phone"])
def test_nobody_learns_a_value_by_filter_order_group_or_colour(clerk: Importer, customer: Any, field: str) -> None:
    refused = {field: "没有这个字段"}
    tree = {"field": field, "op": "filled"}
    assert reasons(clerk.get("customers", filter={"not": tree})) == refused
    assert reasons(clerk.get("customers", order=f"-{field}")) == refused
    assert reasons(clerk.get("customers/aggregate", group=field)) == refused
    assert reasons(clerk.get("customers", meets=f'[{{"field": "{field}", "op": "filled"}}]')) == refused
    behind = {"field": f"customer.{field}", "op": "filled"}
    assert reasons(clerk.get("opportunities", filter=behind)) == {f"customer.{field}": "没有这个字段"}
    assert reasons(clerk.post("customers/bulk", {"filter": tree, "set": {"level": "a"}, "dry_run": True})) == refused
    assert reasons(clerk.post("customers/export", {"filter": tree})) == refused


def test_figures_of_closed_fields_are_refused_in_lists_reports_and_on_the_desk(
    clerk: Importer, boss: Importer, deal: Any
) -> None:
    assert reasons(clerk.get("opportunities/aggregate", measures="sum:amount")) == {"amount": "没有这个字段"}
    assert reasons(clerk.get("customers/aggregate", measures="max:annual_revenue")) == {"annual_revenue": "没有这个字段"}
    asked = {"collection": "opportunities", "definition": {"measures": [{"of": "sum:amount"}]}}
    unknown = {"collection": "opportunities", "definition": {"measures": [{"of": "sum:nonsense"}]}}
    told = reasons(clerk.post("report-figures", asked))["definition"]
    assert told == reasons(clerk.post("report-figures", unknown))["definition"].replace("nonsense", "amount")
    assert boss.post("report-figures", asked).json()["total"] == ["5000.00"]
    price = {"field": "products.price", "op": "gt", "value": "1"}
    assert reasons(clerk.get("opportunities", filter=price)) == {"products.price": "没有这个字段"}
    measures = [c["measure"] for d in clerk.get("meta").json()["dashboards"] for c in d["cards"]]
    assert "sum:amount" not in measures and "sum:amount" in str(boss.get("meta").json()["dashboards"])


def test_words_in_closed_fields_are_not_found_and_all_others_are(clerk: Importer, boss: Importer, customer: Any) -> None:
    make(Contact, {"name": "王经理", "wechat": "zgsy", "email": "wang@x.com"}, actor=boss.person)

    def found(api: Importer, words: str) -> int:
        rows = api.get("customers", q=words, total=1).json()
        assert rows["total"]["count"] == len(rows["rows"]) == len(api.get("customers/options", q=words).json()["rows"])
        across = [g["rows"] for g in api.get("search", q=words).json()["groups"] if g["collection"] == "customers"]
        assert sum(map(len, across)) == len(rows["rows"])
        return len(rows["rows"])

    for words in ("80013", "138", "MA1K", "石化 80013"):
        assert (found(boss, words), found(clerk, words)) == (1, 0), words
    for words in ("石化", "shihua", "scsh", "四川 sh"):
        assert (found(boss, words), found(clerk, words)) == (1, 1), words
    [group] = clerk.get("search", q="石化").json()["groups"]
    assert [m["field"] for m in group["rows"][0]["matched"]] == ["name"]


def test_an_open_number_beside_a_masked_one_is_still_found(boss: Importer) -> None:
    person = make_user("caller", Reach.ALL)
    boss.patch(f"roles/{person.roles.get().pk}/grants", {"fields": {"contacts": {"mobile": "masked"}}})
    make(Contact, {"name": "王经理", "mobile": PHONE, "phone": "028-86661234", "email": "wang@x.com"}, actor=boss.person)
    caller = Importer(person)
    counts = {words: len(caller.get("contacts", q=words).json()["rows"]) for words in (PHONE, "8666", "0288666", "wang@x", "王")}
    assert counts == {PHONE: 0, "8666": 1, "0288666": 1, "wang@x": 1, "王": 1}


def test_what_is_closed_can_neither_be_typed_nor_imported_nor_set_in_bulk(clerk: Importer, customer: Any) -> None:
    one, closed = f"customers/{customer.pk}", {"credit_code": "没有这个字段", "notes": "您只能查看，不能修改"}
    assert reasons(clerk.patch(one, {"credit_code": CODE, "notes": "新"})) == closed
    assert reasons(clerk.post("customers", {"name": "新公司", "notes": "新"})) == {"notes": "您只能查看，不能修改"}
    assert reasons(clerk.post("customers/bulk", {"ids": [customer.pk], "set": {"notes": "新"}})) == {
        "notes": "您只能查看，不能修改"
    }
    upload = clerk.upload("customers", [["登记名称", "备注", "统一社会信用代码"], ["甲公司", "a", CODE]]).json()
    assert list(upload["mapping"]["columns"]) == ["登记名称"]
    for field, why in (("notes", "只能查看，不能导入"), ("credit_code", "不存在或不能导入"), ("nonsense", "不存在或不能导入")):
        mapping = {"columns": {"备注": {"field": field}}}
        told = reasons(clerk.patch(f"imports/{upload['id']}", {"mapping": mapping}))["mapping"]
        assert told == f"表头“备注”对应的字段“{field}”{why}"
    customer.refresh_from_db()
    assert (customer.notes, customer.credit_code, customer.version) == ("老客户", CODE, 1)


def test_a_mask_sent_back_changes_nothing_and_a_new_number_does(clerk: Importer, customer: Any) -> None:
    answer = clerk.patch(f"customers/{customer.pk}", {"phone": "138****8000", "level": "a", "version": 1})
    assert answer.json()["phone"] == "138****8000"
    customer.refresh_from_db()
    assert (customer.phone, customer.level) == (PHONE, "a")
    stale = clerk.patch(f"customers/{customer.pk}", {"phone": "13900139000", "version": 1})
    assert reasons(stale, 409) == {"phone": {"yours": "13900139000", "theirs": "138****8000"}}
    assert stale.json()["current"]["phone"] == "138****8000"
    assert clerk.patch(f"customers/{customer.pk}", {"phone": "13900139000"}).json()["phone"] == "139****9000"


def test_the_history_keeps_closed_fields_closed(clerk: Importer, boss: Importer, customer: Any) -> None:
    boss.patch(f"customers/{customer.pk}", {"credit_code": None})
    boss.patch(f"customers/{customer.pk}", {"phone": "13900139000"})
    rows = clerk.get(f"customers/{customer.pk}/history").json()["rows"]
    assert [(c["field"], c["old"], c["new"]) for c in rows[0]["changes"]] == [("phone", "138****8000", "139****9000")]
    assert [r["verb"] for r in rows] == ["change", "change", "add"]  # how complete it is follows the hidden field
    assert "credit_code" not in [c["field"] for r in rows for c in r["changes"]]
    assert len(boss.get(f"customers/{customer.pk}/history").json()["rows"]) == 3


def test_an_export_masks_and_leaves_out(clerk: Importer, customer: Any) -> None:
    [row] = read_csv(clerk.exported("customers"))
    assert (row["电话"], row["年营业额"], "统一社会信用代码" in row) == ("138****8000", "***", False)
    assert reasons(clerk.post("customers/export", {"fields": ["credit_code"]})) == {"credit_code": "没有这个字段"}


def test_files_and_parts_of_lines_in_hidden_fields_are_not_there(clerk: Importer, boss: Importer, deal: Any) -> None:
    assert clerk.get(f"files/{deal.attachments[0]}").status_code == 404
    [line] = clerk.get(f"opportunities/{deal.pk}").json()["products"]
    assert set(line) == {"id", "product", "quantity", "amount"}
    refused = clerk.patch(f"opportunities/{deal.pk}", {"products": [{**line, "product": line["product"]["id"], "price": "1"}]})
    assert "price：没有这个字段" in str(reasons(refused))
    kept = {"id": line["id"], "product": line["product"]["id"], "quantity": "3"}
    assert clerk.patch(f"opportunities/{deal.pk}", {"products": [kept]}).status_code == 200
    [after] = boss.get(f"opportunities/{deal.pk}").json()["products"]
    assert (after["price"], after["amount"]) == ("700.00", "2100.00")


def test_a_duplicate_known_by_a_masked_number_only_has_no_name(clerk: Importer, boss: Importer, customer: Any) -> None:
    def hints(**typed: str) -> Any:
        return clerk.post("customers/duplicates", typed).json()["duplicates"]

    nameless = {"id": None, "label": "***", "holder": "总部", "reason": "电话相同", "visible": False}
    assert hints(name="别的公司", phone=PHONE) == [nameless]
    assert hints(name="别的公司", credit_code=CODE) == []
    [open_one] = hints(name="四川石化", phone=PHONE)
    assert (open_one["label"], open_one["reason"]) == ("四川石化", "名称相近")
    assert clerk.post("customers", {"name": "别的公司", "phone": PHONE}).json()["duplicates"] == [nameless]


def test_the_description_tells_masked_and_readonly_and_nothing_of_hidden(clerk: Importer, customer: Any) -> None:
    meta = clerk.get("meta").json()["objects"]
    fields = {f["name"]: f for f in meta["customers"]["fields"]}
    assert "credit_code" not in str(meta["customers"]) and "amount" not in {f["name"] for f in meta["opportunities"]["fields"]}
    phone = fields["phone"]
    assert (phone["masked"], phone["ops"], phone["sortable"], phone["readonly"]) == ("phone", [], False, False)
    assert (fields["notes"]["readonly"], fields["notes"]["importable"], fields["name"]["readonly"]) == (True, False, False)
    [lines] = [f for f in meta["opportunities"]["fields"] if f["name"] == "products"]
    assert [p["name"] for p in lines["parts"]] == ["product", "quantity", "amount"]
    assert "credit_code" not in str(clerk.get("openapi.json").json()["components"]["schemas"]["Customer"])


def test_showing_a_masked_value_is_written_down(clerk: Importer, boss: Importer, customer: Any) -> None:
    reveal = f"customers/{customer.pk}/reveal"
    assert clerk.post(reveal, {"field": "phone"}).json() == {"value": PHONE}
    row = boss.get(f"customers/{customer.pk}/history").json()["rows"][0]
    assert (row["verb"], row["actor"]["label"], row["through"], row["label"]) == ("reveal", "clerk", "web", "查看掩码内容")
    assert [c["field"] for c in row["changes"]] == ["phone"]
    assert reasons(clerk.post(reveal, {"field": "credit_code"})) == {"credit_code": "没有这个字段"}
    assert reasons(boss.post(reveal, {"field": "phone"})) == {"phone": "这个字段没有掩码"}
    other = make_user("other", {"customers": {"view": "self"}})
    boss.patch(f"roles/{other.roles.get().pk}/grants", {"fields": {"customers": {"phone": "masked"}}})
    assert Importer(other).post(reveal, {"field": "phone"}).status_code == 404
    assert len(boss.get(f"customers/{customer.pk}/history").json()["rows"]) == 2


def test_two_roles_together_open_what_either_opens(clerk: Importer, boss: Importer, person: Any, customer: Any) -> None:
    writer = make_user("writer", {"customers": {"view": "self"}}).roles.get()
    blind = make_user("blind", {"products": {"view": "all"}}).roles.get()
    closed = {"phone": "readonly", "credit_code": "masked", "notes": "readonly"}
    boss.patch(f"roles/{writer.pk}/grants", {"fields": {"customers": closed}})
    person.roles.add(blind)
    assert clerk.get(f"customers/{customer.pk}").json()["phone"] == "138****8000"  # that role sees no customer at all
    person.roles.add(writer)
    seen = clerk.get(f"customers/{customer.pk}").json()
    assert (seen["phone"], seen["credit_code"], seen["annual_revenue"]) == (PHONE, "9***1", "1234.50")
    assert clerk.patch(f"customers/{customer.pk}", {"phone": "13900139000"}).json()["phone"] == "13900139000"
    assert reasons(clerk.patch(f"customers/{customer.pk}", {"notes": "新"})) == {"notes": "您只能查看，不能修改"}


def test_rules_that_cannot_be_are_refused_and_change_nothing(boss: Importer, person: Any) -> None:
    role = person.roles.get()
    wrong = {"customers": {"name": "hidden", "lifecycle": "hidden", "level": "masked", "phone": "odd", "nonsense": "hidden"}}
    told = reasons(boss.patch(f"roles/{role.pk}/grants", {"fields": wrong}))
    assert set(told) == {f"customers.{name}" for name in wrong["customers"]}
    assert boss.get(f"roles/{role.pk}/grants").json()["fields"] == RULES
    opened = boss.patch(f"roles/{role.pk}/grants", {"fields": {"customers": {"phone": None}}}).json()["fields"]
    assert opened["customers"] == {"credit_code": "hidden", "notes": "readonly", "annual_revenue": "masked"}


@given(value=st.text(st.characters(min_codepoint=32, max_codepoint=0x9FFF, exclude_categories=["Cs"]), min_size=1, max_size=20))
def test_a_mask_reads_the_same_in_python_and_in_the_database(value: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for mask in (WHOLE, ENDS, DIGITS, MAILBOX):
            cursor.execute("SELECT regexp_replace(%s, %s, %s)", [value, mask.pattern, mask.shown])
            assert cursor.fetchone()[0] == mask(value)
            assert "*" in mask(value)
