"""赢单后补充资料: the first deal won begins the list, filling in the customer ticks it off, its end closes the customer again."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.utils import timezone

from zhike.apps.consequence import Consequence
from zhike.apps.customers.objects.customer import Customer
from zhike.apps.customers.objects.registration_rule import RegistrationRule
from zhike.features.clocks.marks import ACT, days
from zhike.features.clocks.running import kind, start, stop
from zhike.features.notify.tell import tell
from zhike.features.sharing.giving import share, take_back
from zhike.kernel.declare import Refused
from zhike.kernel.reach import Actor
from zhike.kernel.writes import create_many, update
from zhike.org.held_roles import in_post
from zhike.org.objects.person import Person
from zhike.org.shares import Share

COMPLETE = kind("complete_data", "资料补充期限")


def answered(customer: Any, field: str) -> bool:
    """Whether this is known of the customer."""
    return not Customer.declared()[field].is_empty(getattr(customer, field))


def tick_rows(case: Any, rows: list[dict[str, Any]]) -> list[bool]:
    """Rows about to be saved, those of a field of the customer ticked off as it stands; and whether each is there."""
    standing = {item.pk: item for item in case.items.all()} if case.pk else {}
    for row in rows:
        item = standing.get(row.get("id"))
        if field := row.get("field", item.field if item else ""):
            row["done"] = answered(case.customer, field)
        row.setdefault("done", bool(item and item.done))
    return [row["done"] for row in rows]


def refuse_unfinished(case: Any) -> None:
    """Raises Refused while anything is still to be filled in."""
    missing = [item.name for item in case.items.all() if not item.done]
    if missing:
        raise Refused(f"还没有补充：{'、'.join(missing)}", {"items": "还有没有补充的资料"})


def begin(deals: list[Any], actor: Actor) -> None:
    """These deals were won: customers that had bought nothing before get their list, and whoever is to fill it in is told."""
    rule = RegistrationRule.in_force(timezone.localdate())
    asked = list(rule.asked_for.order_by("pk")) if rule else []
    first = {deal.customer_id: deal for deal in deals if deal.customer_id}
    if not asked or not first:
        return
    begun = _model()._base_manager.filter(customer__in=first).values_list("customer", flat=True)
    bought = apps.get_model("sales.Opportunity")._base_manager.filter(customer__in=first, stage="won")
    before = bought.exclude(pk__in=[deal.pk for deal in deals]).values_list("customer", flat=True)
    fresh = [deal for customer, deal in first.items() if customer not in {*begun, *before}]
    server, due = _server(rule.completer_id), timezone.localdate() + timedelta(rule.complete_within)
    items = [{"name": one.name, "field": one.field, "content": "", "done": False} for one in asked]
    rows = [_case(deal, server, due) | {"items": [dict(item) for item in items]} for deal in fresh]
    if rows:
        create_many(_model(), rows, actor=Consequence(actor))


def _case(deal: Any, server: int | None, due: Any) -> dict[str, Any]:
    kept = {"customer": deal.customer_id, "opportunity": deal.pk, "owner": deal.owner_id, "department": deal.department_id}
    return kept | {"server": server, "due_on": due}


def _server(post: int | None) -> int | None:
    """Whoever in this post has the fewest lists before her."""
    if post is None:
        return None
    holders = list(Person._base_manager.filter(in_post(post), is_active=True).order_by("pk").values_list("pk", flat=True))
    load = Counter(_model()._base_manager.filter(server__in=holders, state="open").values_list("server", flat=True))
    return min(holders, key=lambda person: load[person], default=None)


def hand_over(cases: list[Any], actor: Actor) -> None:
    """Whoever is to fill it in may see and change the customer, the salesperson knows that she sees to it, and time runs."""
    by_rule = Consequence(actor)
    for case in cases:
        open_customer(case, actor)
    start(COMPLETE, cases, {ACT: days(max((cases[0].due_on - timezone.localdate()).days, 0))}, about="补充客户资料")
    for owner in {case.owner_id for case in cases}:
        theirs = [case for case in cases if case.owner_id == owner]
        text = f"请协调补充“{theirs[0].customer}”的资料" if len(theirs) == 1 else f"有 {len(theirs)} 个客户的资料等您协调补充"
        tell([owner], text, record=theirs[0] if len(theirs) == 1 else None, actor=by_rule)


def end(cases: list[Any], actor: Actor) -> None:
    """The customer is closed again to whoever filled it in."""
    stop(COMPLETE, cases)
    for case in cases:
        close_customer(case, actor)


def open_customer(case: Any, actor: Actor) -> None:
    """Whoever fills it in may see and change the customer."""
    if case.server_id and not _shares(case).exists():
        share(Customer, case.customer_id, {"person": case.server_id, "change": True}, Consequence(actor))


def close_customer(case: Any, actor: Actor) -> None:
    """What was opened to her for the list alone is closed again."""
    for given in _shares(case).filter(given_at__gte=case.created_at):
        take_back(Customer, case.customer_id, given.pk, Consequence(actor))


def _shares(case: Any) -> Any:
    return Share.objects.filter(collection=Customer.spec.collection, record=case.customer_id, person=case.server_id)


def tick(customers: list[Any], actor: Actor) -> None:
    """These were changed: lists of theirs that are still open look once more at what is known."""
    for case in _model()._base_manager.filter(customer__in=[c.pk for c in customers], state="open").prefetch_related("items"):
        rows = [
            {n: getattr(item, n) for n in ("name", "field", "content", "done")} | {"id": item.pk} for item in case.items.all()
        ]
        if any(row["field"] and not row["done"] for row in rows):
            update(case, {"items": rows}, actor=Consequence(actor))


def _model() -> Any:
    return apps.get_model("sales.DataCompletion")
