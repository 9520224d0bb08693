"""合同的来去: what it takes over from the accepted quote, and what follows from its signature."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Q, Sum
from django.utils import timezone

from zhike.apps.consequence import Consequence
from zhike.apps.contracts.crediting import Owed, credit
from zhike.apps.contracts.flows.dun import release_promises
from zhike.apps.money import NOTHING, split
from zhike.kernel.declare import Refused
from zhike.kernel.writes import children, create_many, restore_many, update
from zhike.kernel.writes.mirror import mirror
from zhike.org.objects.department import Department

TAKEN = ("opportunity_id", "customer_id", "price_book_id", "discount")
LINE = ("product_id", "quantity", "price", "price_ratio", "tax_rate")
WHOLE = Decimal(100)
IN_FORCE = ("signed", "fulfilled")
ENTITIES = ("headquarters", "branch", "affiliate", "agent")


def follow_quote(contract: Any) -> None:
    """A new contract without lines of its own takes those of its quote, at the same prices."""
    quote = contract.quote
    if quote is None or contract.incoming.get("items") or not isinstance(contract.incoming, dict):
        return
    for name in TAKEN:
        setattr(contract, name, getattr(quote, name))
    contract.priced_on = quote.quoted_on
    rows = [{n.removesuffix("_id"): getattr(item, n) for n in LINE} for item in quote.items.order_by("pk")]
    contract.incoming["items"] = rows


def find_entities(contracts: list[Any]) -> None:
    """签约主体 of new contracts that name none: the company, branch, affiliate or agent that its department belongs to (V-91)."""
    wanted = [contract for contract in contracts if contract.entity_id is None]
    rows = Department._base_manager.values_list("pk", "parent_id", "kind") if wanted else ()
    tree = {pk: (parent, kind) for pk, parent, kind in rows}
    for contract in wanted:
        contract.entity_id = _entity(contract.department_id, tree)


def _entity(department: int | None, tree: dict[int, tuple[int | None, str]]) -> int | None:
    passed: set[int] = set()
    while department in tree and department not in passed:
        parent, kind = tree[department]
        if kind in ENTITIES:
            return department
        passed.add(department)
        department = parent
    return None


def refuse_mismatch(contract: Any) -> None:
    """From an accepted quote of the same customer; a supplement belongs to a contract; the terms make a whole."""
    quote = contract.quote
    if quote is not None and contract.state == "draft":
        if quote.state != "accepted":
            raise Refused("只有客户已接受的报价才能生成合同", {"quote": "客户尚未接受"})
        if quote.customer_id != contract.customer_id:
            raise Refused("报价属于另一个客户", {"quote": "不是这个客户的报价"})
    if contract.kind != "sale" and contract.parent_id is None:
        raise Refused("补充协议和变更协议须指明主合同", {"parent": "请选择主合同"})
    if contract.parent_id and contract.state == "draft":
        _refuse_other_main(contract)
    terms = contract.incoming.get("terms_of_payment")
    if terms and sum((row["percent"] for row in terms), Decimal(0)) != WHOLE:
        raise Refused("付款约定的比例合计应为 100%", {"terms_of_payment": "合计应为 100%"})


def _refuse_other_main(contract: Any) -> None:
    """What is added belongs to a contract of its own customer, and to the contract itself: 20万 are not got round by a chain."""
    main = contract.parent
    if main.kind != "sale" or main.pk == contract.pk:
        raise Refused("主合同须是销售合同", {"parent": "补充和变更协议不能再作主合同"})
    if main.customer_id != contract.customer_id:
        raise Refused("主合同属于另一个客户", {"parent": "不是这个客户的合同"})


def sign(contract: Any, actor: Any) -> None:
    """The amount is owed from now on, term by term to the cent; a supplement changes what its contract is worth."""
    if contract.parent_id and contract.parent.state not in IN_FORCE:
        raise Refused("主合同还没有签订或已经终止，不能签订它的补充或变更", {"parent": "主合同不在履行中"})
    by_rule = Consequence(actor)
    amount = _take_off(contract, by_rule)
    terms = list(contract.terms_of_payment.order_by("pk"))
    names = [(t.name, t.days, t.percent) for t in terms if amount > 0] or [("全款" if amount > 0 else "应退款", 0, WHOLE)]
    shares = split(amount, [percent for _, _, percent in names])
    kept = {"owner": contract.owner_id, "department": contract.department_id}
    rows = [
        {"name": name, "contract": contract.pk, "customer": contract.customer_id, "amount": share,
         "due_on": contract.signed_on + timedelta(days=days), **kept}
        for (name, days, _), share in zip(names, shares, strict=True) if share
    ]  # fmt: skip
    if rows:
        create_many(apps.get_model("contracts.Receivable"), rows, actor=by_rule)
    contract.outstanding = amount
    if contract.parent_id:
        _revalue(contract, contract.amount or NOTHING, by_rule)


def _take_off(contract: Any, actor: Any) -> Decimal:
    """What is owed by it: a change for less lowers what is still owed of its contract, and only what was paid is owed back."""
    amount: Decimal = contract.amount or NOTHING
    if amount >= 0 or contract.parent_id is None:
        return amount
    whole = Q(contract=contract.parent_id) | Q(contract__parent=contract.parent_id)
    owed = apps.get_model("contracts.Receivable")._base_manager.filter(whole, outstanding__gt=0)
    rows = list(owed.select_for_update(of=("self",)).order_by("due_on", "pk"))
    open_ = [Owed(row.outstanding, NOTHING) for row in rows]
    less = min(-amount, sum((row.amount for row in open_), NOTHING))
    cuts = [(row, cut.lowered) for row, cut in zip(rows, credit(open_, less), strict=True) if cut.lowered]
    for row, lowered in cuts:
        update(row, {"amount": str(row.amount - lowered)}, actor=actor)
    children.save(contract, {"lowered": [{"receivable": row.pk, "amount": lowered} for row, lowered in cuts]})
    return amount + less


def end(contract: Any, actor: Any) -> None:
    """What was still to come is owed no more; a supplement that is ended adds nothing to its contract any more."""
    by_rule = Consequence(actor)
    _cancel_payments(contract, by_rule)
    if contract.parent_id:
        _restore(contract, by_rule)
        _revalue(contract, NOTHING, by_rule)
    contract.outstanding = _still_owed(contract)


def _cancel_payments(contract: Any, actor: Any) -> None:
    """Of the payments that are not due yet, those of its supplements too, only what was invoiced or has come in stays."""
    whole = Q(contract=contract.pk) | Q(contract__parent=contract.pk)
    coming = Q(due_on__gt=timezone.localdate()) | Q(milestone__state="open")
    owed = apps.get_model("contracts.Receivable")._base_manager.filter(whole, coming, outstanding__gt=0)
    rows = list(owed.select_for_update(of=("self",)).order_by("due_on", "pk"))
    ended = [row for row in rows if max(row.invoiced, row.received) < row.amount]
    release_promises(ended, actor)
    for row in ended:
        update(row, {"amount": str(max(row.invoiced, row.received))}, actor=actor)


def _restore(change: Any, actor: Any) -> None:
    """What a change for less took off is owed again, payment by payment, and what was paid back because of it as well.

    Where its contract has been terminated itself, that stays as it was settled then.
    """
    owed = apps.get_model("contracts.Receivable")._base_manager.select_for_update()
    back = list(owed.filter(contract=change.pk, amount__lt=0).order_by("pk"))
    for row in back:
        row.amount = row.received
    restore_many(apps.get_model("contracts.Receivable"), back, ["amount"], actor=actor, verb="change")
    if change.parent.state not in IN_FORCE:
        return
    cuts = {line.receivable_id: line.amount for line in change.lowered.all()}
    for row in owed.filter(pk__in=cuts).order_by("pk"):
        update(row, {"amount": str(row.amount + cuts[row.pk])}, actor=actor)
    if refunded := -sum((row.received for row in back), NOTHING):
        kept = {"owner": change.owner_id, "department": change.department_id, "due_on": timezone.localdate()}
        again = {"name": "退款收回", "contract": change.pk, "customer": change.customer_id, "amount": refunded}
        create_many(apps.get_model("contracts.Receivable"), [kept | again], actor=actor)


def _still_owed(contract: Any) -> Decimal:
    owed = apps.get_model("contracts.Receivable")._base_manager.filter(contract=contract.pk)
    return owed.aggregate(sum=Sum("outstanding"))["sum"] or NOTHING


def _revalue(supplement: Any, amount: Decimal, actor: Any) -> None:
    """What the contract is worth with everything signed since, and with so much by this supplement."""
    model = type(supplement)
    parent = model._base_manager.filter(pk=supplement.parent_id)
    signed = model._base_manager.filter(parent=supplement.parent_id, state__in=IN_FORCE).exclude(pk=supplement.pk)
    more = signed.aggregate(sum=Sum("amount"))["sum"] or NOTHING
    own, back = parent.values_list("amount", "returned").get()
    mirror(parent, {"changed_amount": (own or NOTHING) - back + more + amount}, actor=actor)
