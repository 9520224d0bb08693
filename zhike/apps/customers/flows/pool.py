"""公共池: from an owner to the pool at night, and from the pool to a new owner."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from zhike.apps.consequence import Consequence
from zhike.apps.customers.limits import limit_of
from zhike.apps.customers.objects.customer import Customer
from zhike.apps.customers.objects.pool_entry import PoolEntry
from zhike.apps.customers.tracking import out_of_pool
from zhike.features.notify.tell import tell
from zhike.kernel.declare import Refused
from zhike.kernel.query.relative import start_of
from zhike.kernel.writes import transfer, update
from zhike.kernel.writes.mirror import mirror
from zhike.org.objects.person import Person
from zhike.org.one_at_a_time import hold


def claim(entry: Any, actor: Any) -> None:
    """Give the customer to the actor. Raises Refused for whoever has had enough today, or lost it only lately."""
    customer, today = _pooled(entry), timezone.localdate()
    limit = limit_of(customer, today)
    if limit is not None:
        _refuse_too_many(limit, actor)
        _refuse_too_soon(limit, entry, actor)
    _hand_over(customer, Person._base_manager.get(pk=actor.pk), actor)
    entry.claimed_by_id, entry.settled_at = actor.pk, timezone.now()


def _refuse_too_many(limit: Any, actor: Any) -> None:
    hold(actor.pk)
    claimed = PoolEntry._base_manager.filter(claimed_by_id=actor.pk, settled_at__gte=start_of(timezone.localdate()))
    if claimed.count() >= limit.claims_a_day:
        raise Refused(f"每人每天最多领取 {limit.claims_a_day} 个客户，今天已领满")


def _refuse_too_soon(limit: Any, entry: Any, actor: Any) -> None:
    again = entry.released_at and timezone.localdate(entry.released_at) + timedelta(limit.cool_down)
    if entry.last_owner_id == actor.pk and again and timezone.localdate() < again:
        raise Refused(f"原负责人在 {again} 之前不能领回这个客户")


def take_back(entry: Any, actor: Any) -> None:
    """Give the customer back to whoever had it, with those who worked on it beside her.

    Raises Refused when it is too late, or she has left.
    """
    customer = _pooled(entry)
    limit, today = limit_of(customer, timezone.localdate()), timezone.localdate()
    last = entry.released_at and limit and timezone.localdate(entry.released_at) + timedelta(limit.undo_within)
    if last and today > last:
        raise Refused(f"释放已超过 {limit.undo_within} 天，不能撤销；可以转交给负责人")
    owner = Person._base_manager.filter(pk=entry.last_owner_id, is_active=True).first()
    if owner is None:
        raise Refused("原负责人已停用，不能撤销；请转交给别人")
    _hand_over(customer, owner, actor)
    still = [person.pk for person in entry.last_beside.filter(is_active=True) if not person.gone]
    if still:
        update(customer, {"collaborators": still}, actor=Consequence(actor))
    entry.settled_at = timezone.now()
    tell([owner.pk], f"客户“{entry.name}”的释放已被撤销，仍由您负责", record=customer, actor=actor)


def _pooled(entry: Any) -> Any:
    """The customer, held until the end. Raises Refused when it has an owner again."""
    customer = Customer._base_manager.select_for_update(of=("self",)).get(pk=entry.customer_id)
    if not customer.in_pool:
        raise Refused("这个客户已经有负责人")
    return customer


def _hand_over(customer: Any, owner: Any, actor: Any) -> None:
    by_rule = Consequence(actor)
    mirror(Customer.objects.filter(pk=customer.pk), out_of_pool(), actor=by_rule)
    transfer(customer, owner, actor=by_rule)
