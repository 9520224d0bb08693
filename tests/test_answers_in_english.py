"""回答的语言: who asks for English is answered in it, to the last word of the product and not one word of what people entered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from zhike.apps.customers.objects.customer import Customer
from zhike.apps.sales.objects.opportunity import Opportunity
from zhike.kernel.reach import Reach
from zhike.kernel.registry import find
from zhike.testing.kit import Api, make, make_department, make_user
from zhike.words.catalogue import CHINESE

pytestmark = pytest.mark.django_db


@pytest.fixture
def chinese(db: Any) -> Api:
    return Api(make_user("王芳", Reach.ALL, make_department("客户")))


@pytest.fixture
def english(chinese: Api) -> Api:
    api = Api(chinese.person)
    api.client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en-US,en;q=0.9,zh;q=0.5"
    return api


def texts(value: Any) -> Iterator[str]:
    """Every text anywhere in an answer."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts(one)


def test_the_description_of_everything_is_in_english_but_for_the_names_of_people(english: Api) -> None:
    meta = english.get("meta").json()
    assert (meta["me"]["name"], meta["me"]["department"]["label"]) == ("王芳", "客户")
    del meta["me"], meta["watermark"]
    # What a form says to whoever sent it, a product is counted in and an invoice says until somebody writes otherwise.
    defaults = ["谢谢，我们会尽快与您联系。", "套", "软件产品及服务"]
    assert [text for text in texts(meta) if CHINESE.search(text)] == defaults
    customers = meta["objects"]["customers"]
    assert (customers["label"], customers["menu"], customers["sections"][0]["label"]) == ("Account", "Account", "Details")
    assert {f["name"]: f["label"] for f in customers["fields"]}["credit_code"] == "Unified social credit code"


def test_a_description_kept_in_one_language_is_not_taken_for_the_other(chinese: Api, english: Api) -> None:
    kept, other = chinese.get("meta"), english.get("meta")
    assert kept.json()["objects"]["customers"]["label"] == "客户"
    assert kept["ETag"] != other["ETag"]
    assert "Accept-Language" in kept["Vary"]
    again = english.client.get("/api/v1/meta", headers={"If-None-Match": kept["ETag"]})
    assert again.status_code == 200
    assert english.client.get("/api/v1/meta", headers={"If-None-Match": other["ETag"]}).status_code == 304


def test_a_field_people_added_keeps_the_name_they_gave_it(chinese: Api, english: Api) -> None:
    told = {"label": "联系人", "help": "必填", "name": "x_note", "required": False, "searchable": False}
    field = told | {"collection": "customers", "kind": "text", "section": "基本信息"}
    answer = chinese.post("extra-fields", field)
    assert answer.status_code == 201, answer.content.decode()
    fields = {f["label"]: f for f in english.get("meta").json()["objects"]["customers"]["fields"]}
    assert (fields["联系人"]["help"], fields["Notes"]["name"]) == ("必填", "notes")


def test_refusals_give_their_reasons_in_english(english: Api) -> None:
    answer = english.post("customers", {"name": "", "website": "nowhere", "level": "z"})
    assert answer.status_code == 422
    assert answer.json()["fields"]["name"] == "Required"
    assert [text for text in texts(answer.json()) if CHINESE.search(text)] == []
    assert english.get("nothing").json()["message"] == "There is no collection named “nothing”"
    assert Api().client.get("/api/v1/meta", headers={"Accept-Language": "en"}).json()["message"] == "Please sign in first"


def test_what_people_entered_is_left_as_they_wrote_it(chinese: Api, english: Api) -> None:
    customer = make(Customer, {"name": "联系人", "notes": "必填"}, actor=chinese.person)
    row = english.get("customers", fields="name,notes").json()["rows"][0]
    assert (row["name"], row["notes"]) == ("联系人", "必填")
    page = english.get(f"customers/{customer.pk}/page").json()
    assert (page["record"]["name"], page["record"]["department"]["label"]) == ("联系人", "客户")
    told = {change["label"]: change["new"] for change in page["history"]["rows"][0]["changes"]}
    assert (page["history"]["rows"][0]["label"], told["Registered name"], told["Notes"]) == ("Create", "联系人", "必填")
    group = english.get("search", q="联系人").json()["groups"][0]
    assert (group["label"], group["rows"][0]["title"], group["rows"][0]["matched"][0]["label"]) == (
        "Account",
        "联系人",
        "Registered name",
    )


def test_a_choice_beside_an_option_is_translated_and_a_name_is_not(english: Api) -> None:
    make(Customer, {"name": "制造业", "industry": "manufacturing"}, actor=english.person)
    row = english.get("customers/options", q="制造业").json()["rows"][0]
    assert row["label"] == "制造业"
    assert not CHINESE.search(row["hint"])


def test_an_action_says_in_english_why_it_is_not_possible(english: Api) -> None:
    deal = make(Opportunity, {"name": "赢单"}, actor=english.person)
    record = english.get(f"opportunities/{deal.pk}").json()
    assert (record["name"], record["actions"]["win"]) == ("赢单", None)
    assert record["actions"]["reopen"] == "“Reopen” is only possible in: Won, Lost; it is now: Qualification"


def test_notices_and_jobs_kept_in_chinese_are_told_in_english(chinese: Api, english: Api) -> None:
    other = make_user("李明", Reach.ALL)
    customer = make(Customer, {"name": "跟进"}, actor=other)
    Api(other).post(f"customers/{customer.pk}/transfer", {"owner": chinese.person.pk})
    assert english.get("notifications").json()["rows"][0]["text"] == "李明 transferred “跟进” to you (Account)"
    assert chinese.get("notifications").json()["rows"][0]["text"] == "李明把客户“跟进”交给了您"
    assert english.post("customers/export", {"format": "csv"}).json()["label"] == "Export: Account"
    assert chinese.get("jobs").json()["rows"][0]["label"] == "导出客户"


def test_the_document_of_the_interface_is_in_english(english: Api) -> None:
    document = english.get("openapi.json").json()
    assert document["paths"]["/customers"]["post"]["summary"] == "Create Account"
    assert [text for text in texts(document) if CHINESE.search(text)] == []
    assert not CHINESE.search(english.get("docs").content.decode())
    assert "知客接口" in Api(english.person).get("docs").content.decode()


def test_a_calendar_speaks_the_language_of_whose_it_is(english: Api) -> None:
    address = english.post("calendar-feed").json()["address"]
    assert "知客日程" in Api().client.get(address).content.decode()
    english.patch("preferences", {"language": "en"})
    assert "Zhike calendar" in Api().client.get(address).content.decode()


def test_a_list_costs_the_same_in_either_language(chinese: Api, english: Api) -> None:
    make(find("customers"), {"name": "东方机械"}, actor=chinese.person)
    assert chinese.get("customers").content == english.get("customers").content
