"""History partitions 历史分区: old entries of a log move to a table for their year, and are read where they always were.

A year's table inherits from that of the present (decision 21): whoever asks `audit_entry` is told of all years, and what is
written goes to the present alone, which stays small. Any log with an `id` and an `at` may be kept so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from zhike.features.parameters.declared import parameter

AGE = parameter(
    "audit_months", "操作、访问与导出记录满多久转入历史分区", unit="个月", default="24", least="3", most="1200", whole=True
)
BATCH = 10_000
INDEXES = "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND schemaname = current_schema()"
OLDEST = f"SELECT id, at FROM ONLY {{present}} ORDER BY id LIMIT {BATCH}"
MOVE = """
WITH moved AS (DELETE FROM ONLY {present} WHERE id = ANY(%s) RETURNING *)
INSERT INTO {year} SELECT * FROM moved
"""
_logs: list[str] = []


def kept_by_year(log: type[Model]) -> None:
    """Declare a log whose old entries go to the table of their year, beside the log."""
    _logs.append(log._meta.db_table)


def age_entries() -> int:
    """Move everything that is old enough, a few thousand a transaction; returns how many entries went."""
    before, went = months_ago(int(AGE.on())), 0
    for present in _logs:
        while moved := move_some(present, before):
            went += moved
    return went


@transaction.atomic
def move_some(present: str, before: datetime) -> int:
    """Of the oldest entries of a log those from before a moment; none when the oldest are younger."""
    with connection.cursor() as cursor:
        cursor.execute(OLDEST.format(present=present))
        years: dict[int, list[int]] = {}
        for pk, at in cursor.fetchall():
            if at < before:
                years.setdefault(timezone.localtime(at).year, []).append(pk)
        for year, ids in years.items():
            cursor.execute(MOVE.format(present=present, year=table_of(present, year, cursor)), [ids])
    return sum(map(len, years.values()))


def table_of(present: str, year: int, cursor: Any) -> str:
    """The table of a year with the indexes the present has by now, made when there is none."""
    name, (first, after) = f"{present}_y{year}", (day(year), day(year + 1))
    check = f"CHECK (at >= '{first}' AND at < '{after}')"
    cursor.execute("SELECT to_regclass(%s)", [name])
    if cursor.fetchone()[0] is None:
        cursor.execute(f"CREATE TABLE {name} ({check}) INHERITS ({present})")
    cursor.execute(INDEXES, [present])
    for statement in copied(cursor.fetchall(), present, year):
        cursor.execute(statement)
    return name


def copied(indexes: Iterable[tuple[str, str]], present: str, year: int) -> list[str]:
    """The same indexes for the table of a year."""
    found = re.compile(rf"INDEX (\S+) ON (?:\S+\.)?{present} ")
    return [found.sub(rf"INDEX IF NOT EXISTS \1_y{year} ON {present}_y{year} ", definition) for _, definition in indexes]


def months_ago(count: int) -> datetime:
    """The first moment of the month so many months ago."""
    today = timezone.localdate()
    year, month = divmod(today.year * 12 + today.month - 1 - count, 12)
    return timezone.make_aware(datetime(year, month + 1, 1))


def day(year: int) -> str:
    """When a year begins here."""
    return timezone.make_aware(datetime(year, 1, 1)).isoformat()
