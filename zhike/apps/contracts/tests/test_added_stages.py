"""管理员增加的阶段: a stage of one's own has its chance and its time, and counts in funnel, forecast, advance and ranking."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from zhike.apps.contracts.flows.figure_months import figure
from zhike.apps.contracts.flows.rank_people import put_places
from zhike.apps.contracts.objects.monthly_figure import MonthlyFigure
from zhike.apps.sales.flows.close_deal import flag
from zhike.apps.sales.flows.foresee import foresee
from zhike.apps.sales.objects.quote import Quote
from zhike.apps.sales.objects.stage_stay import StageStay
from zhike.features.jobs.run import run_now
from zhike.kernel.added import as_of
from zhike.kernel.reach import Reach
from zhike.org.objects.person import System
from zhike.testing.kit import Api, make_user
from zhike.testing.team import Team, added, done

STAGE = "opportunities.stage"
TODAY = timezone.localdate()
MONTH = TODAY.replace(day=1)
CLOCK = System("clock")


@pytest.fixture(scope="module")
def founded(founded_team: Team | None) -> Api:
    """An administrator who has put 方案评审 (40 %) between 需求确认 and 方案报价, and 待签 behind 商务谈判."""
    assert founded_team
    office = Api(make_user("office", Reach.ALL))
    added(office, "choice-options", field=STAGE, label="方案评审", value="review", probability="40", position=15)
    added(office, "choice-options", field=STAGE, label="待签", value="signing")
    return office


@pytest.fixture
def office(db: Any, founded: Api) -> Api:
    return founded.again()


@pytest.fixture
def deal(team: Team, office: Api) -> dict[str, Any]:
    customer = added(team.seller, "customers", name="上海恒泰机械制造有限公司")["id"]
    return dict(added(team.seller, "opportunities", name="一期", customer=customer, amount="1000", expected_on=str(TODAY)))


def at_night(work: Any, *about: Any) -> None:
    """As a worker does it, with the stages there are now."""
    with as_of(None):
        work(*about, actor=CLOCK)


def to(team: Team, deal: dict, stage: str) -> Any:
    return done(team.seller, f"opportunities/{deal['id']}/advance", to=stage)


def test_it_is_as_likely_as_the_administrator_says_or_else_as_the_one_before_it(team: Team, office: Api, deal: dict) -> None:
    assert (to(team, deal, "review")["weighted_amount"], to(team, deal, "signing")["weighted_amount"]) == ("400.00", "750.00")
    made = added(office, "choice-options", field=STAGE, label="试用", position=15)
    assert made["probability"] == "30.00"


@pytest.mark.covers("V-28")
def test_it_has_a_time_after_which_a_deal_stands_still(team: Team, office: Api, deal: dict) -> None:
    to(team, deal, "review")
    stale = []
    for days in (21, 22):
        at_night(flag, TODAY + timedelta(days=days))
        stale.append(team.seller.get(f"opportunities/{deal['id']}").json()["stale"])
    added(office, "parameters", key="stale_elsewhere", value="30", effective_on=str(TODAY))
    at_night(flag, TODAY + timedelta(days=30))
    assert [*stale, team.seller.get(f"opportunities/{deal['id']}").json()["stale"]] == [False, True, False]


@pytest.mark.covers("V-28")
def test_each_added_stage_has_days_of_its_own_under_its_own_name(team: Team, office: Api, deal: dict) -> None:
    to(team, deal, "review")
    other = added(team.seller, "opportunities", name="二期", customer=deal["customer"]["id"], amount="1", expected_on=str(TODAY))
    to(team, other, "signing")
    own = added(office, "parameters", key="stale_review", value="5", effective_on=str(TODAY))
    assert (own["name"], own["unit"]) == ("方案评审几天没有进展算停滞", "天")
    unknown = office.post("parameters", {"key": "stale_nowhere", "value": "5"})
    assert (unknown.status_code, list(unknown.json()["fields"])) == (422, ["key"])
    at_night(flag, TODAY + timedelta(days=6))
    now = {row["name"]: row["stale"] for row in team.seller.get("opportunities", fields="name,stale").json()["rows"]}
    assert now == {"一期": True, "二期": False}
    at_night(flag, TODAY + timedelta(days=22))
    assert team.seller.get(f"opportunities/{other['id']}").json()["stale"]


def test_an_open_stage_that_is_certain_is_no_end(team: Team, office: Api, deal: dict) -> None:
    """An administrator gives 待签 100 % and 方案评审 0 %: deals in them are open, and only 赢单 and 输单 are drawn as ends."""
    rows = office.get("choice-options", fields="id,value").json()["rows"]
    for row, chance in ((row, {"signing": "100", "review": "0"}[row["value"]]) for row in rows):
        assert office.patch(f"choice-options/{row['id']}", {"probability": chance}).status_code == 200
    deals = office.get("meta").json()["objects"]["opportunities"]
    [stage] = [one for one in deals["fields"] if one["name"] == "stage"]
    assert [one["value"] for one in stage["options"] if one.get("end")] == ["won", "lost"]
    assert to(team, deal, "signing")["weighted_amount"] == "1000.00"
    at_night(flag, TODAY + timedelta(days=22))
    standing = team.seller.get(f"opportunities/{deal['id']}").json()
    assert (standing["stale"], standing["past_due"], standing["closed_on"]) == (True, True, None)
    at_night(foresee, TODAY)
    now = {"field": "kind", "op": "eq", "value": "now"}
    assert {row["by_stage"] for row in team.manager.get("forecasts", filter=now, fields="by_stage").json()["rows"]} == {"1000.00"}


@pytest.mark.covers("V-62", "V-90")
def test_what_stands_and_moves_there_counts_in_funnel_forecast_figures_and_ranking(team: Team, deal: dict) -> None:
    to(team, deal, "review")
    funnel = team.seller.get("opportunities/aggregate", group="stage", measures="sum:amount").json()["rows"]
    assert funnel == [{"stage": "review", "sum:amount": "1000.00"}]
    at_night(foresee, TODAY)
    now = {"field": "kind", "op": "eq", "value": "now"}
    [told] = [row for row in team.manager.get("forecasts", filter=now, fields="team,by_stage").json()["rows"] if row["team"]]
    assert told["by_stage"] == "400.00"
    at_night(figure, MONTH)
    at_night(put_places, MONTH)
    month = MonthlyFigure.objects.get(owner=team.seller.person)
    assert (month.other_stages, month.prospecting, month.advanced) == (Decimal(1000), Decimal(0), Decimal(300))
    # The best in four of seven figures: customers, deals, advance and funnel; nobody was contacted, nothing signed or collected.
    assert month.score == Decimal("57.14")


def test_an_accepted_quote_takes_no_deal_back_from_it(team: Team, deal: dict) -> None:
    product = added(team.manager, "products", name="数据中台", list_price="1000")["id"]
    quote = added(team.seller, "quotes", opportunity=deal["id"], items=[{"product": product}])["id"]
    Quote.objects.update(state="approved")
    to(team, deal, "signing")
    done(team.seller, f"quotes/{quote}/accept")
    assert team.seller.get(f"opportunities/{deal['id']}").json()["stage"] == "signing"


def test_what_stood_in_a_stage_that_was_merged_into_another_has_not_moved(team: Team, office: Api, deal: dict) -> None:
    to(team, deal, "review")
    started = office.post(f"option-sets/{STAGE}/retire", {"value": "review", "to": "proposal"})
    assert run_now(started.json()["id"]).state == "done"
    assert team.seller.get(f"opportunities/{deal['id']}").json()["stage"] == "proposal"
    stays = StageStay.objects.order_by("pk").values_list("stage", "outcome", "advanced")
    assert list(stays) == [("prospecting", "forward", Decimal(300)), ("proposal", "", None)]
    at_night(figure, MONTH)
    assert MonthlyFigure.objects.get(owner=team.seller.person).proposal == Decimal(1000)
