"""变更协议与账: what changes for less take off, what their end gives back, and that the books balance whatever comes."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from django.db.models import Q, Sum

from zhike.apps.contracts.objects.contract import Contract
from zhike.apps.contracts.objects.receipt import Receipt
from zhike.apps.contracts.objects.receivable import Receivable
from zhike.apps.contracts.tests.test_money import contract_figures, owed, signed
from zhike.testing.team import Team, added, done

pytestmark = pytest.mark.django_db
__all__ = ["signed"]


def test_a_supplement_changes_what_the_contract_is_worth(team: Team, customer: int, signed: dict) -> None:
    values = {"kind": "change", "parent": signed["id"], "stated_amount": "-9999.99"}
    change = added(team.seller, "contracts", customer=customer, **values)
    Contract.objects.filter(pk=change["id"]).update(state="agreed")
    done(team.seller, f"contracts/{change['id']}/sign")
    assert team.seller.get(f"contracts/{signed['id']}").json()["changed_amount"] == "90000.00"
    done(team.seller, f"contracts/{change['id']}/terminate", reason="协商撤销")
    assert team.seller.get(f"contracts/{signed['id']}").json()["changed_amount"] == "99999.99"


def test_a_change_for_less_lowers_what_is_still_owed_and_only_what_was_paid_is_owed_back(
    team: Team, customer: int, signed: dict
) -> None:
    added(team.manager, "receipts", customer=customer, amount="80000")
    change = added(team.seller, "contracts", customer=customer, kind="change", parent=signed["id"], stated_amount="-20000")
    unsigned = added(team.seller, "contracts", customer=customer, stated_amount="1")
    early = added(team.seller, "contracts", customer=customer, kind="change", parent=unsigned["id"], stated_amount="-1")
    Contract.objects.filter(pk__in=[change["id"], early["id"]]).update(state="agreed")
    refused = team.seller.post(f"contracts/{early['id']}/sign", {})
    assert (refused.status_code, refused.json()["fields"]) == (409, {"parent": "主合同不在履行中"})
    assert done(team.seller, f"contracts/{change['id']}/sign")["outstanding"] == "-0.01"
    assert [row for row in owed(team) if row[3] != "0.00"] == [("应退款", "-0.01", "0.00", "-0.01", "settled")]
    assert contract_figures(team, signed) == ("80000.00", "0.00")
    refund = added(team.manager, "receipts", customer=customer, amount="0.01", kind="refund")
    assert refund["allocated"] == "0.01"
    assert contract_figures(team, change) == ("-0.01", "0.00")
    beyond = [{"receivable": Receivable.objects.get(name="应退款").pk, "amount": "0.01"}]
    twice = team.manager.post("receipts", {"customer": customer, "amount": "1", "kind": "refund", "allocations": beyond})
    assert twice.json()["fields"] == {"allocations": "超出应收或已收金额"}


def changed_for_less(team: Team, customer: int, signed: dict, amount: str) -> str:
    values = {"kind": "change", "parent": signed["id"], "stated_amount": f"-{amount}"}
    change = added(team.seller, "contracts", customer=customer, **values)
    Contract.objects.filter(pk=change["id"]).update(state="agreed")
    done(team.seller, f"contracts/{change['id']}/sign")
    return f"contracts/{change['id']}"


def test_a_change_for_less_that_is_terminated_has_lowered_nothing(team: Team, customer: int, signed: dict) -> None:
    """Two are signed: 80000 had come in of 99999.99, so the second is owed back in part, and a part of that was paid back."""
    before = owed(team)
    first = changed_for_less(team, customer, signed, "0.33")
    done(team.seller, f"{first}/terminate", reason="协商撤销")
    assert (owed(team), contract_figures(team, signed)) == (before, ("0.00", "99999.99"))
    added(team.manager, "receipts", customer=customer, amount="80000")
    paid = owed(team)
    second = changed_for_less(team, customer, signed, "20000")
    assert [r["amount"] for r in team.seller.get(second).json()["lowered"]] == ["9999.99", "10000.00"]
    third = changed_for_less(team, customer, signed, "5000")
    added(team.manager, "receipts", customer=customer, amount="1000.01", kind="refund")
    assert contract_figures(team, signed) == ("80000.00", "0.00")
    done(team.seller, f"{third}/terminate", reason="协商撤销")
    done(team.seller, f"{second}/terminate", reason="协商撤销")
    assert [row for row in owed(team) if row[0] not in ("应退款", "退款收回")] == paid
    assert sorted(row[:4] for row in owed(team) if row[0] in ("应退款", "退款收回")) == [
        ("应退款", "-0.01", "-0.01", "0.00"), ("应退款", "-1000.00", "-1000.00", "0.00"),
        ("退款收回", "0.01", "0.00", "0.01"), ("退款收回", "1000.00", "0.00", "1000.00"),
    ]  # fmt: skip
    assert contract_figures(team, signed) == ("80000.00", "19999.99")
    assert team.seller.get(f"contracts/{signed['id']}").json()["changed_amount"] == "99999.99"


def test_a_change_for_less_that_is_terminated_after_its_contract_restores_nothing(
    team: Team, customer: int, signed: dict
) -> None:
    change = changed_for_less(team, customer, signed, "5000")
    done(team.seller, f"contracts/{signed['id']}/terminate", reason="客户破产重整")
    settled = owed(team)
    done(team.seller, f"{change}/terminate", reason="协商撤销")
    assert owed(team) == settled


def test_whatever_comes_in_and_goes_back_the_books_balance_to_the_cent(team: Team, customer: int, signed: dict) -> None:
    """Receipts, refunds, changes for less and their ends at random: what is owed of all of it is what all of it is worth."""
    dice, changes = Random(20261122), []
    for _ in range(30):
        kind, cents = dice.choice(("receipt", "receipt", "refund", "change", "end")), Decimal(dice.randint(1, 1_500_000)) / 100
        if kind == "change":
            changes.append(changed_for_less(team, customer, signed, str(cents)))
        elif kind != "end":
            added(team.manager, "receipts", customer=customer, amount=str(cents), kind=kind)
        elif changes:
            done(team.seller, f"{changes.pop(dice.randrange(len(changes)))}/terminate", reason="协商撤销")
        if dice.random() < 0.2 and (there := team.manager.get("receipts").json()["rows"]):
            assert team.manager.delete(f"receipts/{dice.choice(there)['id']}").status_code in (204, 409)
        balance(team, signed)
    for change in changes:
        done(team.seller, f"{change}/terminate", reason="协商撤销")
    balance(team, signed)
    assert sum(map(Decimal, contract_figures(team, signed))) == Decimal("99999.99")


def balance(team: Team, signed: dict) -> None:
    came = Receipt.objects.aggregate(
        into=Sum("allocated", filter=Q(kind="receipt"), default=0), back=Sum("allocated", filter=Q(kind="refund"), default=0)
    )
    rows = Receivable.objects.values_list("amount", "received", "outstanding")
    assert sum(received for _, received, _ in rows) == came["into"] - came["back"]
    assert all(min(0, amount) <= received <= max(0, amount) for amount, received, _ in rows)
    assert all(outstanding == amount - received for amount, received, outstanding in rows)
    worth = Decimal(team.seller.get(f"contracts/{signed['id']}").json()["changed_amount"])
    assert sum(amount for amount, _, _ in rows) == worth
