"""What runs by itself: the sweep of deadlines and the nightly pool, each beside the bare UPDATE it makes. Nothing stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from tests.bench.money import BUILDER, Times, Undone, seconds, undone
from zhike.apps.customers.objects.tracking_limit import TrackingLimit
from zhike.apps.customers.pool import run
from zhike.features.clocks.listing import Wanted, clocks
from zhike.features.clocks.models import Clock
from zhike.features.clocks.places import Place
from zhike.features.clocks.recounting import recount
from zhike.features.clocks.sweep import sweep
from zhike.kernel.query.relative import end_of
from zhike.kernel.writes import create

SHARES = (0.002, 0.022, 0.042)
"""Two in a thousand customers are released, two in a hundred marked for the last time, as many for the first time."""
CLOCKS = """
INSERT INTO clocks_clock (kind, about, collection, record, started_at, due_at, marks, at, passed, next_at, state)
SELECT 'bench', '', 'bench', n, %(now)s, moment, '[{"name": "act", "amount": 1, "unit": "hour"}]', ARRAY[moment], 0, moment,
    'running'
FROM generate_series(1, %(many)s) n, LATERAL (
    SELECT %(now)s::timestamptz + CASE WHEN n <= %(due)s THEN -1 ELSE n END * interval '1 minute' AS moment
) m
"""
STRUCK = """
UPDATE clocks_clock SET passed = passed + 1, next_at = NULL, state = 'over'
WHERE state = 'running' AND next_at <= %(now)s RETURNING *
"""
IN_WORKDAYS = """
INSERT INTO clocks_clock (kind, about, collection, record, person_id, started_at, due_at, marks, at, passed, next_at, state)
SELECT 'bench', '', 'customers', c.id, c.owner_id, began, began + interval '3 days',
    '[{"name": "act", "amount": 3, "unit": "workday"}]', ARRAY[began + interval '3 days'], 0, began + interval '3 days', 'running'
FROM (SELECT id, owner_id, %(now)s::timestamptz - (id %% 20) * interval '1 day' AS began FROM customers_customer LIMIT %(many)s) c
"""
MOVED = """
UPDATE clocks_clock SET at = ARRAY[at[1] + interval '1 day'], marks = marks, due_at = due_at + interval '1 day',
    next_at = next_at + interval '1 day' WHERE state = 'running'
"""
URGENT = """
SELECT c.id, c.due_at, u.name FROM clocks_clock c JOIN customers_customer u ON u.id = c.record
WHERE c.state IN ('running', 'paused', 'over') AND (c.due_at, c.id) > (%(at)s, %(pk)s) ORDER BY c.due_at, c.id LIMIT 51
"""
HELD = "in_pool = false AND owner_id IS NOT NULL AND tracked_at <"
NEGLECTED = (
    f"UPDATE customers_customer SET owner_id = NULL, in_pool = true, quiet = '', release_on = NULL WHERE {HELD} %(released)s",
    f"UPDATE customers_customer SET quiet = 'last', release_on = CURRENT_DATE WHERE {HELD} %(last)s AND quiet <> 'last'",
    f"UPDATE customers_customer SET quiet = 'first', release_on = CURRENT_DATE WHERE {HELD} %(first)s "
    "AND quiet NOT IN ('first', 'last')",
)


def swept(many: int, due: int) -> Times:
    """Seconds to strike so many due clocks among many that run: ours, and the bare UPDATE."""
    return undone(lambda: _swept(many, due))


def _swept(many: int, due: int) -> Times:
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(CLOCKS, {"now": now, "many": many, "due": due})
        cursor.execute("ANALYZE clocks_clock")
    return _beside(lambda: sweep(now), lambda: _bare([STRUCK], {"now": now}))


def recounted(many: int) -> Times:
    """Seconds until as many clocks end by another calendar: ours, and the bare UPDATE of the same rows."""
    return undone(lambda: _recounted(many))


def _recounted(many: int) -> Times:
    _fill(many)
    return _beside(recount, lambda: _bare([MOVED], {}))


def listed(many: int, reader: Any) -> Times:
    """Seconds for a page from the middle of what runs out, of as many clocks: ours, and the bare SELECT of the same page."""
    return undone(lambda: _listed(many, reader))


def _listed(many: int, reader: Any) -> Times:
    _fill(many)
    middle = Clock.objects.filter(kind="bench").order_by("due_at", "pk")[many // 2]
    place = Place(middle.due_at, "", middle.pk)
    return _beside(lambda: clocks(Wanted(after=place), reader), lambda: _bare([URGENT], {"at": middle.due_at, "pk": middle.pk}))


def _fill(many: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(IN_WORKDAYS, {"now": timezone.now(), "many": many})
        cursor.execute("ANALYZE clocks_clock")


def pooled() -> tuple[Times, int]:
    """Seconds of a night over all customers, and how many it concerned: ours, and the bare UPDATE of the same rows."""
    concerned: list[int] = []
    return undone(lambda: _pooled(concerned)), concerned[0]


def _pooled(concerned: list[int]) -> Times:
    released, last, first = _days_of_contact()
    today = first + timedelta(1)
    after = {"first_after": first, "last_after": last, "release_after": released + timedelta(1)}
    limits = {name: (today - day).days for name, day in after.items()}
    create(TrackingLimit, {"name": "测量", "starts_on": "2000-01-01", **limits}, actor=BUILDER)
    TrackingLimit._base_manager.exclude(name="测量").delete()
    night = end_of(first) + timedelta(minutes=30)
    ends = {"released": end_of(released), "last": end_of(last), "first": end_of(first)}
    return _beside(lambda: concerned.append(sum(run(night).values())), lambda: _bare(NEGLECTED, ends))


def _days_of_contact() -> list[date]:
    """The days before which these shares of the customers were contacted for the last time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT percentile_disc(%s::float8[]) WITHIN GROUP (ORDER BY tracked_at) FROM customers_customer WHERE NOT in_pool",
            [list(SHARES)],
        )
        released, last, first = (timezone.localdate(moment) for moment in cursor.fetchone()[0])
    return [min(released, last - timedelta(1)), last, first]


def _bare(statements: Any, values: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, values)


def _beside(ours: Callable[[], Any], theirs: Callable[[], Any]) -> Times:
    """Both on the same rows, once they have been read."""
    again(theirs)
    return again(ours), again(theirs)


def again(work: Callable[[], Any]) -> float:
    """How long it takes, of which nothing stays within the transaction that is open."""
    took = 0.0
    try:
        with transaction.atomic():
            took = seconds(work)
            raise Undone
    except Undone:
        return took
