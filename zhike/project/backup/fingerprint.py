"""指纹: how many rows every table has, and a sum over all their contents, by which two databases are compared."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

Fingerprint = dict[str, list[str]]
TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
# The text of a row depends on these.
SPOKEN = "SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'postgres'"
ONE = "SELECT {name} AS name, count(*)::text, coalesce(sum(hashtextextended(t::text, 0)), 0)::text FROM {table} t"


def fingerprint(connection: psycopg.Connection[Any]) -> Fingerprint:
    """Table → rows and sum, in one statement and thus of one moment."""
    connection.execute(SPOKEN)
    tables = [name for (name,) in connection.execute(TABLES)]
    parts = [sql.SQL(ONE).format(name=sql.Literal(name), table=sql.Identifier("public", name)) for name in tables]
    if not parts:
        return {}
    return {name: [rows, total] for name, rows, total in connection.execute(sql.SQL(" UNION ALL ").join(parts))}


def differing(expected: Fingerprint, found: Fingerprint) -> list[str]:
    """The tables that are not the same."""
    return sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
