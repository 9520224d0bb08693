"""销售预测: by stage, by commitment and by history, each with how far it was off; and the stages deals went through."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from zhike.apps.sales.flows.foresee import foresee
from zhike.apps.sales.flows.keep_stages import begin_missing
from zhike.apps.sales.forecasting import Open, Rates, forecast, mean, off_by
from zhike.apps.sales.objects.forecast import Forecast
from zhike.apps.sales.objects.opportunity import Opportunity
from zhike.apps.sales.objects.stage_stay import StageStay
from zhike.kernel.reach import Reach
from zhike.org.objects.person import System
from zhike.testing.kit import Api, make_user
from zhike.testing.team import Team, added, done

TODAY = timezone.localdate()
CLOCK = System("clock")


def test_each_method_weighs_what_is_open_in_its_own_way() -> None:
    rows = [
        Open("proposal", "commit", Decimal("1000.01")),
        Open("negotiating", "best", Decimal(400)),
        Open("proposal", "open", Decimal(100)),
    ]
    rates = Rates(
        stage={"proposal": Decimal("0.5"), "negotiating": Decimal("0.75")}, history={"proposal": Decimal(1) / 3},
        commitment={"commit": Decimal(1), "best": Decimal("0.5"), "open": Decimal(0)},
    )  # fmt: skip
    assert forecast(rows, rates, Decimal(50)) == {
        "by_stage": Decimal("900.01"), "by_commitment": Decimal("1250.01"), "by_history": Decimal("416.67"),
    }  # fmt: skip


def test_an_error_is_told_in_percent_of_what_came() -> None:
    assert [off_by(Decimal(said), Decimal(came)) for said, came in ((150, 200), (300, 200), (5, 0))] == [
        Decimal("25.0"), Decimal("50.0"), None,
    ]  # fmt: skip
    assert mean([Decimal("25.0"), None, Decimal("50.0")]) == Decimal("37.5")
    assert mean([None]) is None


@pytest.fixture
def deal(team: Team) -> dict[str, Any]:
    customer = added(team.seller, "customers", name="上海恒泰机械制造有限公司")["id"]
    values = {"name": "一期", "customer": customer, "amount": "1000", "expected_on": str(TODAY), "commitment": "commit"}
    return dict(added(team.seller, "opportunities", **values))


def stays(team: Team) -> list[tuple[Any, ...]]:
    rows = team.seller.get("stage-stays", order="id", fields="stage,outcome,ended,amount,left_at").json()["rows"]
    return [(r["stage"], r["outcome"], r["ended"], r["amount"], r["left_at"] is None) for r in rows]


def test_the_stages_of_a_deal_are_kept_with_their_outcome(team: Team, deal: dict) -> None:
    at = f"opportunities/{deal['id']}"
    done(team.seller, f"{at}/advance", to="proposal")
    done(team.seller, f"{at}/advance", to="engaging")
    team.seller.patch(at, {"amount": "900"})
    assert stays(team) == [
        ("prospecting", "forward", "", "1000.00", False), ("proposal", "back", "", "1000.00", False),
        ("engaging", "", "", "900.00", True),
    ]  # fmt: skip
    done(team.seller, f"{at}/win")
    assert [row[1:3] for row in stays(team)] == [("forward", "won"), ("back", "won"), ("won", "won")]
    done(team.seller, f"{at}/reopen", to="negotiating")
    assert [row[1:3] for row in stays(team)] == [("forward", ""), ("back", ""), ("won", ""), ("", "")]
    assert team.stranger.get("stage-stays").json()["rows"] == []


@pytest.mark.covers("V-31")
def test_each_stage_tells_what_was_done_in_it_and_what_moved_the_deal_on(team: Team, deal: dict) -> None:
    """Two talks and the deal moves on, one and it falls back; a talk written down later counts for when it was said."""
    at, about = f"opportunities/{deal['id']}", {"opportunity": deal["id"]}

    def told() -> list[tuple[Any, ...]]:
        rows = team.seller.get(f"{at}/page").json()["related"]["stage-stays"]["rows"]
        return [(r["stage"], r["talks"], r["moved_by"] and r["moved_by"]["label"], r["outcome"]) for r in reversed(rows)]

    StageStay.objects.update(entered_at=timezone.now() - timedelta(days=3))
    added(team.seller, "interactions", content="电话约访", **about)
    visit = added(team.seller, "interactions", content="当面讲方案", channel="visit", **about)
    done(team.seller, f"{at}/advance", to="proposal")
    last = added(team.seller, "interactions", content="对方要求重做", **about)
    done(team.seller, f"{at}/advance", to="engaging")
    assert told() == [
        ("prospecting", 2, "当面讲方案", "forward"), ("proposal", 1, "对方要求重做", "back"), ("engaging", 0, None, ""),
    ]  # fmt: skip
    added(team.seller, "interactions", content="补记", happened_at=(timezone.now() - timedelta(days=2)).isoformat(), **about)
    assert told()[0] == ("prospecting", 3, "当面讲方案", "forward")
    moved = team.seller.get(f"interactions/{visit['id']}/page").json()["related"]["stage-stays"]["rows"]
    assert [(row["stage"], row["outcome"]) for row in moved] == [("prospecting", "forward")]
    assert team.seller.delete(f"interactions/{last['id']}").status_code == 204
    assert told()[1] == ("proposal", 0, None, "back")


def test_a_deal_that_stands_nowhere_on_record_is_entered_at_night(team: Team, deal: dict) -> None:
    StageStay.objects.all().delete()
    assert (begin_missing(CLOCK), begin_missing(CLOCK)) == (1, 0)
    assert stays(team) == [("prospecting", "", "", "1000.00", True)]


def test_a_stay_counts_its_days(team: Team, deal: dict) -> None:
    StageStay.objects.update(entered_at=timezone.now() - timedelta(days=2, hours=12))
    done(team.seller, f"opportunities/{deal['id']}/lose", lost_reason="price")
    assert StageStay.objects.get().days == Decimal("2.5")


def figures(api: Any, month: date) -> dict[str, list[Any]]:
    rows = api.get("forecasts", order="id", fields="month,team,kind,signed,by_stage,by_commitment,by_history,stage_error").json()[
        "rows"
    ]
    return {
        row["team"]["label"] if row["team"] else "": [
            row[n] for n in ("kind", "signed", "by_stage", "by_commitment", "by_history")
        ]
        for row in rows
        if row["month"] == str(month)
    }


@pytest.mark.covers("V-60")
def test_this_month_is_what_is_won_and_what_is_to_come(team: Team, deal: dict) -> None:
    won = added(team.seller, "opportunities", name="二期", customer=deal["customer"]["id"], amount="500")
    done(team.seller, f"opportunities/{won['id']}/win", closed_on=str(TODAY))
    assert foresee(TODAY, actor=CLOCK) == foresee(TODAY, actor=CLOCK) > 0
    first = TODAY.replace(day=1)
    assert figures(Api(make_user("boss", Reach.ALL)), first) == {
        "": ["now", "500.00", "600.00", "1500.00", "1500.00"], "上海销售部": ["now", "500.00", "600.00", "1500.00", "1500.00"],
    }  # fmt: skip
    assert list(figures(team.manager, first)) == ["上海销售部"]
    assert figures(team.seller, first) == {}


def moment(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 9))


@pytest.mark.covers("V-64")
def test_a_past_month_is_forecast_as_it_stood_on_its_first_day_and_compared_with_what_came(team: Team, deal: dict) -> None:
    this = TODAY.replace(day=1)
    before = (this - timedelta(days=1)).replace(day=1)
    begun, signed = before - timedelta(days=20), before + timedelta(days=10)
    Opportunity.objects.update(stage_since=moment(signed), expected_on=signed, stage="won", closed_on=signed, won_amount=400)
    StageStay.objects.update(
        stage="proposal", entered_at=moment(begun), left_at=moment(signed), outcome="won", ended="won", expected_on=signed
    )
    foresee(TODAY, actor=CLOCK)
    assert figures(team.manager, before)["上海销售部"] == ["past", "400.00", "500.00", "1000.00", "0.00"]
    past = Forecast.objects.get(month=before, team=None)
    assert (past.stage_error, past.commitment_error, past.history_error) == (Decimal("25.0"), Decimal("150.0"), Decimal("100.0"))
    coming = Forecast.objects.filter(month=this, team=None)
    assert [row.stage_error for row in coming] in ([], [Decimal("25.0")])
