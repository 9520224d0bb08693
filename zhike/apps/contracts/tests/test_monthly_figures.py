"""人员月报: what each salesperson did and brought in a month, added up by department (V-61, V-62)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhike.apps.contracts.flows.figure_months import figure
from zhike.apps.contracts.objects.contract import Contract
from zhike.apps.contracts.objects.monthly_figure import MonthlyFigure
from zhike.apps.contracts.objects.receivable import Receivable
from zhike.apps.contracts.tests.conftest import contract_of
from zhike.apps.registration.objects.arbitration import Arbitration
from zhike.apps.registration.objects.revenue_share import RevenueShare
from zhike.apps.sales.objects.stage_stay import StageStay
from zhike.features.audit.models import Entry
from zhike.kernel.reach import Reach
from zhike.kernel.writes import create_many
from zhike.org.objects.person import System
from zhike.testing.kit import Api, make_user
from zhike.testing.team import Team, added, done

TODAY = timezone.localdate()
MONTH = TODAY.replace(day=1)
CLOCK = System("clock")


@pytest.mark.covers("V-61", "V-62")
def test_a_month_tells_what_everybody_did_and_brought(team: Team, house: dict, customer: int, product: int) -> None:
    team.seller.patch(f"customers/{customer}", {"level": "a"})
    added(team.seller, "opportunities", name="一期", customer=customer, amount="1000")
    moved = added(team.seller, "opportunities", name="二期", customer=customer, amount="500.50")
    done(team.seller, f"opportunities/{moved['id']}/advance", to="proposal")
    for _ in range(3):
        added(team.seller, "interactions", channel="phone", content="跟进", customer=customer)
    made = contract_of(team, customer, product, "300.03")
    Contract.objects.update(state="agreed")
    done(team.seller, f"contracts/{made['id']}/sign", signed_on=str(TODAY))
    added(team.seller, "receipts", customer=customer, amount="200.02")
    added(team.seller, "receipts", customer=customer, amount="50.01", kind="refund")
    assert figure(MONTH, actor=CLOCK) == figure(MONTH, actor=CLOCK) == 1
    [row] = team.seller.get("monthly-figures").json()["rows"]
    shown = team.seller.get(f"monthly-figures/{row['id']}").json()
    assert {n: shown[n] for n in ("new_customers", "level_a", "level_b", "new_deals", "contacts", "open_deals", "frequency")} == {
        "new_customers": 1, "level_a": 1, "level_b": 0, "new_deals": 2, "contacts": 3, "open_deals": 2, "frequency": "1.5",
    }  # fmt: skip
    assert {n: shown[n] for n in ("prospecting", "proposal", "negotiating", "signed", "collected")} == {
        "prospecting": "1000.00", "proposal": "500.50", "negotiating": "0.00", "signed": "300.03", "collected": "150.01",
    }  # fmt: skip
    by_department = team.manager.get("monthly-figures/aggregate", group="department", measures="sum:signed,sum:collected").json()
    assert [(r["department"]["label"], r["sum:signed"], r["sum:collected"]) for r in by_department["rows"]] == [
        ("上海销售部", "300.03", "150.01")
    ]
    assert team.peer.get("monthly-figures").json()["rows"] == []


def test_a_month_follows_what_is_entered_late(team: Team, house: dict, customer: int) -> None:
    before = (MONTH - timedelta(days=1)).replace(day=1)
    assert figure(before, actor=CLOCK) == 0
    added(team.seller, "receipts", customer=customer, amount="10", received_on=str(before))
    figure(before, actor=CLOCK)
    added(team.seller, "receipts", customer=customer, amount="5", received_on=str(before))
    figure(before, actor=CLOCK)
    assert [row["collected"] for row in team.seller.get("monthly-figures").json()["rows"]] == ["15.00"]


def test_what_is_entered_late_for_many_is_written_in_as_many_statements_as_for_few(team: Team, house: dict) -> None:
    """A month in which 2 people, then 20 change."""
    sellers = [Api(make_user(f"seller{n}", Reach.ALL, team.seller.person.department)) for n in range(20)]
    owned = [(api, added(api, "customers", name=f"第{n}公司")["id"]) for n, api in enumerate(sellers)]
    asked = []
    for many in (20, 2, 20):
        for api, customer in owned[:many]:
            added(api, "receipts", customer=customer, amount="10")
        with CaptureQueriesContext(connection) as queries:
            assert figure(MONTH, actor=CLOCK) == 20
        asked.append(len(queries))
    assert asked[1] == asked[2]
    rows = sellers[0].get("monthly-figures", fields="collected").json()["rows"]
    assert sorted(row["collected"] for row in rows) == ["20.00"] * 18 + ["30.00"] * 2
    assert Entry.objects.filter(collection="monthly-figures", verb="mirror").count() == 2 + 20


@pytest.mark.covers("V-90")
def test_the_funnel_advances_by_what_the_moves_of_the_month_were_worth(team: Team, customer: int) -> None:
    """Of 10, 30, 50 and 75 %: one goes from 10 to 75 and back to 50, one from 10 to won, one from 30 to lost."""
    moves = {
        ("一期", "1000.10"): (("advance", {"to": "negotiating"}), ("advance", {"to": "proposal"})),
        ("二期", "200"): (("win", {}),),
        ("三期", "4000"): (("advance", {"to": "engaging"}), ("lose", {"lost_reason": "price"})),
    }
    for (name, amount), steps in moves.items():
        deal = added(team.seller, "opportunities", name=name, customer=customer, amount=amount)["id"]
        for verb, answers in steps:
            done(team.seller, f"opportunities/{deal}/{verb}", **answers)
    stays = StageStay.objects.filter(left_at__isnull=False).order_by("pk").values_list("opportunity__name", "advanced")
    assert [(name, str(worth)) for name, worth in stays] == [
        ("一期", "650.07"), ("一期", "-250.03"), ("二期", "180.00"), ("三期", "800.00"), ("三期", "0.00"),
    ]  # fmt: skip
    assert advanced(team) == "1380.04"
    won = team.seller.get("opportunities", filter={"field": "name", "op": "eq", "value": "二期"}).json()["rows"][0]["id"]
    done(team.seller, f"opportunities/{won}/reopen", to="engaging")
    assert advanced(team) == "1240.04"  # 40.00 in place of 180.00: it stands at 30 % again


def advanced(team: Team) -> str:
    figure(MONTH, actor=CLOCK)
    return str(MonthlyFigure.objects.get(month=MONTH, owner=team.seller.person).advanced)


@pytest.mark.covers("V-43", "V-90")
def test_what_a_shared_deal_advances_counts_for_each_from_the_decision_on(team: Team, customer: int) -> None:
    """100.01 at 10 %, decided to be shared 33.33 to 66.67 when it stands at 30 %."""
    deal = added(team.seller, "opportunities", name="一期", customer=customer, amount="100.01")["id"]
    done(team.seller, f"opportunities/{deal}/advance", to="engaging")
    parties = {"holder": team.seller.person.pk, "claimant": team.peer.person.pk}
    agreed = {"holder_percent": Decimal("33.33"), "claimant_percent": Decimal("66.67"), "decided_at": timezone.now()}
    decided = {"name": "恒泰", "customer": customer, "state": "decided", "outcome": "shared", **parties, **agreed}
    create_many(Arbitration, [decided], actor=CLOCK)
    done(team.seller, f"opportunities/{deal}/advance", to="negotiating")
    done(team.seller, f"opportunities/{deal}/advance", to="proposal")
    figure(MONTH, actor=CLOCK)
    told = {f.owner.username: str(f.advanced) for f in MonthlyFigure.objects.all()}
    # 20.00 before; then 45.00 forward and -25.00 back, of which 15.00 and -8.33 are hers.
    assert told == {"seller": "26.67", "peer": "13.33"}


@pytest.mark.covers("V-43")
def test_what_two_share_is_signed_and_collected_by_each_in_her_part_and_by_the_company_once(
    team: Team, house: dict, customer: int, product: int
) -> None:
    deal = added(team.seller, "opportunities", name="一期", customer=customer)["id"]
    made = contract_of(team, customer, product, "100.01", opportunity=deal, terms_of_payment=[{"name": "全款", "percent": "100"}])
    alone = contract_of(team, customer, product, "50", terms_of_payment=[{"name": "全款", "percent": "100"}])
    Contract.objects.update(state="agreed")
    for contract in (made, alone):
        done(team.seller, f"contracts/{contract['id']}/sign", signed_on=str(TODAY))
    home = {"opportunity": deal, "amount": 0, "closed_on": TODAY}
    parts = ((team.seller.person, "33.33"), (team.peer.person, "66.67"))
    rows = [home | {"percent": p, "owner": person.pk, "department": person.department_id} for person, p in parts]
    create_many(RevenueShare, rows, actor=CLOCK)
    owed = Receivable.objects.get(contract=made["id"]).pk
    added(team.seller, "receipts", customer=customer, amount="60.02", allocations=[{"receivable": owed, "amount": "50.02"}])
    added(
        team.seller, "receipts", customer=customer, amount="20", kind="refund", allocations=[{"receivable": owed, "amount": "20"}]
    )
    figure(MONTH, actor=CLOCK)
    told = {f.owner.username: (str(f.signed), str(f.collected)) for f in MonthlyFigure.objects.all()}
    assert told == {"seller": ("83.33", "20.00"), "peer": ("66.68", "20.02")}
    goal: dict[str, Any] = {"year": TODAY.year, "period": "year", "base": "1"}
    whole = [added(team.manager, "sales-targets", measure=measure, **goal)["actual"] for measure in ("signed", "collected")]
    peer = {"person": team.peer.person.pk}
    hers = [
        added(team.manager, "sales-targets", measure=measure, **peer, **goal)["actual"] for measure in ("signed", "collected")
    ]
    assert (whole, hers) == (["150.01", "40.02"], ["66.68", "20.02"])
