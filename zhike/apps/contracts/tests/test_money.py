"""从合同到回款: what is signed is owed, what is paid settles it, and every total stays right to the cent."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from zhike.apps.contracts.flows.dun import take_steps
from zhike.apps.contracts.objects.contract import Contract
from zhike.apps.contracts.objects.dunning import Dunning
from zhike.apps.contracts.objects.receivable import Receivable
from zhike.apps.contracts.tasks import age_receivables
from zhike.apps.contracts.tests.conftest import contract_of
from zhike.kernel.reach import Reach
from zhike.org.objects.person import System
from zhike.testing.kit import Api, make_department, make_user
from zhike.testing.team import Team, added, done

TODAY = timezone.localdate()
AGREED = {"wanted_on": str(TODAY), "payment_method": "transfer"}
TERMS = [
    {"name": "预付款", "percent": "30", "days": 0}, {"name": "验收款", "percent": "60", "days": 30},
    {"name": "质保金", "percent": "10", "days": 365},
]  # fmt: skip


@pytest.fixture
def signed(team: Team, house: dict, customer: int, product: int) -> dict:
    """A contract over 99,999.99 in three payments."""
    contract = contract_of(team, customer, product, "99999.99", terms_of_payment=TERMS)
    Contract.objects.filter(pk=contract["id"]).update(state="agreed")
    return dict(done(team.seller, f"contracts/{contract['id']}/sign", signed_on=str(TODAY)))


def owed(team: Team) -> list[tuple[Any, ...]]:
    rows = team.manager.get("receivables", order="due_on").json()["rows"]
    return [(r["name"], r["amount"], r["received"], r["outstanding"], r["standing"]) for r in rows]


def contract_figures(team: Team, signed: dict) -> tuple[str, str]:
    now = team.seller.get(f"contracts/{signed['id']}").json()
    return now["received"], now["outstanding"]


@pytest.mark.covers("V-56")
def test_a_signature_makes_receivables_that_add_up(team: Team, signed: dict) -> None:
    assert owed(team) == [
        ("预付款", "30000.00", "0.00", "30000.00", "open"), ("验收款", "59999.99", "0.00", "59999.99", "open"),
        ("质保金", "10000.00", "0.00", "10000.00", "open"),
    ]  # fmt: skip
    assert contract_figures(team, signed) == ("0.00", "99999.99")


def test_what_finance_writes_down_counts_for_whoever_looks_after_the_customer(team: Team, customer: int) -> None:
    finance = Api(make_user("finance", Reach.ALL, make_department("财务部")))
    receipt = added(finance, "receipts", customer=customer, amount="90000")
    assert (receipt["owner"]["label"], receipt["department"]["label"]) == ("seller", "上海销售部")
    assert receipt["created_by"]["label"] == "finance"
    assert [row["id"] for row in team.seller.get("receipts").json()["rows"]] == [receipt["id"]]
    assert team.peer.get("receipts").json()["rows"] == []


def test_a_receipt_settles_the_earliest_and_what_is_left_is_an_advance(team: Team, customer: int, signed: dict) -> None:
    first = added(team.manager, "receipts", customer=customer, amount="50000")
    assert (first["allocated"], first["advance"]) == ("50000.00", "0.00")
    assert [row[2:] for row in owed(team)] == [
        ("30000.00", "0.00", "settled"), ("20000.00", "39999.99", "part"), ("0.00", "10000.00", "open"),
    ]  # fmt: skip
    second = added(team.manager, "receipts", customer=customer, amount="50000")
    assert (second["allocated"], second["advance"]) == ("49999.99", "0.01")
    assert contract_figures(team, signed) == ("99999.99", "0.00")


def test_a_receipt_begun_at_a_payment_is_told_its_amount_once(team: Team, customer: int, signed: dict) -> None:
    first, second, _ = [row["id"] for row in team.manager.get("receivables", order="due_on").json()["rows"]]
    chosen = [{"receivable": second}, {"receivable": first, "amount": "10000"}]
    receipt = added(team.manager, "receipts", customer=customer, amount="80000", allocations=chosen)
    assert [row["amount"] for row in receipt["allocations"]] == ["59999.99", "10000.00"]
    assert (receipt["allocated"], receipt["advance"]) == ("69999.99", "10000.01")
    refund = added(team.manager, "receipts", customer=customer, amount="500", kind="refund", allocations=[{"receivable": first}])
    assert [row["amount"] for row in refund["allocations"]] == ["500.00"]
    assert [row[3] for row in owed(team)] == ["20500.00", "0.00", "10000.00"]


def test_a_refund_opens_the_latest_again_and_a_deleted_receipt_counts_no_more(team: Team, customer: int, signed: dict) -> None:
    receipt = added(team.manager, "receipts", customer=customer, amount="99999.99")
    refund = added(team.manager, "receipts", customer=customer, amount="15000", kind="refund")
    assert refund["allocated"] == "15000.00"
    assert [row[3] for row in owed(team)] == ["0.00", "5000.00", "10000.00"]
    assert team.manager.delete(f"receipts/{refund['id']}").status_code == 204
    assert contract_figures(team, signed) == ("99999.99", "0.00")
    assert team.manager.delete(f"receipts/{receipt['id']}").status_code == 204
    assert contract_figures(team, signed) == ("0.00", "99999.99")


def test_nothing_is_settled_twice_or_beyond_what_is_owed(team: Team, customer: int, signed: dict) -> None:
    [first, *_] = list(Receivable.objects.order_by("due_on"))
    too_much = [{"receivable": first.pk, "amount": "30000.01"}]
    answer = team.manager.post("receipts", {"customer": customer, "amount": "40000", "allocations": too_much})
    assert (answer.status_code, answer.json()["fields"]) == (409, {"allocations": "超出应收或已收金额"})
    beyond = team.manager.post("receipts", {"customer": customer, "amount": "1", "allocations": too_much})
    assert beyond.status_code == 409
    other = added(team.manager, "customers", name="苏州启明电子有限公司")["id"]
    stolen = team.manager.post("receipts", {"customer": other, "amount": "40000", "allocations": [too_much[0] | {"amount": "1"}]})
    assert stolen.json()["fields"] == {"allocations": "不是这个客户的应收款"}
    assert contract_figures(team, signed) == ("0.00", "99999.99")


@pytest.mark.covers("V-56")
@pytest.mark.parametrize(
    ("days", "band"), [(0, ""), (1, "d30"), (30, "d30"), (31, "d60"), (61, "d90"), (90, "d90"), (91, "over")]
)
def test_what_is_overdue_ages_by_the_night(team: Team, signed: dict, days: int, band: str) -> None:
    Receivable.objects.filter(name="预付款").update(due_on=TODAY - timedelta(days=days))
    age_receivables()
    assert Receivable.objects.get(name="预付款").ageing == band


@pytest.mark.covers("V-57")
def test_dunning_keeps_what_the_customer_promised(team: Team, signed: dict) -> None:
    pk = Receivable.objects.get(name="预付款").pk
    dunned = done(team.manager, f"receivables/{pk}/dun", promised_on=str(TODAY), content="财务答应本周付")
    assert (dunned["dunned"], dunned["dunning_note"], dunned["promised_on"]) == (1, "财务答应本周付", str(TODAY))


def test_an_invoice_carries_its_tax_and_counts_once_issued(team: Team, signed: dict) -> None:
    part = Receivable.objects.get(name="预付款").pk
    invoice = added(team.manager, "invoices", contract=signed["id"], receivable=part, amount="30000")
    assert (invoice["tax"], invoice["net_amount"], invoice["state"]) == ("3451.33", "26548.67", "asked")
    assert Receivable.objects.get(pk=part).invoiced == 0
    done(team.manager, f"invoices/{invoice['id']}/issue", invoice_number="24312000000012345678")
    assert Receivable.objects.get(pk=part).invoiced == Decimal(30000)
    billed = team.manager.patch(f"invoices/{invoice['id']}", {"amount": "1"})
    assert (billed.status_code, billed.json()["fields"]) == (409, {"amount": "定稿后不能修改"})
    done(team.manager, f"invoices/{invoice['id']}/void", reason="抬头有误")
    assert Receivable.objects.get(pk=part).invoiced == 0


@pytest.mark.covers("G-12", "V-54", "V-55", "V-58", "V-59")
def test_an_order_becomes_tasks_and_its_milestone_makes_money_fall_due(
    team: Team, house: dict, customer: int, product: int, signed: dict
) -> None:
    order = added(team.seller, "orders", contract=signed["id"], **AGREED)
    assert [(i["product"]["id"], i["price"], i["amount"]) for i in order["items"]] == [(product, "99999.99", "99999.99")]
    shown = {n: order[n] for n in ("amount", "planned", "received", "outstanding", "delivery", "state")}
    assert shown == {
        "amount": "99999.99", "planned": "99999.99", "received": "0.00", "outstanding": "99999.99", "delivery": "none",
        "state": "draft",
    }  # fmt: skip
    at, business = f"orders/{order['id']}", house["business"]
    done(team.seller, f"{at}/submit")
    done(business, f"{at}/confirm", opinion="与合同一致")
    people = dict.fromkeys(("deliverer", "collector", "implementer"), team.peer.person.pk)
    [execution] = done(business, f"{at}/execute", due_on=str(TODAY + timedelta(days=20)), **people)["made"]
    done(business, f"execution-orders/{execution['id']}/dispatch")
    assert len(team.peer.get("tasks").json()["rows"]) == 3
    last = next(m for m in team.peer.get("milestones").json()["rows"] if m["name"].startswith("实施"))
    Receivable.objects.filter(name="预付款").update(due_on=TODAY - timedelta(days=9))
    done(team.peer, f"milestones/{last['id']}/reach")
    due = {owed.name: (owed.due_on - TODAY).days for owed in Receivable.objects.all()}
    assert due == {"预付款": -9, "验收款": 0, "质保金": 365}  # what was overdue stays so
    hers = {"field": "owner", "op": "eq", "value": "me"}
    assert [t["subject"] for t in team.seller.get("tasks", filter=hers).json()["rows"]] == ["跟进付款：验收款"]
    added(team.manager, "receipts", customer=customer, amount="100")
    assert team.seller.get(at).json()["outstanding"] == "99899.99"


@pytest.mark.covers("V-54")
def test_a_submitted_order_is_told_to_whoever_reviews_orders_and_can_be_taken_back(
    team: Team, house: dict, customer: int, signed: dict
) -> None:
    clerk = Api(make_user("clerk", {"orders": {"view": "all", "confirm": "all", "send_back": "all"}}))
    order = added(team.seller, "orders", contract=signed["id"], **AGREED)
    at, name = f"orders/{order['id']}", "订单“上海恒泰机械制造有限公司 合同 订单”"
    done(team.seller, f"{at}/submit")
    changed = team.seller.patch(at, {"items": []})
    assert (changed.status_code, changed.json()["fields"]) == (409, {"items": "定稿后不能修改"})
    done(team.seller, f"{at}/withdraw")
    done(team.seller, f"{at}/submit")
    done(clerk, f"{at}/send_back", opinion="缺收货地址")
    done(team.seller, f"{at}/submit")
    done(clerk, f"{at}/confirm")
    assert told(clerk) == [f"{name}等待商务审核"] * 3
    assert told(house["business"]) == []  # who may do everything is not waited for
    assert told(team.seller) == [f"{name}已通过商务审核", f"{name}被退回：缺收货地址"]


def told(api: Api) -> list[str]:
    return [row["text"] for row in api.get("notifications").json()["rows"]]


def test_an_overdue_customer_gets_no_more_credit_without_a_reason(team: Team, house: dict, customer: int, signed: dict) -> None:
    Receivable.objects.filter(name="预付款").update(due_on=TODAY - timedelta(days=1))
    team.seller.patch(f"customers/{customer}", {"credit_limit": "29999.99"})
    at = f"orders/{added(team.seller, 'orders', contract=signed['id'], **AGREED)['id']}"
    done(team.seller, f"{at}/submit")
    held = house["business"].post(f"{at}/confirm", {})
    assert (held.status_code, held.json()["fields"]) == (409, {"credit_reason": "必填"})
    assert done(house["business"], f"{at}/confirm", credit_reason="总裁同意")["state"] == "confirmed"


def test_what_is_owed_beyond_the_credit_holds_an_order_though_nothing_is_late(
    team: Team, house: dict, customer: int, signed: dict
) -> None:
    team.seller.patch(f"customers/{customer}", {"credit_limit": "99999.98"})
    at = f"orders/{added(team.seller, 'orders', contract=signed['id'], **AGREED)['id']}"
    done(team.seller, f"{at}/submit")
    held = house["business"].post(f"{at}/confirm", {})
    said = "客户未付 99999.99 元，其中逾期 0.00 元，超过信用额度 99999.98 元；放行须填写原因"
    assert (held.status_code, held.json()["message"]) == (409, said)
    added(team.manager, "receipts", customer=customer, amount="0.01")
    assert done(house["business"], f"{at}/confirm")["state"] == "confirmed"


def test_a_contract_that_is_terminated_owes_no_more_than_what_is_due_invoiced_or_paid(
    team: Team, customer: int, signed: dict
) -> None:
    """Of three payments the first is due, a part of the second invoiced and a little paid; the third is still to come."""
    second, third = (Receivable.objects.get(name=name).pk for name in ("验收款", "质保金"))
    bill = added(team.manager, "invoices", contract=signed["id"], receivable=second, amount="20000")
    done(team.manager, f"invoices/{bill['id']}/issue", invoice_number="24312000000012345678")
    paid = [{"receivable": second, "amount": "5000"}]
    added(team.manager, "receipts", customer=customer, amount="5000", automatic=False, allocations=paid)
    done(team.manager, f"receivables/{third}/dun", promised_on=str(TODAY + timedelta(9)), content="质保期满即付")
    supplement = added(team.seller, "contracts", customer=customer, kind="supplement", parent=signed["id"], stated_amount="700",
                       terms_of_payment=[{"name": "增补款", "percent": "100", "days": 5}])  # fmt: skip
    Contract.objects.filter(pk=supplement["id"]).update(state="agreed")
    done(team.seller, f"contracts/{supplement['id']}/sign")
    ended = done(team.seller, f"contracts/{signed['id']}/terminate", reason="客户破产重整")
    assert (ended["state"], ended["received"], ended["outstanding"]) == ("terminated", "5000.00", "45000.00")
    assert sorted(owed(team)) == [
        ("增补款", "0.00", "0.00", "0.00", "cancelled"), ("质保金", "0.00", "0.00", "0.00", "cancelled"),
        ("预付款", "30000.00", "0.00", "30000.00", "open"), ("验收款", "20000.00", "5000.00", "15000.00", "part"),
    ]  # fmt: skip
    assert contract_figures(team, signed) == ("5000.00", "45000.00")
    assert Dunning.objects.get(receivable=third).outcome == ""
    take_steps(TODAY + timedelta(400), actor=System("clock"))
    assert set(Receivable.objects.filter(step__isnull=False).values_list("name", flat=True)) == {"预付款", "验收款"}


def test_what_waits_for_a_milestone_is_not_due_before_it_is_reached(team: Team, customer: int, signed: dict) -> None:
    first = Receivable.objects.filter(name="预付款")
    milestone = added(team.manager, "milestones", name="到货", due_on=str(TODAY))
    first.update(milestone=milestone["id"], due_on=TODAY - timedelta(3))
    done(team.seller, f"contracts/{signed['id']}/terminate", reason="协商撤销")
    assert {row[4] for row in owed(team)} == {"cancelled"}
    assert contract_figures(team, signed) == ("0.00", "0.00")
