"""合同的来去: what it takes over from the accepted quote, and what follows from its signature."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Sum

from zhike.apps.consequence import Consequence
from zhike.apps.money import NOTHING, split
from zhike.kernel.declare import Refused
from zhike.kernel.writes import create_many
from zhike.kernel.writes.mirror import mirror
from zhike.org.objects.department import Department

TAKEN = ("opportunity_id", "customer_id", "price_book_id", "discount")
LINE = ("product_id", "quantity", "price", "price_ratio", "tax_rate")
WHOLE = Decimal(100)
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
    terms = contract.incoming.get("terms_of_payment")
    if terms and sum((row["percent"] for row in terms), Decimal(0)) != WHOLE:
        raise Refused("付款约定的比例合计应为 100%", {"terms_of_payment": "合计应为 100%"})


def sign(contract: Any, actor: Any) -> None:
    """The amount is owed from now on, term by term to the cent; a supplement changes what its contract is worth."""
    by_rule = Consequence(actor)
    terms = list(contract.terms_of_payment.order_by("pk"))
    names = [(t.name, t.days, t.percent) for t in terms] or [("全款", 0, WHOLE)]
    shares = split(contract.amount or NOTHING, [percent for _, _, percent in names])
    kept = {"owner": contract.owner_id, "department": contract.department_id}
    rows = [
        {"name": name, "contract": contract.pk, "customer": contract.customer_id, "amount": share,
         "due_on": contract.signed_on + timedelta(days=days), **kept}
        for (name, days, _), share in zip(names, shares, strict=True) if share
    ]  # fmt: skip
    if rows:
        create_many(apps.get_model("contracts.Receivable"), rows, actor=by_rule)
    contract.outstanding = contract.amount or NOTHING
    if contract.parent_id:
        _revalue(contract, by_rule)


def _revalue(supplement: Any, actor: Any) -> None:
    """What the contract is worth with everything signed since, this supplement included."""
    model = type(supplement)
    parent = model._base_manager.filter(pk=supplement.parent_id)
    signed = model._base_manager.filter(parent=supplement.parent_id, state__in=("signed", "fulfilled")).exclude(pk=supplement.pk)
    more = signed.aggregate(sum=Sum("amount"))["sum"] or NOTHING
    own, back = parent.values_list("amount", "returned").get()
    mirror(parent, {"changed_amount": (own or NOTHING) - back + more + (supplement.amount or NOTHING)}, actor=actor)
