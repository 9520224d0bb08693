"""工作台: each begins with the cards that fit how far she may go, and every figure is the list behind it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make_department, make_user
from zhike.testing.team import Team, added, done


def home(api: Api) -> Any:
    return api.get("meta").json()["home"]


def card(api: Api, name: str) -> Any:
    return next(c for c in home(api)["cards"] if c["name"] == name)


def names(api: Api) -> set[str]:
    return {c["name"] for c in home(api)["cards"]}


def listed(api: Api, name: str) -> list[str]:
    """The titles a list card shows."""
    shown = card(api, name)
    rows = api.get(shown["collection"], filter=shown["filter"], order=shown["order"], limit=shown["limit"]).json()["rows"]
    return [row.get("subject") or row["name"] for row in rows]


def figure(api: Api, asked: dict[str, Any], narrowed: Any) -> Any:
    answer = api.get(f"{asked['collection']}/aggregate", measures=asked["measure"], filter=narrowed)
    return answer.json()["rows"][0][asked["measure"]]


def test_a_salesperson_begins_with_her_day(team: Team) -> None:
    assert home(team.seller)["first"] == [
        "my_tasks",
        "my_deadlines",
        "customers_quiet",
        "my_targets",
        "my_funnel",
        "my_month",
        "my_closing",
        "since_yesterday",
        "data_to_complete",
    ]
    assert names(team.seller).isdisjoint({"funnel", "won_by_department", "activity_by_person", "deals_late"})


def test_a_manager_begins_with_her_team(team: Team) -> None:
    assert home(team.manager)["first"] == [
        "open_amount", "weighted_amount", "won_this_month", "late_count", "approvals_waiting", "my_tasks", "team_targets",
        "funnel", "activity_by_person",
        "deals_late", "leads_untouched", "team_month",
    ]  # fmt: skip


@pytest.mark.django_db
def test_who_sees_everything_and_changes_nothing_begins_with_the_overview() -> None:
    boss = Api(make_user("boss", {"*": {"view": "all", "change": "self", "complete": "self"}}, make_department("总部")))
    assert home(boss)["first"] == [
        "open_amount", "weighted_amount", "won_this_month", "win_rate", "approvals_waiting", "team_targets", "won_by_month",
        "funnel", "team_month",
        "won_by_department", "top_customers",
    ]  # fmt: skip


@pytest.mark.django_db
def test_who_works_on_everything_begins_with_the_whole_company() -> None:
    office = Api(make_user("office", Reach.ALL, make_department("总部")))
    assert home(office)["first"] == [
        "open_amount", "weighted_amount", "won_this_month", "win_rate", "owed", "owed_late", "came_in", "invoiced",
        "approvals_waiting", "my_tasks", "team_targets", "funnel", "deals_late", "leads_untouched", "won_by_department",
        "forecast", "tasks_late", "won_by_person", "ageing", "owed_soon",
    ]  # fmt: skip


@pytest.mark.django_db
def test_nothing_is_offered_of_what_one_may_not_see() -> None:
    clerk = Api(make_user("clerk", {"leads": {"view": "department"}, "interactions": {"*": "self"}}, make_department("市场部")))
    offered = {c["collection"] for c in home(clerk)["cards"]}
    assert offered == {"leads", "interactions"}
    stranger = Api(make_user("keeper", {"products": {"*": "all"}}))
    assert home(stranger) == {"cards": [], "first": []}


@pytest.mark.django_db
def test_lines_and_actions_out_of_reach_are_left_out() -> None:
    reader = Api(make_user("reader", {"opportunities": {"view": "self"}, "tasks": {"view": "self"}}, make_department("售前")))
    assert [line["label"] for line in card(reader, "my_month")["lines"]] == ["赢单金额", "赢单数", "新建机会"]
    assert card(reader, "tasks_due")["act"] is None


@pytest.mark.covers("T-65")
def test_what_is_due_is_mine_open_and_not_later_than_today(team: Team) -> None:
    today = timezone.localdate()
    for api, subject, days in (
        (team.seller, "今天", 0),
        (team.seller, "前天", -2),
        (team.seller, "明天", 1),
        (team.peer, "同事", 0),
    ):
        added(api, "tasks", subject=subject, due_on=str(today + timedelta(days)))
    finished = added(team.seller, "tasks", subject="办完", due_on=str(today))
    assert card(team.seller, "tasks_due")["act"] == "complete"
    done(team.seller, f"tasks/{finished['id']}/complete")
    assert listed(team.seller, "tasks_due") == ["前天", "今天"]
    assert listed(team.seller, "my_tasks") == ["前天", "今天", "明天"]
    assert listed(team.manager, "tasks_due") == []


def test_the_month_counts_what_is_mine_and_opens_the_same_records(team: Team) -> None:
    today = timezone.localdate()
    before = (today.replace(day=1) - timedelta(1)).replace(day=1)
    for api, name, amount, day in (
        (team.seller, "甲", "100", today),
        (team.seller, "乙", "40", before),
        (team.peer, "丙", "7", today),
    ):
        customer = added(api, "customers", name=f"{name}公司")
        deal = added(api, "opportunities", name=name, customer=customer["id"], amount=amount)
        done(api, f"opportunities/{deal['id']}/win", closed_on=str(day))
    amount = card(team.seller, "my_month")["lines"][0]
    assert (figure(team.seller, amount, amount["filter"]), figure(team.seller, amount, amount["against"])) == ("100.00", "40.00")
    assert (
        figure(
            team.manager,
            amount | card(team.manager, "team_month")["lines"][0],
            card(team.manager, "team_month")["lines"][0]["filter"],
        )
        == "107.00"
    )
    rows = team.seller.get("opportunities", filter=amount["filter"]).json()["rows"]
    assert [row["name"] for row in rows] == ["甲"]


def test_every_card_can_be_answered(team: Team) -> None:
    """A field, an operator or a period that does not exist would be told here, not to a person at her desk."""
    for shown in home(team.manager)["cards"]:
        for asked in [shown, *shown["lines"]]:
            for narrowed in [asked["filter"], asked.get("of"), asked.get("against")]:
                query = {"measures": asked["measure"], "group": ",".join(asked.get("group", ())), "filter": narrowed}
                answer = team.manager.get(f"{asked['collection']}/aggregate", **{k: v for k, v in query.items() if v})
                assert answer.status_code == 200, (shown["name"], answer.content.decode())
        if shown["type"] in ("list", "progress"):
            named = (*shown["fields"], *(shown[name] for name in ("reached", "goal", "coming") if shown[name]))
            fields = ",".join(("id", *named))
            rows = team.manager.get(shown["collection"], filter=shown["filter"], fields=fields, order=shown["order"])
            assert rows.status_code == 200, (shown["name"], rows.content.decode())
