"""订单执行: from the signed contract over the review to delivery, collection and implementation."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Min, Q, Sum
from django.utils import timezone

from zhike.apps.consequence import Consequence
from zhike.apps.contracts.crediting import part_of
from zhike.apps.money import NOTHING, cents
from zhike.kernel.declare import Refused
from zhike.kernel.record import Record
from zhike.kernel.writes import create, transfer, update

LINE = ("product_id", "quantity", "price")


def follow_contract(order: Any) -> None:
    """A new order without lines of its own takes those of its contract, at the same prices (G-10)."""
    if not order.incoming.get("items") and isinstance(order.incoming, dict):
        items = order.contract.items.select_related("product").order_by("pk")
        order.incoming["items"] = [
            {n.removesuffix("_id"): getattr(item, n) for n in LINE} | {"specification": item.product.specification}
            for item in items
        ]
    owed = apps.get_model("contracts.Receivable")._base_manager.filter(contract=order.contract_id)
    sums = owed.aggregate(planned=Sum("amount"), received=Sum("received"), outstanding=Sum("outstanding"))
    order.planned, order.received, order.outstanding = (sums[n] or NOTHING for n in ("planned", "received", "outstanding"))


def reckon(order: Any, rows: list[Any]) -> Decimal:
    """What the lines come to, each with the discount the contract gives on it and its part of the one on the whole (整单优惠)."""
    given, before, total = _discounts(order), defaultdict[int, Decimal](Decimal), NOTHING
    for row in rows:
        product, quantity = row["product"], row.get("quantity", Decimal(1))
        agreed, share, row["price_ratio"] = given.get(product, (Decimal(0), NOTHING, None))
        left = min(quantity, agreed - before[product])
        row["share"] = part_of(share, agreed, before[product], left) if left > 0 else NOTHING
        before[product] += quantity
        total += cents(quantity * (row.get("price") or NOTHING)) - row["share"]
    return total


def _discounts(order: Any) -> dict[int, tuple[Decimal, Decimal, Decimal | None]]:
    """Product → how many share the discount on the whole, their part of it, and the lowest ratio (折扣) agreed for it."""
    lines = apps.get_model("contracts.ContractItem")._base_manager.filter(contract=order.contract_id).order_by()
    shared = Sum("quantity", filter=Q(share__gt=0), default=NOTHING)
    found = lines.values_list("product").annotate(many=shared, off=Sum("share", default=NOTHING), ratio=Min("price_ratio"))
    return {product: (many, off, ratio) for product, many, off, ratio in found}


def refuse_beyond_credit(order: Any, reason: str) -> None:
    """What the customer owes beyond its credit, this order's contract included, holds the order until somebody answers for it."""
    limit = order.customer.credit_limit
    if reason or limit is None:
        return
    owed = apps.get_model("contracts.Receivable")._base_manager.filter(customer=order.customer_id, outstanding__gt=0)
    late = Sum("outstanding", filter=Q(due_on__lt=timezone.localdate()), default=NOTHING)
    sums = owed.aggregate(all=Sum("outstanding", default=NOTHING), late=late)
    if sums["all"] > limit:
        words = f"客户未付 {sums['all']} 元，其中逾期 {sums['late']} 元，超过信用额度 {limit} 元；放行须填写原因"
        raise Refused(words, {"credit_reason": "必填"})


def execute(order: Any, data: Any, actor: Any) -> list[Record]:
    """The execution order with its three usual steps; the payment that is due next waits for the implementation."""
    people = {"delivery": data.deliverer, "collection": data.collector, "implementation": data.implementer}
    labels = {"delivery": "发货", "collection": "收款", "implementation": "实施"}
    owed = apps.get_model("contracts.Receivable")._base_manager.filter(contract=order.contract_id, outstanding__gt=0)
    coming = owed.filter(due_on__gt=timezone.localdate()).order_by("due_on", "pk")  # what is due already waits for nothing
    waiting = coming.values_list("pk", flat=True).first()
    steps = [
        {"name": f"{labels[kind]}：{order.name}"[:100], "kind": kind, "person": person.pk, "due_on": str(data.due_on),
         "receivable": waiting if kind == "implementation" else None}
        for kind, person in people.items()
    ]  # fmt: skip
    made = create(apps.get_model("contracts.ExecutionOrder"), {"order": order.pk, "steps": steps}, actor=Consequence(actor))
    return [made]


def dispatch(execution: Any, actor: Any) -> list[Record]:
    """Every step as a milestone and a task of whoever is to do it (V-58)."""
    by_rule, made = Consequence(actor), []
    milestones, tasks = apps.get_model("contracts.Milestone"), apps.get_model("customers.Task")
    for step in execution.steps.select_related("person").order_by("pk"):
        known = {"name": step.name, "due_on": str(step.due_on), "execution_order": execution.pk}
        milestone = create(milestones, known, actor=by_rule)
        todo = {"subject": step.name, "due_on": str(step.due_on), "notes": execution.notes}
        todo["customer"] = execution.order.customer_id
        task = create(tasks, todo, actor=by_rule)
        made += [transfer(record, step.person, actor=by_rule) for record in (milestone, task)]
        if step.receivable_id:
            update(step.receivable, {"milestone": milestone.pk}, actor=by_rule)
    return made


def refuse_unfinished(execution: Any) -> None:
    """Raises Refused naming the milestones that are not reached."""
    rows = apps.get_model("contracts.Milestone")._base_manager.filter(execution_order=execution.pk, state="open")
    names = list(rows.order_by("due_on").values_list("name", flat=True)[:5])
    if names:
        raise Refused(f"还有里程碑没有完成：{'、'.join(names)}")


def fall_due(milestone: Any, actor: Any) -> None:
    """The payments that waited for this milestone are due now, and their collector or owner is to follow up (V-59)."""
    by_rule = Consequence(actor)
    waiting = apps.get_model("contracts.Receivable")._base_manager.filter(milestone=milestone.pk, outstanding__gt=0)
    for owed in waiting.select_related("collector", "owner"):
        update(owed, {"due_on": str(milestone.reached_on)}, actor=by_rule)
        todo = {"subject": f"跟进付款：{owed.name}", "due_on": str(milestone.reached_on), "customer": owed.customer_id}
        task = create(apps.get_model("customers.Task"), todo, actor=by_rule)
        transfer(task, owed.collector or owed.owner, actor=by_rule)
