"""退货: at which price goods come back, and what follows for the money."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import F, Sum

from zhike.apps.consequence import Consequence
from zhike.apps.contracts.crediting import Cut, Owed, credit, part_of
from zhike.apps.money import NOTHING
from zhike.kernel.declare import Refused
from zhike.kernel.writes import create, update
from zhike.kernel.writes.mirror import mirror

COUNTED = ("accepted", "settled")
EMPTY = (Decimal(0), NOTHING)


def price(returned: Any) -> None:
    """The amount of each line: its part of what the order says, after all that came back before. Raises Refused beyond that."""
    if vars(returned).pop("anew", False):
        returned.incoming["items"] = list(returned.items.order_by("pk").values("id", "product", "quantity"))
    rows = returned.incoming.get("items")
    if rows is None:
        return
    bought, before = _bought(returned), _before(returned)
    for row in rows:
        product, quantity = row["product"], row.get("quantity") or Decimal(1)
        ordered, amount = bought.get(product, EMPTY)
        if before[product] + quantity > ordered:
            raise Refused(f"最多还能退 {ordered - before[product]:f}", {"items": "超出订单中还没有退回的数量"})
        row |= {"quantity": quantity, "amount": part_of(amount, ordered, before[product], quantity)}
        before[product] += quantity
    returned.amount = sum((row["amount"] for row in rows), NOTHING)


def reckon_anew(returned: Any) -> None:
    """The stored lines are priced again with the record; one return of an order after the other."""
    if not returned.items.exists():
        raise Refused("退货没有明细", {"items": "至少一行"})
    apps.get_model("contracts.Order")._base_manager.select_for_update().get(pk=returned.order_id)
    returned.anew = True


def _bought(returned: Any) -> dict[int, tuple[Decimal, Decimal]]:
    """Product → how many were ordered, and for how much, the discount on the whole taken off."""
    lines = apps.get_model("contracts.OrderItem")._base_manager.filter(order=returned.order_id).order_by()
    summed = lines.values("product").annotate(many=Sum("quantity"), gross=Sum("amount"), off=Sum("share"))
    return {row["product"]: (row["many"], (row["gross"] or NOTHING) - (row["off"] or NOTHING)) for row in summed}


def _before(returned: Any) -> dict[int, Decimal]:
    """Product → how many have come back already."""
    lines = apps.get_model("contracts.ReturnItem")._base_manager.exclude(order_return=returned.pk)
    counted = lines.filter(order_return__order=returned.order_id, order_return__state__in=COUNTED).order_by()
    many = counted.values("product").annotate(many=Sum("quantity")).values_list("product", "many")
    return defaultdict(Decimal, many)


def settle(returned: Any, data: Any, actor: Any) -> Any:
    """Lower what is owed of the contract, refund what was paid of it, and say so on the order and the contract."""
    by_rule = Consequence(actor)
    owed = apps.get_model("contracts.Receivable")._base_manager.filter(contract=returned.order.contract_id)
    rows = list(owed.select_for_update().order_by("due_on", "pk"))
    try:
        cuts = credit([Owed(row.amount, row.received) for row in rows], returned.amount)
    except ValueError:
        raise Refused("退货金额超过合同的应收总额，请先核对合同", {"amount": "超过合同应收"}) from None
    made = _refund(returned, [*zip(rows, cuts, strict=True)], data, by_rule)
    for row, cut in zip(rows, cuts, strict=True):
        if cut.lowered:
            update(row, {"amount": str(row.amount - cut.lowered)}, actor=by_rule)
    returned.refunded = sum((cut.refunded for cut in cuts), NOTHING)
    returned.lowered = returned.amount - returned.refunded
    _tell(returned, by_rule)
    return {"made": [{"collection": r.spec.collection, "id": r.pk, "label": str(r)} for r in made]}


def _refund(returned: Any, cuts: list[tuple[Any, Cut]], data: Any, by_rule: Any) -> list[Any]:
    """The receipt by which money goes back; none where nothing had come in."""
    back = [{"receivable": row.pk, "amount": str(cut.refunded)} for row, cut in cuts if cut.refunded]
    if not back:
        return []
    total = sum((cut.refunded for _, cut in cuts), NOTHING)
    values = {
        "kind": "refund", "customer": returned.customer_id, "amount": str(total), "received_on": str(data.settled_on),
        "method": data.method, "automatic": False, "allocations": back, "notes": f"退货 {returned.number}",
    }  # fmt: skip
    hers = {"owner": returned.owner_id, "department": returned.department_id}
    return [create(apps.get_model("contracts.Receipt"), values, actor=by_rule, keep=hers)]


def _tell(returned: Any, by_rule: Any) -> None:
    """已退货 on the order and its contract, which is worth so much less."""
    order = apps.get_model("contracts.Order")._base_manager.filter(pk=returned.order_id)
    contract = apps.get_model("contracts.Contract")._base_manager.filter(pk=returned.order.contract_id)
    mirror(order, {"returned": F("returned") + returned.amount}, actor=by_rule)
    worth = F("changed_amount") - returned.amount
    mirror(contract, {"returned": F("returned") + returned.amount, "changed_amount": worth}, actor=by_rule)
