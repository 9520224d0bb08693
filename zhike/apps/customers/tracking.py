"""跟踪起算: since when nobody has been in touch. Only what owner or collaborators wrote counts, never an edit or a transfer."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from zhike.apps.consequence import Consequence
from zhike.apps.customers.objects.customer import Customer
from zhike.apps.customers.objects.interaction import Interaction
from zhike.apps.customers.objects.pool_entry import PoolEntry
from zhike.kernel.events import Written, on_written
from zhike.kernel.reach import Actor
from zhike.kernel.writes import put_many
from zhike.kernel.writes.mirror import mirror


def count_anew(customers: set[int | None], actor: Actor) -> None:
    """From the latest contact that counts, or from the day somebody got the customer; the marks go, and come again at night."""
    heard = Interaction._base_manager.filter(customer=OuterRef("pk"), counts=True, happened_at__lte=timezone.now())
    latest = Subquery(heard.order_by("-happened_at").values("happened_at")[:1])
    values = {"tracked_at": Greatest(Coalesce(F("held_since"), F("created_at")), latest), "quiet": "", "release_on": None}
    if known := customers - {None}:
        mirror(Customer._base_manager.filter(pk__in=known, in_pool=False), values, actor=actor)


def out_of_pool() -> dict[str, Any]:
    """What is true of a customer that somebody has again."""
    now = timezone.now()
    return {"in_pool": False, "held_since": now, "tracked_at": now, "quiet": "", "release_on": None}


@on_written
def given(event: Written) -> None:
    """Pooled customers were handed to somebody directly."""
    if event.model is Customer and event.verb == "transfer":
        _given(event.records, event.actor)


def _given(customers: list[Any], actor: Actor) -> None:
    ids = [c.pk for c in customers if c.in_pool]
    if ids:
        by_rule = Consequence(actor)
        mirror(Customer._base_manager.filter(pk__in=ids), out_of_pool(), actor=by_rule)
        put_many(PoolEntry.objects.filter(customer__in=ids, state="waiting"), "state", lambda entry: "assigned", actor=by_rule)
