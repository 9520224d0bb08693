"""The sweep 巡检: takes what is due, in one statement a batch, and leaves the rest of a million clocks alone."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhike.features.clocks.models import RUNNING, Clock
from zhike.features.clocks.running import Struck
from zhike.features.jobs.periodic import periodic
from zhike.kernel.events import emit
from zhike.org.objects.person import System

log = logging.getLogger("zhike.clocks")
AT_ONCE = 500
TRIED_AGAIN = timedelta(minutes=10)
TAKE = """
WITH due AS (
    SELECT id, passed FROM clocks_clock WHERE state = 'running' AND next_at <= %(now)s
    ORDER BY next_at LIMIT %(most)s FOR UPDATE SKIP LOCKED
)
UPDATE clocks_clock c
SET passed = struck.passed, next_at = c.at[struck.passed + 1],
    state = CASE WHEN struck.passed = cardinality(c.at) THEN 'over' ELSE 'running' END
FROM due, LATERAL (
    SELECT count(*)::int AS passed FROM clocks_clock t, unnest(t.at) AS moment WHERE t.id = due.id AND moment <= %(now)s
) struck
WHERE c.id = due.id
RETURNING c.*, due.passed AS was
"""


@periodic("* * * * *")
def sweep_due() -> None:
    """Every minute, whichever worker is there."""
    sweep(timezone.now())


def sweep(now: datetime) -> int:
    """Strike everything due at `now` and say how many clocks there were."""
    found, total = AT_ONCE, 0
    while found == AT_ONCE:
        found = sweep_some(now)
        total += found
    return total


def sweep_some(now: datetime) -> int:
    """One batch: what is noted and what follows from it stand or fall together."""
    with transaction.atomic():
        taken = list(Clock.objects.raw(TAKE, {"now": now, "most": AT_ONCE}))
        struck = [(c.kind, mark["name"], number, c) for c in taken for number, mark in _reached(c)]
        struck.sort(key=lambda s: (s[2], s[0], s[1], s[3].pk))
        for (_, kind, mark), group in groupby(struck, key=lambda s: (s[2], s[0], s[1])):
            _strike(kind, mark, [clock for *_, clock in group], now)
    return len(taken)


def _reached(clock: Any) -> list[tuple[int, Any]]:
    """The marks that this sweep has found passed, with their places."""
    return list(enumerate(clock.marks))[clock.was : clock.passed]


def _strike(kind: str, mark: str, clocks: list[Clock], now: datetime) -> None:
    """Tell of a mark. What goes wrong with one clock is tried again later and keeps no other from striking."""
    try:
        with transaction.atomic():
            emit(Struck(actor=System("clock"), kind=kind, mark=mark, clocks=clocks))
    except Exception:
        log.exception("mark %s of %d clocks of kind %s", mark, len(clocks), kind)
        if len(clocks) == 1:
            _put_off(clocks[0], mark, now)
            return
        for clock in clocks:
            _strike(kind, mark, [clock], now)


def _put_off(clock: Clock, mark: str, now: datetime) -> None:
    """Come back to this mark in a while."""
    place = [m["name"] for m in clock.marks].index(mark)
    Clock.objects.filter(pk=clock.pk).update(passed=place, state=RUNNING, next_at=now + TRIED_AGAIN)
