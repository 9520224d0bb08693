"""赢单后补充资料: the first deal won begins the list, filling in the customer ticks it off, its end closes the customer again."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from zhike.apps.consequence import Consequence
from zhike.apps.customers.objects.customer import Customer
from zhike.apps.customers.objects.registration_rule import RegistrationRule
from zhike.features.clocks.marks import ACT, days
from zhike.features.clocks.running import kind, start, stop
from zhike.features.notify.tell import tell_each
from zhike.features.sharing.giving import share_each, take_back_each
from zhike.kernel.declare import Refused
from zhike.kernel.reach import Actor
from zhike.kernel.writes import create_many
from zhike.kernel.writes.mirror import mirror_each, mirror_lines
from zhike.org.held_roles import in_post
from zhike.org.objects.person import Person

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
    open_customers(cases, actor)
    keep_time(cases)
    theirs: dict[int | None, list[Any]] = defaultdict(list)
    for case in cases:
        theirs[case.owner_id].append(case)
    tell_each((_asked(owner, lists) for owner, lists in theirs.items() if owner), actor=Consequence(actor))


def _asked(owner: int, cases: list[Any]) -> tuple[int, str, Any]:
    """What the salesperson is told: the one list, or how many there are."""
    if len(cases) == 1:
        return owner, f"请协调补充“{cases[0].customer}”的资料", cases[0]
    return owner, f"有 {len(cases)} 个客户的资料等您协调补充", type(cases[0])


def keep_time(cases: list[Any]) -> None:
    """Each list runs out when its own last day is over."""
    today = timezone.localdate()
    start(COMPLETE, cases, lambda case: {ACT: days(max((case.due_on - today).days, 0))}, about="补充客户资料")


def end(cases: list[Any], actor: Actor) -> None:
    """The customer is closed again to whoever filled it in."""
    stop(COMPLETE, cases)
    close_customers(cases, actor)


def open_customers(cases: list[Any], actor: Actor) -> None:
    """Whoever fills it in may see and change the customer."""
    pairs = {(case.customer_id, case.server_id) for case in cases if case.server_id}
    share_each(Customer, pairs, change=True, actor=Consequence(actor))


def close_customers(cases: list[Any], actor: Actor) -> None:
    """What was opened to her for these lists alone is closed again."""
    _close([(case, case.server_id) for case in cases], actor)


def change_hands(cases: list[Any], actor: Actor) -> None:
    """Colleagues fill them in now: the customers are closed to those who did until now, and open to them."""
    moved = [case for case in cases if case.server_before != case.server_id]
    _close([(case, case.server_before) for case in moved], actor)
    open_customers(moved, actor)


def _close(served: list[tuple[Any, int | None]], actor: Actor) -> None:
    """These lists ask nothing more of whoever stands beside each; what another list still asks of her stays open."""
    customers = {case.customer_id for case, _ in served}
    standing = _model()._base_manager.filter(customer__in=customers, state="open").values_list("customer_id", "server_id")
    needed = set(standing.exclude(pk__in=[case.pk for case, server in served if server == case.server_id]))
    over = [(case, server) for case, server in served if server and (case.customer_id, server) not in needed]
    given = [Q(record=case.customer_id, person=server, given_at__gte=case.created_at) for case, server in over]
    if given:
        take_back_each(Customer, reduce(or_, given), Consequence(actor))


def tick(customers: list[Any], actor: Actor) -> None:
    """These were changed: lists of theirs that are still open look once more at what is known, however many there are."""
    known = {customer.pk: customer for customer in customers}
    lists = _model()._base_manager.filter(customer__in=known, state="open").only("customer", "progress")
    ticked, moved = [], []
    for case in lists.prefetch_related("items"):
        items = list(case.items.all())
        other = [item for item in items if item.field and item.done is not answered(known[case.customer_id], item.field)]
        for item in other:
            item.done = not item.done
        if other:
            case.progress = part_done([item.done for item in items])
            ticked += other
            moved.append(case)
    mirror_lines(ticked, ["done"], actor=Consequence(actor))
    mirror_each(moved, ["progress"], actor=Consequence(actor))


def part_done(ticked: list[bool]) -> int:
    """已补充, in whole percents."""
    return 100 * sum(ticked) // len(ticked) if ticked else 0


def _model() -> Any:
    return apps.get_model("sales.DataCompletion")
