"""A day with whose end something runs out stands among everything that is about to, although no clock runs for it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhike.features.clocks import running
from zhike.features.clocks.listing import PAGE
from zhike.features.clocks.marks import ACT, days
from zhike.kernel.registry import find
from zhike.kernel.writes import create_many
from zhike.org.objects.person import System
from zhike.testing.team import Team, added

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
ENTRY = running.kind("test_last_days", "录入时限")


def day(ahead: int) -> str:
    return str(TODAY + timedelta(ahead))


@pytest.fixture
def owed(team: Team) -> list[int]:
    """Three payments: one overdue, one due tomorrow, one in a month; the second is collected by a colleague."""
    customer = added(team.seller, "customers", name="甲公司")["id"]
    contract = added(team.seller, "contracts", customer=customer, stated_amount="90000")["id"]
    known = {"contract": contract, "customer": customer, "amount": 30000, "owner": team.seller.person.pk}
    known["department"] = team.seller.person.department_id
    rows = [known | {"name": n, "due_on": TODAY + timedelta(d)} for n, d in (("首付", -3), ("二期", 1), ("尾款", 30))]
    rows[1]["collector"] = team.peer.person.pk
    return [row.pk for row in create_many(find("receivables"), rows, actor=System("test"))]


def listed(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(r["record"]["label"], r["label"], r["person"]["label"], r["last_day"]) for r in rows]


def test_what_is_owed_stands_in_the_list_until_its_last_day_for_whoever_is_to_see_to_it(team: Team, owed: list[int]) -> None:
    rows = team.manager.get("clocks").json()["rows"]
    assert listed(rows) == [("甲公司 二期", "收款到期", "peer", day(1)), ("甲公司 尾款", "收款到期", "seller", day(30))]
    assert [(r["collection"], r["record"]["id"], r["over"], r["may_pause"], r["state"]) for r in rows] == [
        ("receivables", owed[1], False, False, "running"), ("receivables", owed[2], False, False, "running"),
    ]  # fmt: skip
    assert [r["record"]["label"] for r in team.manager.get("clocks", due=7).json()["rows"]] == ["甲公司 二期"]
    assert [r["record"]["label"] for r in team.seller.get("clocks", mine=1).json()["rows"]] == ["甲公司 尾款"]
    of_one = team.manager.get("clocks", collection="receivables", record=owed[2]).json()["rows"]
    assert [r["record"]["label"] for r in of_one] == ["甲公司 尾款"]
    assert team.stranger.get("clocks").json()["rows"] == []
    find("receivables")._base_manager.filter(pk=owed[1]).update(standing="settled")
    assert [r["record"]["label"] for r in team.manager.get("clocks").json()["rows"]] == ["甲公司 尾款"]


@pytest.mark.covers("V-38")
def test_a_customer_that_will_go_to_the_pool_is_listed_with_the_day(team: Team) -> None:
    held, pooled = (find("customers")._base_manager.filter(pk=added(team.seller, "customers", name=n)["id"]) for n in "甲乙")
    held.update(release_on=TODAY + timedelta(2))
    pooled.update(release_on=TODAY + timedelta(2), in_pool=True)
    assert listed(team.seller.get("clocks", mine=1).json()["rows"]) == [("甲", "释放到公共池", "seller", day(2))]


def test_days_and_clocks_come_in_one_order_page_by_page(team: Team, owed: list[int]) -> None:
    customers = [find("customers")._base_manager.get(pk=added(team.seller, "customers", name=f"第{n}厂")["id"]) for n in (0, 1)]
    running.start(ENTRY, customers[:1], {ACT: days(2)})
    assert [r["record"]["label"] for r in team.manager.get("clocks").json()["rows"]] == ["甲公司 二期", "第0厂", "甲公司 尾款"]
    known = find("receivables")._base_manager.values("contract", "customer", "owner", "department").first()
    more = [{**known, "name": f"第{n}笔", "amount": 1, "due_on": TODAY + timedelta(2 + n)} for n in range(PAGE)]
    create_many(find("receivables"), more, actor=System("test"))
    first = team.manager.get("clocks").json()
    second = team.manager.get("clocks", after=first["next"]).json()
    assert (len(first["rows"]), bool(first["next"]), second["next"]) == (PAGE, True, None)
    shown = [*first["rows"], *second["rows"]]
    assert len({row["id"] for row in shown}) == len(shown) == PAGE + 3
    assert [row["due_at"] for row in shown] == sorted(row["due_at"] for row in shown)


def test_however_many_there_are_the_list_asks_as_often(team: Team, owed: list[int]) -> None:
    def asked() -> int:
        team.manager.get("clocks")
        with CaptureQueriesContext(connection) as queries:
            team.manager.get("clocks")
        return len(queries)

    few = asked()
    known = find("receivables")._base_manager.values("contract", "customer", "owner", "department").first()
    more = [{**known, "name": f"第{n}笔", "amount": 1, "due_on": TODAY + timedelta(2)} for n in range(30)]
    create_many(find("receivables"), more, actor=System("test"))
    assert asked() == few


def test_what_ends_at_the_same_moment_is_shown_once_whatever_page_it_falls_on(team: Team, owed: list[int]) -> None:
    """Two clocks and more payments than a page holds end with the same day: each place is passed exactly once."""
    customers = [find("customers")._base_manager.get(pk=added(team.seller, "customers", name=f"第{n}厂")["id"]) for n in (0, 1)]
    running.start(ENTRY, customers, {ACT: days(9)})
    known = find("receivables")._base_manager.values("contract", "customer", "owner", "department").first()
    more = [{**known, "name": f"第{n}笔", "amount": 1, "due_on": TODAY + timedelta(9)} for n in range(PAGE * 2)]
    create_many(find("receivables"), more, actor=System("test"))
    page = team.manager.get("clocks").json()
    shown: list[Any] = [row["id"] for row in page["rows"]]
    while page["next"]:
        page = team.manager.get("clocks", after=page["next"]).json()
        shown += [row["id"] for row in page["rows"]]
    assert (len(shown), len(set(shown))) == (PAGE * 2 + 4, PAGE * 2 + 4)
    assert team.manager.get("clocks", after="50").json()["fields"] == {"after": "应为上一页给出的 next"}
