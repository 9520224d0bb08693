"""我的操作: what somebody did of late that she may still take back, latest first."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from zhike.features.audit.models import Entry
from zhike.features.undo.models import Changeset, Recycled
from zhike.kernel.query.titles import titles
from zhike.kernel.reach import Actor, Reach
from zhike.kernel.registry import objects
from zhike.words.catalogue import word

PAGE, MOST_NAMED = 50, 3
Names = dict[int, dict[int, str]]


def deeds(actor: Actor, after: int = 0) -> dict[str, Any]:
    """One's own deletions, bulk changes, hand-overs and merges; `after` is the id of the last row shown.

    A deed that touched several objects is told once, by the object it was done to; one that touched few records names them. A
    fixed number of queries, and one for each object on the page.
    """
    rows = _own(actor).filter(pk__lt=after) if after else _own(actor)
    found = list(rows[: PAGE + 1])
    page, following = found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None
    named = _named(page, actor)
    return {"rows": [_shown(one, named.get(one.pk, {})) for one in page], "next": following}


def _own(actor: Actor) -> Any:
    since = timezone.now() - timedelta(days=settings.UNDO_DAYS)
    seen = [c for c, model in objects().items() if actor.reach("view", model) is not Reach.NONE]  # a delegate only some
    own = Changeset.objects.filter(actor_id=actor.pk, at__gte=since, collection__in=seen).order_by("-pk")
    earlier = Changeset.objects.filter(transaction=OuterRef("transaction"), at=OuterRef("at"), pk__lt=OuterRef("pk"))
    return own.filter(~Exists(earlier))


def _shown(one: Changeset, names: dict[int, str]) -> dict[str, Any]:
    return {
        "id": one.pk, "verb": one.verb, "collection": one.collection, "object": word(objects()[one.collection].spec.label),
        "count": one.count, "names": list(names.values()), "at": one.at.isoformat(), "until": one.until.isoformat(),
        "undone_at": one.undone_at.isoformat() if one.undone_at else None,
    }  # fmt: skip


def _named(page: list[Changeset], actor: Actor) -> Names:
    """What the few records of a deed are called: deleted ones as they were, others as she sees them today."""
    few = [one for one in page if one.count <= MOST_NAMED]
    named: Names = defaultdict(dict)
    for changeset, record, title in Recycled.objects.filter(changeset__in=few).values_list("changeset_id", "record", "title"):
        named[changeset][record] = title
    touched = _touched([one for one in few if one.verb != "delete"])
    by_object = {collection: set[int]() for collection, _, _ in touched}
    for collection, _, record in touched:
        by_object[collection].add(record)
    today = {collection: titles(objects()[collection], ids, actor) for collection, ids in by_object.items()}
    for collection, changeset, record in touched:
        if record in today[collection]:
            named[changeset][record] = today[collection][record]
    return named


def _touched(few: list[Changeset]) -> list[tuple[str, int, int]]:
    """Object, changeset and record of what the audit tells of these deeds."""
    if not few:
        return []
    of = {(one.transaction, one.collection): one.pk for one in few}
    deed = reduce(or_, (Q(transaction=transaction, collection=collection) for transaction, collection in of))
    told = Entry.objects.filter(deed, part="").values_list("transaction", "collection", "record").distinct()
    return [(collection, of[transaction, collection], record) for transaction, collection, record in told]
