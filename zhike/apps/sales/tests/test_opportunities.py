"""销售机会: stages and their 赢率, amounts, products, competitors, winning and losing."""

import pytest

from zhike.apps.customers.objects.customer import Customer
from zhike.apps.sales.objects.competitor import Competitor
from zhike.apps.sales.objects.opportunity import Opportunity
from zhike.testing.team import Team, added, done


@pytest.fixture
def customer(team: Team) -> dict:
    return added(team.seller, "customers", name="上海恒泰机械制造有限公司")


@pytest.fixture
def deal(team: Team, customer: dict) -> dict:
    return added(
        team.seller, "opportunities", name="一期项目", customer=customer["id"], amount="200000", expected_on="2026-12-31"
    )


def stage_of(deal: dict) -> str:
    return Opportunity.objects.get(pk=deal["id"]).stage


@pytest.mark.covers("P-09", "G-08")
def test_a_deal_has_customer_amount_stage_and_expected_day(team: Team, customer: dict, deal: dict) -> None:
    assert (deal["customer"]["id"], deal["amount"], deal["stage"]) == (customer["id"], "200000.00", "prospecting")
    assert (deal["expected_on"], deal["incomplete"]) == ("2026-12-31", False)
    assert deal["number"].startswith("JH")


def test_a_person_must_name_the_customer(team: Team) -> None:
    answer = team.seller.post("opportunities", {"name": "一期项目"})
    assert (answer.status_code, answer.json()["fields"]) == (422, {"customer": "必填"})
    assert Opportunity.objects.count() == 0


@pytest.mark.covers("G-07")
@pytest.mark.parametrize(
    ("stage", "probability", "weighted"),
    [("engaging", "30.00", "60000.00"), ("proposal", "50.00", "100000.00"), ("negotiating", "75.00", "150000.00")],
)
def test_each_stage_has_its_probability_and_weighs_the_amount(
    team: Team, deal: dict, stage: str, probability: str, weighted: str
) -> None:
    assert (deal["probability"], deal["weighted_amount"]) == ("10.00", "20000.00")
    moved = done(team.seller, f"opportunities/{deal['id']}/advance", to=stage)
    assert (moved["stage"], moved["probability"], moved["weighted_amount"]) == (stage, probability, weighted)
    assert moved["stage_since"] > deal["stage_since"]


@pytest.mark.covers("G-07")
def test_weighted_amounts_are_summed_by_stage(team: Team, customer: dict, deal: dict) -> None:
    added(team.seller, "opportunities", name="二期项目", customer=customer["id"], amount="50000")
    rows = team.seller.get("opportunities/aggregate", group="stage", measures="count,sum:amount,sum:weighted_amount").json()[
        "rows"
    ]
    assert rows == [{"stage": "prospecting", "count": 2, "sum:amount": "250000.00", "sum:weighted_amount": "25000.00"}]


def test_the_probability_may_be_judged_otherwise_until_the_next_stage(team: Team, deal: dict) -> None:
    at = f"opportunities/{deal['id']}"
    judged = team.seller.patch(at, {"probability": "42.5"}).json()
    assert (judged["probability"], judged["weighted_amount"]) == ("42.50", "85000.00")
    assert done(team.seller, f"{at}/advance", to="proposal")["probability"] == "50.00"
    too_much = team.seller.patch(at, {"probability": "101"})
    assert (too_much.status_code, too_much.json()["fields"]) == (422, {"probability": "应在 0 与 100 之间"})


@pytest.mark.covers("P-09")
def test_the_stages_a_deal_went_through_are_kept_with_their_times(team: Team, deal: dict) -> None:
    at = f"opportunities/{deal['id']}"
    for stage in ("engaging", "negotiating", "proposal"):
        done(team.seller, f"{at}/advance", to=stage)
    rows = team.seller.get(f"{at}/history").json()["rows"]
    moves = [(row["at"], c["new"]) for row in reversed(rows) for c in row["changes"] if c["field"] == "stage"]
    assert [stage for _, stage in moves] == ["prospecting", "engaging", "negotiating", "proposal"]
    assert [moment for moment, _ in moves] == sorted({moment for moment, _ in moves})


