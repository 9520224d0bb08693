"""核销: receipts settle receivables, refunds open them again, and no cent is counted twice."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Case, DecimalField, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest, Least

from zhike.apps.contracts.flows.age_receivables import age
from zhike.apps.contracts.flows.dun import judge
from zhike.apps.money import NOTHING
from zhike.kernel.declare import Refused
from zhike.kernel.reach import Actor
from zhike.kernel.writes.mirror import mirror

Row = dict[str, Any]


def _receivables() -> Any:
    return apps.get_model("contracts.Receivable")._base_manager


def oldest_first(receipt: Any) -> list[Row]:
    """What a receipt settles of the customer's receivables, the earliest due first.

    A refund settles what is owed back to the customer (应退款), then takes back from the latest that were paid.
    """
    refund = receipt.kind == "refund"
    rows = _receivables().select_for_update().filter(customer=receipt.customer_id)
    owed = rows.filter(outstanding__gt=0).order_by("due_on", "pk")
    back = [*rows.filter(outstanding__lt=0).order_by("due_on", "pk"), *rows.filter(received__gt=0).order_by("-due_on", "-pk")]
    left, found = receipt.amount, []
    for row in back if refund else owed:
        part = min(left, (row.received - min(row.amount, NOTHING)) if refund else row.outstanding)
        if part > 0:
            found.append({"receivable": row.pk, "amount": part})
            left -= part
    return found


def share_out(receipt: Any) -> None:
    """Lines without an amount get what the others leave of the receipt, each as much as is still open on it."""
    rows: list[Row] = receipt.incoming["allocations"]
    waiting = [row for row in rows if row.get("amount") is None]
    left = receipt.amount - sum((row.get("amount") or NOTHING for row in rows), NOTHING)
    counted = _others(receipt, [row["receivable"] for row in waiting])
    owed = dict(_receivables().filter(pk__in=[row["receivable"] for row in waiting]).values_list("pk", "amount"))
    for row in waiting:
        pk = row["receivable"]
        paid = counted.get(pk, NOTHING)
        whole = owed.get(pk, NOTHING)
        still = paid - min(whole, NOTHING) if receipt.kind == "refund" else max(whole, NOTHING) - paid
        row["amount"] = max(min(left, still), NOTHING)
        left -= row["amount"]


def refuse_wrong(receipt: Any) -> None:
    """Not more than came in, not more than is owed, and only what this customer owes. Raises Refused."""
    if receipt.allocated > receipt.amount:
        raise Refused("核销合计不能超过收款金额", {"allocations": f"最多 {receipt.amount}"})
    parts: dict[int, Decimal] = defaultdict(Decimal)
    for row in receipt.incoming.get("allocations", ()):
        parts[row["receivable"]] += row["amount"]
    if not parts:
        return
    counted = _others(receipt, list(parts))
    for owed in _receivables().select_for_update().filter(pk__in=parts):
        if owed.customer_id != receipt.customer_id:
            raise Refused(f"“{owed.name}”不是这个客户的应收款", {"allocations": "不是这个客户的应收款"})
        received = counted.get(owed.pk, NOTHING) + parts[owed.pk] * (-1 if receipt.kind == "refund" else 1)
        if not min(owed.amount, NOTHING) <= received <= max(owed.amount, NOTHING):
            raise Refused(f"“{owed.name}”应收 {owed.amount}，核销后将为 {received}", {"allocations": "超出应收或已收金额"})


def _others(receipt: Any, receivables: list[int]) -> dict[int, Decimal]:
    """What all other receipts and refunds have brought in for these."""
    lines = apps.get_model("contracts.ReceiptAllocation")._base_manager.filter(receivable__in=receivables)
    others = lines.exclude(receipt=receipt.pk) if receipt.pk else lines
    return dict(others.order_by().values("receivable").annotate(sum=Sum(_signed())).values_list("receivable", "sum"))


def _signed() -> Any:
    return Case(When(receipt__kind="refund", then=-F("amount")), default=F("amount"), output_field=DecimalField())


def recount(receivables: Any, *, actor: Actor) -> None:
    """已收、已开票、未收、账龄 of these receivables, and what their contracts and orders show of them."""
    ids = list(receivables.values_list("pk", flat=True))
    rows = _receivables().filter(pk__in=ids)
    lines = apps.get_model("contracts.ReceiptAllocation")._base_manager.filter(receivable=OuterRef("pk"))
    bills = apps.get_model("contracts.Invoice")._base_manager.filter(receivable=OuterRef("pk"), state="issued")
    received, invoiced = _sum(lines, "receivable", _signed()), _sum(bills, "receivable", F("amount"))
    mirror(rows, {"received": received, "invoiced": invoiced}, actor=actor)
    nothing = Value(NOTHING, DecimalField())
    if rows.filter(Q(received__lt=Least(nothing, F("amount"))) | Q(received__gt=Greatest(nothing, F("amount")))).exists():
        raise Refused("这样已收金额会少于零或超过应收，请先调整其他收款或退款")
    standing = Case(
        When(amount=0, then=Value("cancelled")),
        When(received__gte=F("amount"), then=Value("settled")),
        When(received__gt=0, then=Value("part")),
        default=Value("open"),
    )
    mirror(rows, {"outstanding": F("amount") - F("received"), "standing": standing}, actor=actor)
    age(rows, actor=actor)
    judge(rows, actor=actor)
    _tell_contracts(list(rows.values_list("contract", flat=True)), actor)


def _sum(rows: Any, by: str, of: Any) -> Any:
    summed = rows.order_by().values(by).annotate(sum=Sum(of, output_field=DecimalField())).values("sum")
    return Coalesce(Subquery(summed, output_field=DecimalField()), Value(NOTHING), output_field=DecimalField())


def _tell_contracts(contracts: list[int], actor: Actor) -> None:
    """已收 and 未收 of the contracts, and the same on their orders."""
    owed = _receivables().filter(contract=OuterRef("pk"))
    figures = {n: _sum(owed, "contract", F(n)) for n in ("received", "outstanding")}
    mirror(apps.get_model("contracts.Contract")._base_manager.filter(pk__in=contracts), figures, actor=actor)
    of_contract = _receivables().filter(contract=OuterRef("contract"))
    planned = {"planned": _sum(of_contract, "contract", F("amount"))}
    figures = {n: _sum(of_contract, "contract", F(n)) for n in ("received", "outstanding")}
    orders = apps.get_model("contracts.Order")._base_manager.filter(contract__in=contracts)
    mirror(orders, planned | figures, actor=actor)


def concerned(receipts: list[int], customers: list[int]) -> Any:
    """The receivables that these receipts settle or, before they were changed, may have settled."""
    lines = apps.get_model("contracts.ReceiptAllocation")._base_manager.filter(receipt__in=receipts)
    return _receivables().filter(Q(pk__in=lines.values("receivable")) | Q(customer__in=customers))
