"""列表操作: colour rules, and the same deed done to many, foreseen before it is done."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhike.apps.customers.objects.customer import Customer
from zhike.apps.sales.objects.opportunity import Opportunity
from zhike.features.audit.models import Entry
from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(db: Any) -> Api:
    return Api(make_user("keeper", Reach.ALL))


def test_every_row_says_which_rules_it_meets(api: Api) -> None:
    for name, amount in (("大单", "900.00"), ("小单", "5.00"), ("未定", None)):
        make(Opportunity, {"name": name, "amount": amount}, actor=api.person)
    rules = [
        {"field": "amount", "op": "gte", "value": "100"},
        {"or": [{"field": "amount", "op": "empty"}, {"not": {"field": "amount", "op": "gt", "value": "10"}}]},
        {"field": "customer.name", "op": "filled"},
        {},
    ]
    rows = api.get("opportunities", meets=orjson.dumps(rules).decode(), fields="name", order="name").json()["rows"]
    linked = [row["_meets"][2] for row in rows]
    assert {row["name"]: [row["_meets"][0], row["_meets"][1], row["_meets"][3]] for row in rows} == {
        "大单": [True, False, True], "小单": [False, True, True], "未定": [False, True, True],
    }  # fmt: skip
    assert linked == [True, True, True]
    assert api.get("opportunities", fields="name", order="name").json()["rows"][0] == {"name": "大单"}


@pytest.mark.parametrize(
    ("rules", "field"), [("5", "meets"), ('[{"field":"nothing","op":"eq"}]', "nothing"), (str([{}] * 9), "meets")]
)
def test_rules_that_cannot_be_read_are_refused_by_name(api: Api, rules: str, field: str) -> None:
    answer = api.get("opportunities", meets=rules)
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])


def test_a_dry_run_names_who_is_refused_and_why_and_changes_nothing(api: Api) -> None:
    open_deal = make(Opportunity, {"name": "在谈"}, actor=api.person)
    closed = make(Opportunity, {"name": "已输"}, actor=api.person)
    Opportunity.objects.filter(pk=closed.pk).update(stage="lost")
    entries = Entry.objects.count()
    body = {"ids": [open_deal.pk, closed.pk], "action": "lose", "input": {"lost_reason": "price"}, "dry_run": True}
    answer = api.post("opportunities/bulk", body).json()
    assert (answer["count"], answer["done"]) == (2, 0)
    assert [(one["id"], one["label"]) for one in answer["refused"]] == [(closed.pk, "已输")]
    assert "输单" in answer["refused"][0]["reason"]
    open_deal.refresh_from_db()
    assert (open_deal.stage, Entry.objects.count()) == ("prospecting", entries)


def test_tags_are_added_and_taken_away_without_touching_the_others(api: Api) -> None:
    one = make(Customer, {"name": "甲公司", "tags": ["展会", "旧"]}, actor=api.person)
    two = make(Customer, {"name": "乙公司", "tags": ["重点"]}, actor=api.person)
    body = {"ids": [one.pk, two.pk], "tag": {"field": "tags", "add": ["重点"], "remove": ["旧"]}}
    answer = api.post("customers/bulk", body).json()
    assert answer == {"count": 2, "done": 1, "same": 1, "refused": []}
    assert list(Customer.objects.order_by("pk").values_list("tags", flat=True)) == [["展会", "重点"], ["重点"]]
    two.refresh_from_db()
    assert two.version == 1  # it was so already
    assert [deed["count"] for deed in api.get("changesets").json()["rows"]] == [1]


@pytest.mark.parametrize("tag", [5, {"field": "tags"}, {"field": "tags", "add": "重点"}, {"field": "name", "add": ["x"]}])
def test_words_that_are_no_tags_are_refused(api: Api, tag: Any) -> None:
    record = make(Customer, actor=api.person)
    assert api.post("customers/bulk", {"ids": [record.pk], "tag": tag}).status_code == 422


def test_everything_that_a_search_found_is_chosen_together(api: Api) -> None:
    make(Customer, {"name": "云帆科技"}, actor=api.person)
    make(Customer, {"name": "海川贸易"}, actor=api.person)
    body = {"filter": {"and": []}, "q": "yunfan", "tag": {"field": "tags", "add": ["搜到"]}}
    assert api.post("customers/bulk", body).json()["done"] == 1
    assert list(Customer.objects.filter(tags=["搜到"]).values_list("name", flat=True)) == ["云帆科技"]


def test_a_choice_is_ordered_as_its_options_are_and_what_is_empty_comes_last_either_way(api: Api) -> None:
    for name, level in (("乙", "b"), ("空", ""), ("丁", "d"), ("甲", "a")):
        assert api.post("customers", {"name": name, "level": level}).status_code == 201
    for priority in ("low", "high", "medium", "high"):
        assert api.post("tasks", {"subject": priority, "due_on": "2030-01-01", "priority": priority}).status_code == 201

    def walked(collection: str, order: str, field: str) -> list[str]:
        met, after = [], ""
        while after is not None:
            page = api.get(collection, order=order, limit=1, fields=field, **({"after": after} if after else {})).json()
            met, after = met + [row[field] for row in page["rows"]], page["next"]
        return met

    assert walked("tasks", "priority", "subject") == ["high", "high", "medium", "low"]
    assert walked("tasks", "-priority", "subject") == ["low", "medium", "high", "high"]
    assert walked("customers", "level", "name") == ["甲", "乙", "丁", "空"]
    assert walked("customers", "-level,name", "name") == ["丁", "乙", "甲", "空"]


@pytest.mark.parametrize(
    ("collection", "order", "index"),
    [
        ("customers", "name", "customer_name"),
        ("customers", "last_contact_at", "customer_contacted_up"),
        ("customers", "-last_contact_at", "customer_contacted_down"),
        ("opportunities", "amount", "opportunity_amount_up"),
        ("opportunities", "-amount", "opportunity_amount_down"),
    ],
)
def test_what_a_whole_company_sorts_by_is_read_from_an_index(api: Api, collection: str, order: str, index: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert api.get(collection, order=order).status_code == 200
    [statement] = [one["sql"] for one in asked.captured_queries if "json_agg((SELECT r" in one["sql"]]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {statement.replace('%', '%%')}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert (index in plan, "Sort" in plan) == (True, False), plan
