"""登记审核: a new customer waits until somebody of its department has looked at it; a clock runs meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from zhike.apps.customers.objects.customer import Customer
from zhike.apps.customers.objects.registration_rule import RegistrationRule
from zhike.features.clocks.marks import ACT, ESCALATE, WARN, days
from zhike.features.clocks.running import Marks, Struck, kind, start, stop
from zhike.features.notify.tell import tell, tell_each
from zhike.kernel.events import Changed, ChangedMany, on
from zhike.kernel.query.relative import start_of
from zhike.kernel.reach import Actor
from zhike.kernel.writes.mirror import mirror
from zhike.org.objects.department import Department

ENTRY = kind("entry", "客户录入期限")
EARLY = 2


@on(Changed)
def registered_one(event: Changed) -> None:
    """One customer was added, or its review came to an end."""
    if not isinstance(event.record, Customer):
        return
    if event.verb == "add":
        _registered([event.record], event.actor)
    elif event.verb == "accept":
        stop(ENTRY, [event.record])
        tell([event.record.created_by_id], f"客户“{event.record.name}”已通过登记审核", record=event.record, actor=event.actor)
    elif event.verb == "send_back":
        words = f"客户“{event.record.name}”的登记被退回：{event.record.returned_reason}"
        tell([event.record.created_by_id], words, record=event.record, quoting=("returned_reason",), actor=event.actor)


@on(ChangedMany)
def registered_many(event: ChangedMany) -> None:
    if event.model is Customer and event.verb == "add":
        _registered(event.records, event.actor)
    elif event.model is Customer and event.verb == "accept":
        stop(ENTRY, event.records)


def _registered(customers: Iterable[Any], actor: Actor) -> None:
    """Those that wait for a review: the heads of their departments hear of it, and the time to enter them runs."""
    waiting = [c for c in customers if c.registration == "pending"]
    if not waiting:
        return
    heads = dict(Department._base_manager.filter(pk__in={c.department_id for c in waiting}).values_list("pk", "manager_id"))
    for head in {heads.get(c.department_id) for c in waiting}:
        theirs = [c for c in waiting if heads.get(c.department_id) == head]
        one = theirs[0] if len(theirs) == 1 else None
        words = f"新客户“{one}”等待您审核" if one else f"有 {len(theirs)} 个新客户等待您审核"
        tell([head], words, record=one or Customer, actor=actor)
    _begin(waiting)


def _begin(waiting: list[Any]) -> None:
    """Each under the rule of the day of its first contact; before there was any, no time is counted."""
    rules = _rules_of(waiting)
    if not rules:
        return
    begun = {c.pk: max(c.first_contact_on, rules[0].starts_on) for c in waiting}

    def marks(customer: Any) -> Marks:
        rule = [rule for rule in rules if rule.starts_on <= begun[customer.pk]][-1]
        return {WARN: days(max(rule.within - EARLY, 1)), ESCALATE: days(rule.within), ACT: days(rule.at_most)}

    start(ENTRY, waiting, marks, since=lambda c: start_of(begun[c.pk]), about="通过登记审核", fresh=True)


def _rules_of(waiting: list[Any]) -> list[Any]:
    """Those the customers may have begun under; where none began sooner, the one they are entered under, read already."""
    entered, today = {c.entry_rule for c in waiting}, timezone.localdate()
    rule = entered.pop() if len(entered) == 1 else None
    if rule and all(rule.starts_on <= c.first_contact_on <= today for c in waiting):
        return [rule]
    return list(RegistrationRule._base_manager.order_by("starts_on", "pk").only("starts_on", "within", "at_most"))


@on(Struck)
def entered_late(event: Struck) -> None:
    """The customer is still not entered as it should be: it counts as late, or for a while as an exception that is written."""
    if event.kind != ENTRY:
        return
    rows = Customer._base_manager.filter(pk__in=[c.record for c in event.clocks], registration__in=("pending", "returned"))
    if event.mark == WARN:
        words = ((c.owner_id, f"客户“{c.name}”的录入期限快到了", c) for c in rows.only("name", "owner"))
        tell_each(words, actor=event.actor)
    elif event.mark == ESCALATE:
        mirror(rows.filter(late_reason=""), {"entry": "late"}, actor=event.actor)
        mirror(rows.exclude(late_reason=""), {"entry": "exception"}, actor=event.actor)
    else:
        mirror(rows, {"entry": "late"}, actor=event.actor)
