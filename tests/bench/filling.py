"""Rows for a table of whatever age: as many as a large company has, told by its columns alone, in one statement."""

from __future__ import annotations

import time
from typing import Any

import psycopg
from psycopg import sql

# How many rows for each customer; the people, their departments and keys are fewer.
TIMES = {
    "customers_customer": 1, "sales_opportunity": 1, "customers_interaction": 3, "audit_entry": 5, "insight_viewed": 3,
    "notify_notification": 1,
}  # fmt: skip
OTHERS, OF_PEOPLE = 0.1, 0.005
FEW = ("org_role",)
"""Read row by row by migrations; nobody has many."""
COLUMNS = """
SELECT a.attname, t.typname, a.atttypmod - 4,
       EXISTS (SELECT FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisunique AND a.attnum = ANY (i.indkey))
FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped
  AND a.attnotnull AND NOT a.atthasdef AND a.attidentity = ''
"""
VALUES = {
    "bool": "false", "date": "current_date - (g % 700)::int", "timestamptz": "now() - g * interval '1 second'", "time": "'09:00'",
    "jsonb": "'{}'", "uuid": "gen_random_uuid()", "bytea": "''", "numeric": "g % 1000", "float8": "0", "tsvector": "''",
}  # fmt: skip


def fill(url: str, table: str, customers: int) -> int:
    """Fill it without its triggers, so that no reference is asked for; returns how many rows it has then."""
    share = OF_PEOPLE if table.startswith("org_") else OTHERS
    wanted = 0 if table in FEW else max(int(customers * TIMES.get(table, share)), 1)
    started = time.monotonic()
    with psycopg.connect(url) as filling:
        columns = filling.execute(COLUMNS, [table]).fetchall()
        names = sql.SQL(", ").join(sql.Identifier(name) for name, *_ in columns)
        values = sql.SQL(", ").join(sql.SQL(value(*rest)) for _, *rest in columns)
        filling.execute("SET LOCAL session_replication_role = replica")
        insert = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM generate_series(1, {}) g")
        filling.execute(insert.format(sql.Identifier(table), names, values, sql.Literal(wanted)))
    print(f"{table}：{wanted:,} 行，{time.monotonic() - started:.0f} 秒", flush=True)
    return wanted


def value(kind: str, length: int, unique: bool) -> Any:
    """An SQL expression over the number g of the row; told apart where it must be."""
    if kind.startswith("_"):
        return "'{}'"
    if kind.startswith("int"):
        return "g" if unique else "0"
    if kind in ("varchar", "text"):
        return f"right('x' || g, {length})" if length > 0 else "'x' || g"
    return VALUES[kind]
