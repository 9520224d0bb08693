"""What has changed since 变更动态: an open screen asks this every few seconds and fetches again only what moved (P-31)."""

from __future__ import annotations

from typing import Any

from django.db import connection

from zhike.features.audit.models import Entry
from zhike.kernel.query.among import Among
from zhike.kernel.reach import Actor, Reach
from zhike.kernel.registry import objects

MOST_TOLD = 500


def changes(after: int | None, actor: Actor) -> dict[str, Any]:
    """Records changed after an earlier answer, by collection: that something moved there, and which of what the actor sees.

    Counted in transactions, not in entries: a long import that commits late is told then. While one runs, what was
    written beside it may be told twice.

    Returns:
        last: where to ask from next time; `everything` when so much changed that naming it would cost more than looking.
    """
    last = _oldest_running()
    if after is None:
        return {"last": last, "changed": {}, "everything": False}
    found = list(Entry.objects.filter(transaction__gte=after).values_list("collection", "record")[:MOST_TOLD])
    if len(found) == MOST_TOLD:
        return {"last": last, "changed": {}, "everything": True}
    told: dict[str, set[int]] = {}
    for collection, record in found:
        told.setdefault(collection, set()).add(record)
    seen = {c: _seen(c, ids, actor) for c, ids in told.items() if c in objects() and _may_see(c, actor)}
    return {"last": last, "changed": seen, "everything": False}


def _seen(collection: str, ids: set[int], actor: Actor) -> list[int]:
    """Numbers of records out of sight, or gone, tell nobody what goes on there."""
    rows = objects()[collection].objects.visible_to(actor).filter(Among("id", ids))
    return sorted(rows.values_list("pk", flat=True))


def _oldest_running() -> int:
    """The oldest transaction that has not ended; all before it are seen by everybody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])


def _may_see(collection: str, actor: Actor) -> bool:
    return actor.reach("view", objects()[collection]) is not Reach.NONE
