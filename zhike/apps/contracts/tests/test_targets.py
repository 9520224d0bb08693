"""业绩目标: set for a period and a team or person, counted from the records, compared with what is to be expected."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from zhike.apps.contracts.flows.measure_target import span
from zhike.apps.contracts.objects.contract import Contract
from zhike.apps.contracts.tests.conftest import contract_of
from zhike.apps.registration.objects.revenue_share import RevenueShare
from zhike.kernel.writes import create_many
from zhike.org.objects.person import System
from zhike.testing.team import Team, added, done


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("year", date(2026, 1, 1), date(2026, 12, 31)), ("q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("q4", date(2026, 10, 1), date(2026, 12, 31)), ("m02", date(2026, 2, 1), date(2026, 2, 28)),
        ("m12", date(2026, 12, 1), date(2026, 12, 31)),
    ],
)  # fmt: skip
def test_a_period_has_its_first_and_last_day(period: str, first: date, last: date) -> None:
    assert span(2026, period) == (first, last)


@pytest.mark.covers("G-13")
def test_a_target_counts_what_its_people_signed_and_what_is_to_come(team: Team, customer: int, product: int) -> None:
    for price, day in (("100000", "2026-11-30"), ("50000", "2026-12-01")):
        made = contract_of(team, customer, product, price)
        Contract.objects.filter(pk=made["id"]).update(state="signed", signed_on=day)
    added(team.seller, "opportunities", name="二期", customer=customer, amount="200000", expected_on="2026-11-20")
    goal = {"measure": "signed", "year": 2026, "period": "m11", "base": "150000", "stretch": "200000"}
    hers = added(team.manager, "sales-targets", person=team.seller.person.pk, **goal)
    shown = {n: hers[n] for n in ("actual", "achieved", "expected", "gap", "name")}
    assert shown == {
        "actual": "100000.00", "achieved": "66.7", "expected": "120000.00", "gap": "30000.00",
        "name": "seller 2026年11月合同金额",
    }  # fmt: skip
    assert added(team.manager, "sales-targets", person=team.stranger.person.pk, **goal)["actual"] == "0.00"
    Contract.objects.update(signed_on="2026-11-01")
    assert done(team.manager, f"sales-targets/{hers['id']}/count")["actual"] == "150000.00"


@pytest.mark.covers("V-43")
def test_what_an_arbitration_has_shared_counts_for_each_by_her_share(team: Team, customer: int) -> None:
    deal = added(team.seller, "opportunities", name="一期", customer=customer)["id"]
    won = done(team.seller, f"opportunities/{deal}/win", amount="100000.01", closed_on="2026-11-20")
    alone = added(team.seller, "opportunities", name="二期", customer=customer)["id"]
    done(team.seller, f"opportunities/{alone}/win", amount="50000", closed_on="2026-11-20")
    parts = ((team.seller.person, "33.33", "33330.00"), (team.peer.person, "66.67", "66670.01"))
    shares = [
        {"opportunity": deal, "percent": percent, "amount": amount, "closed_on": won["closed_on"], "owner": person.pk,
         "department": person.department_id}
        for person, percent, amount in parts
    ]  # fmt: skip
    create_many(RevenueShare, shares, actor=System("test"))
    goal = {"measure": "won", "year": 2026, "period": "m11", "base": "1"}
    meant: tuple[dict[str, Any], ...] = (
        {"person": team.seller.person.pk},
        {"person": team.peer.person.pk},
        {"team": team.seller.person.department_id},
        {},
    )
    reached = [added(team.manager, "sales-targets", **whose, **goal)["actual"] for whose in meant]
    assert reached == ["83330.00", "66670.01", "150000.01", "150000.01"]


@pytest.mark.covers("G-13")
def test_a_target_for_one_product_counts_its_lines_and_each_shares_them(team: Team, customer: int, product: int) -> None:
    """300 of one and 100 of another less 40 on the whole are 270 and 90; of a shared deal's 50 two thirds are another's."""
    other = added(team.manager, "products", name="一体机", list_price="1000")["id"]
    items = [{"product": product, "price": "300"}, {"product": other, "price": "100"}]
    added(team.seller, "contracts", customer=customer, items=items, discount="40")
    Contract.objects.update(state="signed", signed_on="2026-11-30")
    deals = []
    for name, price, more in (("一期", "50", {}), ("二期", "200", {"expected_on": "2026-11-20"})):
        lines = [{"product": product, "price": price}, {"product": other, "price": "7"}]
        deals.append(added(team.seller, "opportunities", name=name, customer=customer, products=lines, **more)["id"])
    done(team.seller, f"opportunities/{deals[0]}/win", closed_on="2026-11-20")
    home = {"opportunity": deals[0], "amount": 0, "closed_on": date(2026, 11, 20)}
    parts = ((team.seller.person, "33.33"), (team.peer.person, "66.67"))
    rows = [home | {"percent": p, "owner": person.pk, "department": person.department_id} for person, p in parts]
    create_many(RevenueShare, rows, actor=System("test"))
    goal = {"year": 2026, "period": "m11", "base": "1", "product": product}
    hers, peers = ({"person": api.person.pk} for api in (team.seller, team.peer))
    told = [
        added(team.manager, "sales-targets", measure=measure, **whose, **goal)
        for measure, whose in (("signed", {}), ("won", hers), ("won", peers), ("won", {}))
    ]
    assert [t["actual"] for t in told] == ["270.00", "16.67", "33.33", "50.00"]
    assert (told[0]["expected"], told[0]["name"]) == ("290.00", "全公司 数据中台 2026年11月合同金额")
    wrong = team.manager.post("sales-targets", goal | {"measure": "collected"})
    assert (wrong.status_code, wrong.json()["fields"]) == (409, {"product": "这项指标不能按产品统计"})


def test_a_target_rises_step_by_step(team: Team) -> None:
    answer = team.manager.post("sales-targets", {"base": "100", "stretch": "90"})
    assert (answer.status_code, answer.json()["fields"]) == (409, {"stretch": "不能低于基本目标"})


@pytest.mark.covers("G-13")
def test_a_head_sees_what_others_have_set_for_her_department(team: Team, house: dict) -> None:
    goal = {"measure": "signed", "year": 2026, "base": "1000"}
    added(house["office"], "sales-targets", team=team.seller.person.department_id, **goal)
    seeing = [len(api.get("sales-targets").json()["rows"]) for api in (team.manager, team.seller, team.stranger)]
    assert seeing == [1, 0, 0]


@pytest.mark.covers("V-64")
def test_last_year_says_what_is_to_be_reached_and_in_which_months(team: Team, customer: int) -> None:
    """100 came in in January and 300.01 in March of the year before; ten percent more are shared out as they came."""
    for amount, day in (("100", "2025-01-31"), ("300.01", "2025-03-02"), ("7000", "2024-03-02")):
        added(team.seller, "receipts", customer=customer, amount=amount, received_on=day)
    whose = {"measure": "collected", "year": 2026, "person": team.seller.person.pk}
    quarter = added(team.manager, "sales-targets", period="q1", base="1", **whose)
    at = f"sales-targets/{quarter['id']}"
    assert done(team.manager, f"{at}/plan", growth="10")["base"] == "440.01"
    assert team.manager.patch(at, {"stretch": "1000"}).status_code == 200
    made = [team.manager.get(f"sales-targets/{m['id']}").json() for m in done(team.manager, f"{at}/break_down")["made"]]
    assert [(m["period"], m["base"], m["stretch"], m["name"]) for m in made] == [
        ("m01", "110.00", "249.99", "seller 2026年1月回款金额"), ("m02", "0.00", "0.00", "seller 2026年2月回款金额"),
        ("m03", "330.01", "750.01", "seller 2026年3月回款金额"),
    ]  # fmt: skip
    twice = team.manager.post(f"{at}/break_down", {})
    assert (twice.status_code, twice.json()["message"]) == (409, "期间内已有同一对象、同一指标的月度目标")
    month = team.manager.post(f"sales-targets/{made[0]['id']}/break_down", {})
    assert (month.status_code, month.json()["message"]) == (409, "只有全年和季度的目标可以分解到月")
    later = added(team.manager, "sales-targets", measure="collected", year=2030, person=team.seller.person.pk, base="100.01")
    nothing = team.manager.post(f"sales-targets/{later['id']}/plan", {"growth": "0"})
    assert (nothing.status_code, nothing.json()["message"]) == (409, "上年同期没有数据，请直接填写目标")
    even = done(team.manager, f"sales-targets/{later['id']}/break_down")["made"]
    bases = [team.manager.get(f"sales-targets/{m['id']}").json()["base"] for m in even]
    assert (bases[:2], bases[-1], sum(map(Decimal, bases))) == (["8.34", "8.34"], "8.33", Decimal("100.01"))
