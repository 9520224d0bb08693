"""月度评比: who did most gets leads first next month, who is last again gets none (V-74, V-76); agents among themselves."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhike.apps.contracts.flows.rank_people import rank
from zhike.apps.contracts.objects.monthly_figure import MonthlyFigure
from zhike.apps.contracts.ranking import Doing, placed
from zhike.apps.customers.objects.customer import Customer
from zhike.apps.sales.flows.dispatch_leads import _seats as seats_of
from zhike.apps.sales.objects.dispatch_rule import DispatchRight, DispatchRule
from zhike.kernel.reach import Reach
from zhike.kernel.writes import create_many
from zhike.org.objects.department import Department
from zhike.org.objects.person import System
from zhike.testing.kit import Api, make_department, make_user
from zhike.testing.team import Team, added

pytestmark = pytest.mark.django_db
CLOCK = System("clock")
JULY, SEPTEMBER, OCTOBER, NOVEMBER = (date(2026, month, 1) for month in (7, 9, 10, 11))


def figures(month: date, signed: dict[Any, int], **more: Any) -> None:
    """Each of these people with enough customers and deals, and so much signed."""
    enough = {"month": month, "new_customers": 20, "new_deals": 5} | more
    rows = [enough | {"owner": p.pk, "department": p.department_id, "signed": Decimal(n)} for p, n in signed.items()]
    create_many(MonthlyFigure, rows, actor=CLOCK)


def sellers(many: int) -> list[Any]:
    department = make_department("销售部")
    return [make_user(f"s{n}", Reach.SELF, department) for n in range(many)]


def rights() -> list[tuple[str, str, str]]:
    rows = DispatchRight.objects.order_by("kind", "pk").values_list("person__name", "kind", "reason")
    return list(rows)


def test_the_score_is_the_mean_of_the_shares_of_the_best() -> None:
    """Of 80 %, 100 % and nothing it is 60 %."""
    one, other = (Decimal(8), Decimal(100), Decimal(0)), (Decimal(10), Decimal(25), Decimal(0))
    found = placed([Doing(1, one), Doing(2, other)])
    assert [(p.person, p.score, p.place, p.from_last) for p in found] == [
        (1, Decimal("60.00"), 1, 2), (2, Decimal("41.67"), 2, 1),
    ]  # fmt: skip
    assert [p.person for p in placed([Doing(1, one, qualified=False), Doing(2, other)])] == [2, 1]


def test_the_best_three_of_a_month_have_priority_in_the_next_and_in_no_other(team: Team) -> None:
    people = sellers(8)
    figures(OCTOBER, {p: 100 - n for n, p in enumerate(people)})
    assert rank(OCTOBER, actor=CLOCK) == 8
    assert rights() == [
        ("s0", "priority", "2026年10月评比第 1 名"), ("s1", "priority", "2026年10月评比第 2 名"),
        ("s2", "priority", "2026年10月评比第 3 名"),
    ]  # fmt: skip
    right = DispatchRight.objects.filter(person=people[0]).get()
    assert (right.starts_on, right.ends_on, right.factor) == (NOVEMBER, date(2026, 11, 30), Decimal("1.5"))
    rows = MonthlyFigure.objects.order_by("place_in_month").values_list("owner__name", "place_in_month", "from_last", "score")
    assert (rows[0], rows[7][:3]) == (("s0", 1, 8, Decimal("42.86")), ("s7", 8, 1))


@pytest.mark.covers("V-79")
def test_who_did_too_little_takes_no_part_and_the_limits_are_data(team: Team) -> None:
    office = Api(make_user("office", Reach.ALL))
    people = sellers(4)
    figures(OCTOBER, {people[0]: 50, people[1]: 40})
    figures(OCTOBER, {people[2]: 100}, new_customers=19)
    figures(OCTOBER, {people[3]: 90}, new_deals=4)
    rank(OCTOBER, actor=CLOCK)
    assert [name for name, *_ in rights()] == ["s0", "s1"]
    DispatchRight.objects.all().delete()
    for key, value in (("rank_customers", "19"), ("rank_deals", "4"), ("rank_top", "1")):
        added(office, "parameters", key=key, value=value, effective_on="2026-01-01")
    rank(OCTOBER, actor=CLOCK)
    assert [name for name, *_ in rights()] == ["s2"]


@pytest.mark.covers("V-76")
def test_who_is_among_the_last_three_twice_running_is_dispatched_nothing_next_month(team: Team) -> None:
    people = sellers(7)
    figures(SEPTEMBER, {p: n for n, p in enumerate(people)})
    figures(OCTOBER, {p: n for n, p in enumerate([people[6], *people[1:6], people[0]])})
    rank(SEPTEMBER, actor=CLOCK)
    assert [kind for _, kind, _ in rights()] == ["priority"] * 3
    rank(OCTOBER, actor=CLOCK)
    gone = [(name, why) for name, kind, why in rights() if kind == "suspended"]
    assert gone == [(n, "2026年10月评比，连续 2 个月在最后 3 名") for n in ("s1", "s2")]
    [out] = DispatchRight.objects.filter(person=people[1])
    assert (out.starts_on, out.ends_on) == (NOVEMBER, date(2026, 11, 30))


def test_agents_are_ranked_among_themselves(team: Team) -> None:
    people = sellers(4)
    agency = make_department("武汉代理")
    Department._base_manager.filter(pk=agency.pk).update(kind="agent")
    agents = [make_user(f"a{n}", Reach.SELF, agency) for n in range(11)]
    figures(OCTOBER, dict.fromkeys(people, 1000) | {p: 20 - n for n, p in enumerate(agents)})
    rank(OCTOBER, actor=CLOCK)
    given = [name for name, kind, _ in rights() if kind == "priority"]
    assert given == ["s0", "s1", "s2", *(f"a{n}" for n in range(10))]


@pytest.mark.covers("V-74")
def test_a_right_earned_counts_in_the_dispatch(team: Team) -> None:
    [best, *_] = people = sellers(5)
    today = timezone.localdate()
    figures(_before(today), {p: 100 - n for n, p in enumerate(people)})
    rank(_before(today), actor=CLOCK)
    rule = added(Api(make_user("desk", Reach.ALL)), "dispatch-rules", name="通用", seats=[{"person": best.pk}])
    [seat] = seats_of([DispatchRule.objects.get(pk=rule["id"]).pk])[rule["id"]]
    assert seat.priority == Decimal("1.5")


@pytest.mark.covers("V-74", "V-76")
def test_the_best_may_open_more_industry_customers_next_month_and_those_who_are_last_again_fewer(team: Team) -> None:
    people = sellers(7)
    last = _before(timezone.localdate())
    before = _before(last)
    for month in (before, last):
        figures(month, {p: 100 - n for n, p in enumerate(people)})
        rank(month, actor=CLOCK)
    rule = {"starts_on": "2026-01-01", "review": False, "first_come": False, "most_developed": 5}
    added(Api(make_user("office", Reach.ALL)), "registration-rules", name="额度", **rule)
    assert [most(people[place]) for place in (0, 3, 6)] == [6, 5, 4]


def most(person: Any) -> int:
    """How many industry customers somebody comes to have before she is refused another."""
    kept = {"owner": person.pk, "department": person.department_id}
    create_many(Customer, [{"name": f"{person.name}的公司{n}", **kept} for n in range(3)], actor=CLOCK)
    api = Api(person)
    for _ in range(9):
        api.post("customers?duplicates=allow", {"name": f"{person.name}的公司"})
    return Customer.objects.filter(owner=person.pk).count()


def _before(today: date) -> date:
    return date(today.year - (today.month == 1), (today.month - 2) % 12 + 1, 1)


def test_a_month_of_many_is_ranked_in_as_many_statements_as_one_of_a_few(team: Team) -> None:
    people, asked = sellers(24), []
    for month, many in ((JULY, 4), (SEPTEMBER, 4), (NOVEMBER, 24)):
        figures(month, {p: n for n, p in enumerate(people[:many])})
        with CaptureQueriesContext(connection) as queries:
            assert rank(month, actor=CLOCK) == many
        asked.append(len(queries))
    assert asked[1] == asked[2]
