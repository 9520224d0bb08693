"""到期清理: what is older than its limit goes, some thousand rows a transaction, in a fixed number of statements each.

Records tell of their own end. Of bookkeeping, which has no history, the log of operations says what went: table, how many, from
before when, from which id to which.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from zhike.features.audit.models import Entry
from zhike.features.retention.declared import Kept, declared
from zhike.kernel.errors import Problem
from zhike.kernel.query.among import Among
from zhike.kernel.record import Record
from zhike.kernel.writes import delete_many
from zhike.org.objects.person import System

log = logging.getLogger("zhike.retention")
BATCH, FORGET = 5000, "forget"
KEEPER = System("retention")


def forget_old() -> dict[str, int]:
    """Of every table with a limit; says how many rows went. What one table refuses holds up no other."""
    gone = {}
    for one in declared():
        table = one.model._meta.db_table
        try:
            gone[table] = forget(one)
        except Problem as problem:
            log.warning("%s 没有清理：%s", table, problem.message)
    return gone


def forget(one: Kept) -> int:
    """Everything of one table that is too old. Raises InUse when something still points to it."""
    before = timezone.now() - timedelta(days=one.days())
    old = one.model._base_manager.filter(one.once, **{f"{one.since}__lt": before})
    gone = 0
    while ids := list(old.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        _take_away(one.model, ids, before)
        gone += len(ids)
    return gone


@transaction.atomic
def _take_away(model: Any, ids: list[int], before: datetime) -> None:
    """Records on the path everybody writes, so that their history says so; bookkeeping as it is."""
    if issubclass(model, Record):
        delete_many(model.objects.filter(Q(Among("id", ids))), actor=KEEPER)
        return
    model._base_manager.filter(pk__in=ids).delete()
    about = {"count": len(ids), "before": before.isoformat(), "first": ids[0], "last": ids[-1]}
    Entry.objects.create(
        at=timezone.now(), actor=None, through=KEEPER.through, verb=FORGET, collection=model._meta.db_table, record=0, part="",
        old=about,
    )  # fmt: skip
