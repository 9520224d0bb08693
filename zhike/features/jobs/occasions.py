"""Occasions 时刻: what runs in a rhythm that people have chosen runs once at each of its times, whoever notices first."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

TAKE = """
INSERT INTO jobs_occasion (name, at) VALUES (%s, %s)
ON CONFLICT (name) DO UPDATE SET at = excluded.at WHERE jobs_occasion.at < excluded.at
RETURNING at
"""


def first_to_take(name: str, due: datetime) -> bool:
    """Whether nobody has taken this time yet; from now on somebody has, as far as the transaction stands."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [name, due])
        return cursor.fetchone() is not None


def forget(start: str, *, but: str) -> None:
    """All names that begin so, one left out, may be taken again."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM jobs_occasion WHERE starts_with(name, %s) AND name <> %s", [start, but])
