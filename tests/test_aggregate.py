"""汇总: what is grouped and measured agrees with counting by hand, and names nobody declared never reach the database."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest

from zhike.apps.sales.objects.opportunity import Opportunity
from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make, make_user

pytestmark = pytest.mark.django_db
DEALS = (
    ("100.10", "2026-01-31", "a"), ("0.20", "2026-01-01", "a"), ("50.00", "2026-02-01", "b"), (None, "2026-04-01", "b"),
    ("7.77", None, "b"),
)  # fmt: skip


@pytest.fixture
def api(db: Any) -> Api:
    return Api(make_user("analyst", Reach.ALL))


@pytest.fixture
def deals(api: Api) -> list[Any]:
    bodies = [{"amount": amount, "expected_on": day, "name": name} for amount, day, name in DEALS]
    return [make(Opportunity, body, actor=api.person) for body in bodies]


def rows(api: Api, **asked: Any) -> list[dict[str, Any]]:
    answer = api.get("opportunities/aggregate", **asked)
    assert answer.status_code == 200, answer.content.decode()
    return list(answer.json()["rows"])


def test_without_a_group_everything_is_one_row(api: Api, deals: list[Any]) -> None:
    measures = "count,sum:amount,min:amount,max:amount,avg:amount,min:expected_on"
    assert rows(api, measures=measures) == [
        {
            "count": 5, "sum:amount": "158.07", "min:amount": "0.20", "max:amount": "100.10", "avg:amount": "39.52",
            "min:expected_on": "2026-01-01",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("year", {"2026": 4, None: 1}),
        ("quarter", {"2026-Q1": 3, "2026-Q2": 1, None: 1}),
        ("month", {"2026-01": 2, "2026-02": 1, "2026-04": 1, None: 1}),
        ("week", {"2026-W01": 1, "2026-W05": 2, "2026-W14": 1, None: 1}),
        ("day", {"2026-01-31": 1, "2026-01-01": 1, "2026-02-01": 1, "2026-04-01": 1, None: 1}),
    ],
)
def test_dates_are_grouped_by_any_part(api: Api, deals: list[Any], part: str, expected: dict[Any, int]) -> None:
    group = f"expected_on:{part}"
    assert {row[group]: row["count"] for row in rows(api, group=group)} == expected


def test_a_moment_belongs_to_the_day_of_the_company_not_of_greenwich(api: Api) -> None:
    make(Opportunity, actor=api.person)
    late = "2026-03-31T16:30:00+00:00"  # half past midnight on 1 April in Shanghai
    Opportunity.objects.update(created_at=late)
    assert rows(api, group="created_at:day") == [{"created_at:day": "2026-04-01", "count": 1}]


def test_two_groups_agree_with_counting_by_hand(api: Api, deals: list[Any]) -> None:
    counted: defaultdict[tuple[Any, Any], Decimal] = defaultdict(Decimal)
    for amount, day, name in DEALS:
        counted[name, day and day[:7]] += Decimal(amount or 0)
    found = rows(api, group="name,expected_on:month", measures="sum:amount")
    assert {(r["name"], r["expected_on:month"]): Decimal(r["sum:amount"] or 0) for r in found} == counted


def test_references_are_grouped_with_their_labels_and_ordered_by_a_measure(api: Api, deals: list[Any]) -> None:
    other = make_user("colleague", Reach.ALL)
    make(Opportunity, {"amount": "1000"}, actor=other)
    assert rows(api, group="owner", measures="sum:amount", order="-sum:amount") == [
        {"owner": {"id": other.pk, "label": "colleague"}, "sum:amount": "1000.00"},
        {"owner": {"id": api.person.pk, "label": "analyst"}, "sum:amount": "158.07"},
    ]


@pytest.mark.parametrize(
    "asked",
    [
        {"group": 'owner:"'}, {"group": "owner:month"}, {"group": 'owner:x" FROM org_person; --'}, {"group": "owner:%s"},
        {"group": "expected_on:century"}, {"group": "stage:month"}, {"group": "products"}, {"group": "competitors"},
        {"group": "password"}, {"group": "owner.password"}, {"group": "id"}, {"group": "stage,owner,name"},
        {"measures": "sum:name"}, {"measures": "sum:"}, {"measures": "median:amount"}, {"measures": 'sum:amount"'},
        {"measures": "avg:expected_on"}, {"limit": "0"}, {"limit": "5001"}, {"limit": "x"}, {"order": "name"},
        {"order": "sum:amount"}, {"having": "1"},
    ],
)  # fmt: skip
def test_what_cannot_be_grouped_or_measured_is_refused_by_name(api: Api, asked: dict[str, str]) -> None:
    answer = api.get("opportunities/aggregate", **asked)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), answer.content.decode()
    assert answer.json()["fields"]
