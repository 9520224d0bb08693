"""销售概览: each card's number is the aggregation of the list behind it, over what the viewer may see."""

from typing import Any

import pytest

from zhike.testing.team import Team, added, done


@pytest.fixture
def pipeline(team: Team) -> None:
    """Two won (100 and 300), one lost, two open at 10 % and 30 %; another branch has won 1,000."""
    for api, name, amount, action, answers in (
        (team.seller, "甲", "100", "win", {"closed_on": "2026-03-10"}),
        (team.peer, "乙", "300", "win", {"closed_on": "2026-04-10"}),
        (team.seller, "丙", "700", "lose", {"lost_reason": "price"}),
        (team.seller, "丁", "1000", "", {}),
        (team.peer, "戊", "2000", "advance", {"to": "engaging"}),
        (team.stranger, "己", "1000", "win", {"closed_on": "2026-03-20"}),
    ):
        customer = added(api, "customers", name=f"{name}公司")
        deal = added(api, "opportunities", name=f"{name}项目", customer=customer["id"], amount=amount)
        if action:
            done(api, f"opportunities/{deal['id']}/{action}", **answers)


def answer(team: Team, name: str) -> Any:
    """What the manager's browser shows for a card."""
    dashboard = team.manager.get("meta").json()["dashboards"][0]
    card = next(c for c in dashboard["cards"] if c["name"] == name)
    asked = {"group": ",".join(card["group"]), "measures": card["measure"], "order": card["order"]}
    numerator = rows(team, card, card["filter"], asked)
    if card["type"] != "ratio":
        return numerator
    return numerator[0]["count"] / rows(team, card, card["of"], asked)[0]["count"]


def rows(team: Team, card: dict, wanted: dict, asked: dict) -> list[dict]:
    query = {k: v for k, v in asked.items() if v}
    return team.manager.get(f"{card['collection']}/aggregate", filter=wanted, **query).json()["rows"]


@pytest.mark.covers("G-07")
@pytest.mark.parametrize(
    ("card", "shown"),
    [
        ("open_amount", [{"sum:amount": "3000.00"}]),
        ("weighted_amount", [{"sum:weighted_amount": "700.00"}]),
        ("won_amount", [{"sum:won_amount": "400.00"}]),
        ("won_count", [{"count": 2}]),
        ("win_rate", 2 / 3),
        ("mean_won", [{"avg:won_amount": "200.00"}]),
        (
            "won_by_month",
            [{"closed_on:month": month, "sum:won_amount": won} for month, won in (("2026-03", "100.00"), ("2026-04", "300.00"))],
        ),
    ],
)  # fmt: skip
def test_a_manager_sees_the_numbers_of_the_departments_below(team: Team, pipeline: None, card: str, shown: Any) -> None:
    assert answer(team, card) == shown


def test_the_funnel_counts_open_deals_by_stage(team: Team, pipeline: None) -> None:
    assert {r["stage"]: r["count"] for r in answer(team, "funnel")} == {"prospecting": 1, "engaging": 1}


@pytest.mark.covers("V-60")
def test_what_was_won_is_shown_by_person_and_department_largest_first(team: Team, pipeline: None) -> None:
    assert [(r["owner"]["label"], r["sum:won_amount"]) for r in answer(team, "won_by_person")] == [
        ("peer", "300.00"),
        ("seller", "100.00"),
    ]
    assert [(r["department"]["label"], r["sum:won_amount"]) for r in answer(team, "won_by_department")] == [
        ("上海销售部", "400.00")
    ]


def test_a_number_opens_the_records_behind_it(team: Team, pipeline: None) -> None:
    dashboard = team.manager.get("meta").json()["dashboards"][0]
    card = next(c for c in dashboard["cards"] if c["name"] == "won_count")
    listed = team.manager.get(card["collection"], filter=card["filter"], total=1).json()
    assert listed["total"] == {"count": 2, "exact": True}
    assert {r["name"] for r in listed["rows"]} == {"甲项目", "乙项目"}


def test_a_period_narrows_every_card_of_the_page(team: Team, pipeline: None) -> None:
    [page] = [one for one in team.manager.get("meta").json()["dashboards"] if one["name"] == "sales"]
    for card in page["cards"]:
        asked = {"collection": card["collection"], "definition": card["definition"], "period": ["2001-01-01", "2001-12-31"]}
        shown = team.manager.post("report-figures", asked).json()
        assert (shown["dated"], shown["rows"], shown["total"][0] in ("0", "0.00", None)) == (True, [], True), card["name"]
