"""关闭: a known result is closed within one working day, confirmed by somebody else; what stands still is flagged."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from zhike.apps.contracts.expiring import keep_missing_time
from zhike.apps.contracts.objects.contract import Contract
from zhike.apps.contracts.tests.conftest import contract_of
from zhike.apps.sales.flows.close_deal import CLOSE, flag
from zhike.apps.sales.objects.opportunity import Opportunity
from zhike.features.clocks import sweep
from zhike.features.clocks.calendar import Calendars
from zhike.features.clocks.models import Clock
from zhike.kernel.query.relative import start_of
from zhike.org.objects.person import System
from zhike.testing.team import Team, added, done

TODAY = timezone.localdate()
CLOCK = System("clock")


@pytest.fixture
def deal(team: Team, customer: int) -> dict[str, Any]:
    expected = str(TODAY + timedelta(days=30))
    return dict(added(team.seller, "opportunities", name="一期", customer=customer, amount="1000", expected_on=expected))


def signed(team: Team, customer: int, product: int, deal: dict) -> None:
    contract = contract_of(team, customer, product, "1000", opportunity=deal["id"])
    Contract.objects.update(state="agreed")
    done(team.seller, f"contracts/{contract['id']}/sign", signed_on=str(TODAY))


def running() -> list[int]:
    return list(Clock.objects.filter(kind=CLOSE, state="running").values_list("record", flat=True))


@pytest.mark.covers("V-34")
def test_a_signed_deal_is_closed_within_one_working_day_or_listed(
    team: Team, house: dict, customer: int, product: int, deal: dict
) -> None:
    signed(team, customer, product, deal)
    clock = Clock.objects.get(kind=CLOSE)
    last = Calendars().of(team.seller.person.department_id).after(TODAY, 1)
    assert (clock.record, timezone.localdate(clock.due_at - timedelta(seconds=1))) == (deal["id"], last)
    sweep.sweep(clock.due_at)
    told = house["manager"].get("notifications").json()["rows"][0]["text"]
    assert told == "“一期”结果已知，已超过关闭时限，请登记赢单或输单"
    assert len(team.seller.get("clocks", collection="opportunities", record=deal["id"]).json()["rows"]) == 1


def listed(api: Any, **more: Any) -> list[tuple[str, str]]:
    return [(row["label"], row["last_day"]) for row in api.get("clocks", **more).json()["rows"] if row["label"] == "合同到期"]


def said_of(name: str, api: Any) -> list[str]:
    return [row["text"] for row in api.get("notifications").json()["rows"] if row["text"].startswith(f"合同“{name}”")]


def test_a_contract_that_ends_is_listed_and_said_in_time_and_on_its_day(
    team: Team, house: dict, customer: int, product: int
) -> None:
    ends = TODAY + timedelta(days=90)
    contract = contract_of(team, customer, product, "1000")
    Contract.objects.update(state="agreed")
    at = f"contracts/{contract['id']}"
    done(team.seller, f"{at}/sign", signed_on=str(TODAY), expires_on=str(ends - timedelta(days=5)))
    assert team.seller.patch(at, {"expires_on": str(ends)}).status_code == 200
    assert (listed(team.seller), listed(team.seller, due=89), keep_missing_time()) == ([("合同到期", str(ends))], [], 0)
    name, seller, head = contract["name"], team.seller, house["manager"]
    told = []
    for day in (60, 61, 90, 91):
        sweep.sweep(start_of(TODAY + timedelta(days=day)))
        told.append([(who, text) for who, api in (("seller", seller), ("head", head)) for text in said_of(name, api)])
    early, over = f"合同“{name}”将于 {ends} 到期，请准备续签或收尾", f"合同“{name}”已于 {ends} 到期"
    first = ("seller", early)
    assert told == [[], [first], [first], [("seller", over), first, ("head", over)]]
    done(team.seller, f"{at}/terminate", reason="不再续签")
    assert listed(team.seller) == []


@pytest.mark.covers("V-34")
def test_closing_in_time_stops_the_clock(team: Team, house: dict, customer: int, product: int, deal: dict) -> None:
    signed(team, customer, product, deal)
    assert running() == [deal["id"]]
    done(team.seller, f"opportunities/{deal['id']}/win")
    assert running() == []


@pytest.mark.covers("V-33")
def test_a_closed_deal_is_confirmed_by_somebody_else_once_it_is_whole(team: Team, house: dict, deal: dict) -> None:
    at = f"opportunities/{deal['id']}"
    assert team.manager.post(f"{at}/confirm_closing").status_code == 409
    assert done(team.seller, f"{at}/win")["closing"] == "waiting"
    own = team.seller.post(f"{at}/confirm_closing")
    assert (own.status_code, own.json()["message"]) == (409, "须由部门经理或销售助理确认，不能确认自己负责的机会")
    Opportunity.objects.update(incomplete=True, expected_on=None, won_amount=None)
    assert team.manager.post(f"{at}/confirm_closing").json()["message"] == "资料不全，请先补充完整再确认关闭"
    Opportunity.objects.update(incomplete=False, won_amount=1000)
    confirmed = done(team.manager, f"{at}/confirm_closing")
    assert (confirmed["closing"], confirmed["confirmed_by"]["label"]) == ("confirmed", "manager")
    assert done(team.seller, f"{at}/reopen", to="proposal")["closing"] == "none"


@pytest.mark.covers("V-28", "V-29")
def test_what_stands_still_or_should_have_been_signed_is_flagged(team: Team, house: dict, deal: dict) -> None:
    def flags(today: date) -> tuple[bool, bool]:
        flag(today, actor=CLOCK)
        shown = team.seller.get(f"opportunities/{deal['id']}").json()
        return shown["stale"], shown["past_due"]

    assert [flags(TODAY + timedelta(days=n)) for n in (21, 22, 30, 31)] == [
        (False, False), (True, False), (True, False), (True, True),
    ]  # fmt: skip
    done(team.seller, f"opportunities/{deal['id']}/advance", to="engaging")
    later = str(TODAY + timedelta(days=60))
    moved = {"expected_on": later, "moved_because": "客户推迟"}
    assert team.seller.patch(f"opportunities/{deal['id']}", moved).json()["past_due"] is False
    assert flags(TODAY + timedelta(days=31)) == (True, False)
