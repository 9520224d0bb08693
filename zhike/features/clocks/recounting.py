"""重算: when a calendar changes, whatever is counted in working days falls due on another day; pauses and what has struck stand.

Two statements however many clocks there are: which days are counted from, and their new ends to all clocks that count from them.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.db import connection

from zhike.chinese.workdays import fingerprint
from zhike.features.clocks.calendar import Calendars
from zhike.features.clocks.objects.calendar_day import CalendarDay
from zhike.features.clocks.objects.work_calendar import WorkCalendar
from zhike.features.jobs.occasions import first_to_take, forget
from zhike.kernel.events import Written, on_written
from zhike.kernel.query.relative import end_of

HOLIDAYS, ONCE = "holidays:", datetime(2000, 1, 1, tzinfo=UTC)
# A mark counts from the day its clock began, or from the day it was resumed with so many days left.
SINCE = "coalesce((m.mark->>'since')::date, (c.started_at AT TIME ZONE %(zone)s)::date)"
AMOUNT = "coalesce(m.mark->>'left', m.mark->>'amount')::int"
MARKS = "jsonb_array_elements(c.marks) WITH ORDINALITY AS m (mark, n)"
AHEAD = "m.n > c.passed AND m.mark->>'unit' = 'workday'"
COUNTED = f"""
SELECT DISTINCT c.department_id, {SINCE}, {AMOUNT}
FROM clocks_clock c, {MARKS} WHERE c.state IN ('running', 'paused') AND {AHEAD}
"""
RECOUNT = f"""
WITH counted AS (
    SELECT * FROM unnest(%(departments)s::bigint[], %(since)s::date[], %(amounts)s::int[], %(ends)s::timestamptz[])
        AS d (department, since, amount, ends)
), fresh AS (
    SELECT c.id, jsonb_agg(m.mark ORDER BY moved.place, moved.at, m.n) AS marks,
        array_agg(moved.at ORDER BY moved.place, moved.at, m.n) AS at
    FROM clocks_clock c CROSS JOIN LATERAL {MARKS}
    LEFT JOIN counted d ON {AHEAD} AND d.department IS NOT DISTINCT FROM c.department_id
        AND d.since = {SINCE} AND d.amount = {AMOUNT}
    CROSS JOIN LATERAL (
        SELECT coalesce(d.ends, c.at[m.n]) AS at, CASE WHEN m.n > c.passed THEN c.passed + 1 ELSE m.n END AS place
    ) AS moved
    WHERE c.state IN ('running', 'paused') GROUP BY c.id
)
UPDATE clocks_clock c SET at = f.at, marks = f.marks, due_at = f.at[cardinality(f.at)],
    next_at = CASE c.state WHEN 'running' THEN f.at[c.passed + 1] END
FROM fresh f WHERE c.id = f.id AND c.at IS DISTINCT FROM f.at
"""


@on_written
def another_calendar(event: Written) -> None:
    """Holidays of the next year were loaded, a day was entered, changed or taken away, or a department has other weeks."""
    if event.model in (CalendarDay, WorkCalendar):
        recount()


def follow_announcements() -> int:
    """Let open clocks follow what the holiday package knows, once for each state of it; says how many moved.

    Nobody writes a record when a newer (or older) package is installed, so whoever sweeps asks for it.
    """
    known = HOLIDAYS + fingerprint()
    if not first_to_take(known, ONCE):
        return 0
    forget(HOLIDAYS, but=known)
    return recount()


def recount() -> int:
    """Let every open clock fall due by the calendars as they are now; says how many moved."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, {"zone": settings.TIME_ZONE})
        rows: list[tuple[int | None, date, int]] = cursor.fetchall()
        if not rows:
            return 0
        cursor.execute(RECOUNT, _ends(rows) | {"zone": settings.TIME_ZONE})
        return int(cursor.rowcount)


def _ends(rows: list[tuple[int | None, date, int]]) -> dict[str, Any]:
    """For each department and first day the end of the last one."""
    calendars = Calendars()
    departments, since, amounts = map(list, zip(*rows, strict=True))
    ends = [end_of(calendars.of(department).after(first, amount)) for department, first, amount in rows]
    return {"departments": departments, "since": since, "amounts": amounts, "ends": ends}
