"""What has changed since 变更动态: an open screen asks this every few seconds and fetches again only what moved (P-31)."""

from __future__ import annotations

from typing import Any

from django.db.models import Max

from zhike.features.audit.models import Entry
from zhike.kernel.reach import Actor, Reach
from zhike.kernel.registry import objects

MOST_TOLD = 500


def changes(after: int | None, actor: Actor) -> dict[str, Any]:
    """Records changed after an entry of the audit, by collection, as far as the actor may see the collection at all.

    Returns:
        last: the entry to ask from next time; `everything` when so much changed that naming it would cost more than looking.
    """
    if after is None:
        return {"last": Entry.objects.aggregate(last=Max("pk"))["last"] or 0, "changed": {}, "everything": False}
    found = list(Entry.objects.filter(pk__gt=after).order_by("pk").values_list("pk", "collection", "record")[:MOST_TOLD])
    if len(found) == MOST_TOLD:
        return changes(None, actor) | {"everything": True}
    told: dict[str, set[int]] = {}
    for _, collection, record in found:
        told.setdefault(collection, set()).add(record)
    seen = {c: sorted(ids) for c, ids in told.items() if c in objects() and _may_see(c, actor)}
    return {"last": found[-1][0] if found else after, "changed": seen, "everything": False}


def _may_see(collection: str, actor: Actor) -> bool:
    return actor.reach("view", objects()[collection]) is not Reach.NONE