@pytest.mark.covers("V-29")
def test_every_change_of_the_expected_day_is_kept(team: Team, deal: dict) -> None:
    at = f"opportunities/{deal['id']}"
    for day, reason in (("2027-01-31", "客户预算推迟"), ("2027-03-31", "等待招标")):
        assert team.seller.patch(at, {"expected_on": day, "moved_because": reason}).status_code == 200
    rows = team.seller.get(f"{at}/history").json()["rows"]
    told = [{c["field"]: c["new"] for c in row["changes"]} for row in rows[:2]]
    assert [(t["expected_on"], t["moved_because"]) for t in told] == [("2027-03-31", "等待招标"), ("2027-01-31", "客户预算推迟")]


@pytest.mark.covers("V-29")
def test_the_expected_day_is_not_moved_without_a_reason(team: Team, deal: dict) -> None:
    at, asked = f"opportunities/{deal['id']}", {"moved_because": "修改预计签约日期须说明原因"}
    refused = [team.seller.patch(at, {"expected_on": "2027-01-31", **more}) for more in ({}, {"moved_because": ""})]
    refused.append(team.seller.patch(at, {"expected_on": None}))
    assert [(r.status_code, r.json()["fields"]) for r in refused] == [(422, asked)] * 3
    many = team.seller.post("opportunities/bulk", {"ids": [deal["id"]], "set": {"expected_on": "2027-01-31"}}).json()
    assert (many["done"], many["refused"][0]["reason"]) == (0, "改期原因：修改预计签约日期须说明原因")
    assert team.seller.get(at).json()["expected_on"] == "2026-12-31"
    assert team.seller.patch(at, {"expected_on": "2026-12-31"}).status_code == 200  # the same day is no other day
    dateless = added(team.seller, "opportunities", name="二期", customer=deal["customer"]["id"])
    assert team.seller.patch(f"opportunities/{dateless['id']}", {"expected_on": "2027-01-31"}).status_code == 200


@pytest.mark.parametrize(
    ("path", "answers", "status"),
    [
        ("advance", {"to": "prospecting"}, 409), ("advance", {"to": "won"}, 422), ("advance", {}, 422),
        ("reopen", {"to": "engaging"}, 409), ("lose", {}, 422), ("win", {"amount": "-1"}, 422), ("win", {"paid": True}, 422),
    ],
)  # fmt: skip
def test_a_move_that_cannot_be_made_changes_nothing(team: Team, deal: dict, path: str, answers: dict, status: int) -> None:
    assert team.seller.post(f"opportunities/{deal['id']}/{path}", answers).status_code == status
    assert team.seller.get(f"opportunities/{deal['id']}").json() == team.seller.get(f"opportunities/{deal['id']}").json() | deal


def test_a_stage_cannot_be_typed(team: Team, deal: dict) -> None:
    answer = team.seller.patch(f"opportunities/{deal['id']}", {"stage": "won"})
    assert (answer.status_code, answer.json()["fields"]) == (422, {"stage": "不能直接修改"})
    assert stage_of(deal) == "prospecting"


@pytest.mark.covers("P-26")
def test_winning_keeps_what_the_deal_was_worth_and_makes_the_customer_active(team: Team, customer: dict, deal: dict) -> None:
    at = f"opportunities/{deal['id']}"
    won = done(team.seller, f"{at}/win", closed_on="2026-11-20", amount="188000")
    assert (won["stage"], won["closed_on"], won["probability"]) == ("won", "2026-11-20", "100.00")
    assert (won["amount"], won["won_amount"], won["weighted_amount"]) == ("188000.00", "188000.00", "188000.00")
    team.seller.patch(at, {"amount": "190000"})
    assert team.seller.get(at).json()["won_amount"] == "188000.00"
    assert Customer.objects.get(pk=customer["id"]).lifecycle == "active"


def test_a_won_deal_brings_a_lost_customer_back(team: Team, customer: dict, deal: dict) -> None:
    done(team.seller, f"customers/{customer['id']}/mark_lost", lost_reason="价格")
    done(team.seller, f"opportunities/{deal['id']}/win")
    assert Customer.objects.get(pk=customer["id"]).lifecycle == "won_back"


