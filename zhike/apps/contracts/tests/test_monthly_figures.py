"""人员月报: what each salesperson did and brought in a month, added up by department (V-61, V-62)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhike.apps.contracts.flows.figure_months import figure
from zhike.apps.contracts.objects.contract import Contract
from zhike.apps.contracts.tests.conftest import contract_of
from zhike.features.audit.models import Entry
from zhike.kernel.reach import Reach
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
