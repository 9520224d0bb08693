"""How often each request asks the database: a number that may only be raised on purpose.

Two of them tell who is asking: the session, and the person with her roles.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhike.apps.customers.objects.customer import Customer
from zhike.apps.customers.objects.interaction import Interaction
from zhike.apps.sales.objects.opportunity import Opportunity
from zhike.kernel.reach import Reach
from zhike.kernel.search import frequency
from zhike.testing.kit import Api, make, make_department, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept_runs_out_in_between(monkeypatch: Any) -> None:
    monkeypatch.setattr(frequency, "KEPT_SECONDS", float("inf"))


@pytest.fixture
def seller() -> Any:
    return make_user("seller", Reach.SUBTREE, make_department("销售一部"))


@pytest.fixture
def customer(seller: Any) -> Any:
    made = make(Customer, {"name": "四川石化"}, actor=seller)
    for n in range(3):
        deal = make(Opportunity, {"name": f"项目{n}", "customer": made.pk}, actor=seller)
        make(Interaction, {"content": "报价", "customer": made.pk, "opportunity": deal.pk}, actor=seller)
    return made


def asked(send: Any) -> tuple[int, Any]:
    """The queries of a request that has been sent before, so that what a process keeps is there; saving points aside."""
    send()
    with CaptureQueriesContext(connection) as queries:
        answer = send()
    assert answer.status_code in (200, 201), answer.content.decode()
    return len([q for q in queries if "SAVEPOINT" not in q["sql"]]), answer


def test_an_empty_request_asks_who_it_is(seller: Any) -> None:
    assert asked(lambda: Api(seller).get("ping"))[0] - signing_in(seller) == 2


def signing_in(person: Any) -> int:
    with CaptureQueriesContext(connection) as queries:
        Api(person)
    return len([q for q in queries if "SAVEPOINT" not in q["sql"]])


@pytest.mark.parametrize(
    ("path", "query", "most"),
    [
        ("customers", {"filter": {"field": "level", "op": "empty"}, "order": "-updated_at"}, 3),
        ("customers", {"q": "石化", "total": 1}, 4),
        ("customers/{id}", {}, 3),
        ("customers/{id}/page", {}, 6),
        ("customers/{id}/history", {}, 5),
        ("opportunities/aggregate", {"group": "stage", "measures": "count,sum:amount"}, 3),
        ("opportunities/aggregate", {"group": "customer,expected_on:month", "measures": "sum:amount"}, 3),
        ("customers/options", {"q": "sh"}, 3),
    ],
)
def test_reading_asks_no_more_than(customer: Any, seller: Any, path: str, query: dict[str, Any], most: int) -> None:
    api = Api(seller)
    assert asked(lambda: api.get(path.format(id=customer.pk), **query))[0] == most


def test_a_page_asks_as_often_however_much_is_on_it(customer: Any, seller: Any) -> None:
    api = Api(seller)
    few, answer = asked(lambda: api.get(f"customers/{customer.pk}/page"))
    assert len(answer.json()["related"]["opportunities"]["rows"]) == 3
    for n in range(12):
        make(Interaction, {"content": f"拜访{n}", "customer": customer.pk}, actor=seller)
    many, answer = asked(lambda: api.get(f"customers/{customer.pk}/page"))
    assert len(answer.json()["related"]["interactions"]["rows"]) == 15
    assert many <= few  # less when its history no longer reaches back to whoever owned it first


def test_search_asks_twice_however_many_objects_there_are(customer: Any, seller: Any) -> None:
    """What was found in all of them, and what is shown of it."""
    api = Api(seller)
    make(Opportunity, {"name": "石化一期", "customer": customer.pk}, actor=seller)
    make(Interaction, {"content": "石化来电", "customer": customer.pk}, actor=seller)
    count, answer = asked(lambda: api.get("search", q="石化"))
    assert {group["collection"] for group in answer.json()["groups"]} == {"customers", "interactions", "opportunities"}
    assert count == 2 + 2


def test_creating_asks_eight_times(seller: Any) -> None:
    """Number, whether new ones are reviewed, lock of its keys, likely duplicates, who writes, the row, still in reach, and the
    record as it is now."""
    api, names = Api(seller), iter(("四川石化", "重庆长安"))
    assert asked(lambda: api.post("customers", {"name": next(names)}))[0] == 2 + 8


def test_moving_a_deal_asks_fourteen_times(customer: Any, seller: Any) -> None:
    """The record under lock, who writes, the change, still in reach, what it means for others,
    the record as it is now; to keep the stage it leaves with what was said in it and the one it enters, seven more."""
    api, stages = Api(seller), iter(("engaging", "proposal"))
    deal = Opportunity.objects.first().pk
    assert asked(lambda: api.post(f"opportunities/{deal}/advance", {"to": next(stages)}))[0] == 2 + 14