def test_losing_needs_a_reason_and_reopening_forgets_it(team: Team, deal: dict) -> None:
    rival = added(team.manager, "competitors", name="远景云数")
    at = f"opportunities/{deal['id']}"
    lost = done(team.seller, f"{at}/lose", lost_reason="price", winner=rival["id"], lost_note="低两成", closed_on="2026-11-20")
    assert (lost["stage"], lost["lost_reason"], lost["winner"]["label"]) == ("lost", "price", "远景云数")
    assert (lost["weighted_amount"], lost["won_amount"]) == ("0.00", None)
    again = done(team.seller, f"{at}/reopen", to="proposal")
    assert (again["stage"], again["closed_on"], again["lost_reason"], again["winner"]) == ("proposal", None, "", None)
    assert again["weighted_amount"] == "100000.00"


def test_an_open_deal_has_no_closing_day(team: Team, deal: dict) -> None:
    answer = team.seller.patch(f"opportunities/{deal['id']}", {"closed_on": "2026-11-20"})
    assert (answer.status_code, answer.json()["fields"]) == (409, {"closed_on": "赢单或输单时才填写"})
    assert Opportunity.objects.get(pk=deal["id"]).closed_on is None


@pytest.mark.covers("G-08")
def test_competitors_are_named_with_their_strengths_and_counted(team: Team, customer: dict, deal: dict) -> None:
    first = added(team.manager, "competitors", name="远景云数", strengths="品牌强", threat="high")
    second = added(team.manager, "competitors", name="华信软件")
    both = [first["id"], second["id"]]
    named = team.seller.patch(f"opportunities/{deal['id']}", {"competitors": both}).json()
    assert {c["label"] for c in named["competitors"]} == {"远景云数", "华信软件"}
    other = added(team.seller, "opportunities", name="二期", customer=customer["id"], competitors=both)
    done(team.seller, f"opportunities/{deal['id']}/win")
    done(team.seller, f"opportunities/{other['id']}/lose", lost_reason="competitor", winner=first["id"])
    counted = Competitor.objects.order_by("pk").values_list("won_against", "lost_against")
    assert list(counted) == [(1, 1), (1, 0)]
    done(team.seller, f"opportunities/{other['id']}/reopen", to="proposal")
    assert list(Competitor.objects.order_by("pk").values_list("won_against", "lost_against")) == [(1, 0), (1, 0)]


def test_a_competitor_taken_off_a_won_deal_is_not_counted_any_more(team: Team, deal: dict) -> None:
    rival = added(team.manager, "competitors", name="远景云数")
    at = f"opportunities/{deal['id']}"
    team.seller.patch(at, {"competitors": [rival["id"]]})
    done(team.seller, f"{at}/win")
    assert Competitor.objects.get().won_against == 1
    team.seller.patch(at, {"competitors": []})
    assert Competitor.objects.get().won_against == 0


@pytest.mark.covers("V-30")
def test_competitors_met_on_a_deal_are_recorded_and_summed_up_by_win_and_loss(team: Team) -> None:
    customer = added(team.seller, "customers", name="甲公司")["id"]
    one, two = (added(team.seller, "competitors", name=name)["id"] for name in ("用友", "金蝶"))
    met = {
        "一期": ("win", [one], {}),
        "二期": ("lose", [one, two], {"lost_reason": "price", "winner": two}),
        "三期": ("", [two], {}),
    }
    for name, (deed, rivals, answers) in met.items():
        deal = added(team.seller, "opportunities", name=name, customer=customer, amount="100", competitors=rivals)
        if deed:
            done(team.seller, f"opportunities/{deal['id']}/{deed}", **answers)
    [board] = [d for d in team.manager.get("meta").json()["dashboards"] if d["name"] == "rivals"]
    card = next(card for card in board["cards"] if card["name"] == "table")
    told = team.manager.post("report-figures", {"collection": card["collection"], "definition": card["definition"]}).json()
    shown = {row["keys"][0]["label"]: values for row, values in zip(told["rows"], told["row_totals"], strict=True)}
    assert [measure["label"] for measure in told["measures"]] == ["交锋", "赢单", "输单", "赢单率", "赢单金额"]
    assert shown == {"用友": ["2", "1", "1", "0.5000", "100.00"], "金蝶": ["1", "0", "1", "0.0000", "0"]}
