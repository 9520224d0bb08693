"""催收: every overdue receivable has a collector and takes its steps in time; a promise is waited for, kept or broken (V-57)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from zhike.apps.contracts.flows.dun import break_promises, take_steps
from zhike.apps.contracts.objects.contract import Contract
from zhike.apps.contracts.objects.receivable import Receivable
from zhike.apps.contracts.tests.conftest import contract_of
from zhike.org.objects.person import System
from zhike.testing.team import Team, added, done

TODAY = timezone.localdate()
CLOCK = System("clock")
pytestmark = pytest.mark.covers("V-57")


@pytest.fixture
def late(team: Team, house: dict, customer: int, product: int) -> str:
    """The path of a receivable over 1,000 that fell due three days ago."""
    contract = contract_of(team, customer, product, "1000")
    Contract.objects.update(state="agreed")
    done(team.seller, f"contracts/{contract['id']}/sign", signed_on=str(TODAY))
    Receivable.objects.update(due_on=TODAY - timedelta(days=3))
    return f"receivables/{Receivable.objects.get().pk}"


def tasks(team: Team) -> list[str]:
    return [task["subject"] for task in team.seller.get("tasks", order="id").json()["rows"]]


def test_each_step_comes_once_on_its_day_with_a_task_for_the_collector(team: Team, late: str) -> None:
    for day in (-1, 0, 1, 11, 12, 13):
        take_steps(TODAY + timedelta(days=day), actor=CLOCK)
    assert tasks(team) == [
        "电话提醒：上海恒泰机械制造有限公司 全款 1000.00 元",
        "催款函：上海恒泰机械制造有限公司 全款 1000.00 元",
    ]
    shown = team.seller.get(late).json()
    assert (shown["collector"]["label"], shown["step"]["label"]) == ("seller", "催款函")


def test_a_promise_is_waited_for_and_then_broken(team: Team, late: str) -> None:
    promised = TODAY + timedelta(days=20)
    done(team.seller, f"{late}/dun", content="财务答应月底付", promised_on=str(promised))
    assert take_steps(promised, actor=CLOCK) == 0
    assert break_promises(promised, actor=CLOCK) == 0
    assert break_promises(promised + timedelta(days=1), actor=CLOCK) == 1
    assert take_steps(promised + timedelta(days=1), actor=CLOCK) == 1
    [said] = team.seller.get("dunnings").json()["rows"]
    assert (said["content"], said["promised"], said["outcome"]) == ("财务答应月底付", "1000.00", "broken")


def test_a_promise_over_a_part_is_kept_to_the_cent(team: Team, late: str, customer: int) -> None:
    done(team.seller, f"{late}/dun", content="先付一半", promised_on=str(TODAY), promised="500.01")

    def outcome() -> Any:
        return team.seller.get("dunnings").json()["rows"][0]["outcome"]

    added(team.manager, "receipts", customer=customer, amount="500")
    assert outcome() == "waiting"
    added(team.manager, "receipts", customer=customer, amount="0.01")
    assert outcome() == "kept"
    too_much = team.seller.post(f"{late}/dun", {"content": "全付", "promised_on": str(TODAY), "promised": "500"})
    assert (too_much.status_code, too_much.json()["fields"]) == (409, {"promised": "最多 499.99"})
