"""What everything stands on: hand-written SQL on the same database, one connection, nothing of ours around it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.db import connection

from tests.bench.client import Pace
from zhike.kernel.query.listing import default_fields
from zhike.kernel.query.paging import keys, ordered
from zhike.kernel.query.rows import expressions, fetch_json

LEAST_RUNS = 5
Statement = tuple[str, Any]


def timed(statements: list[Statement], seconds: float) -> Pace:
    """Run statements one after the other, again and again; the first two runs only warm up."""
    latencies: list[float] = []
    begin = time.perf_counter()
    with connection.cursor() as cursor:
        while len(latencies) < LEAST_RUNS + 2 or time.perf_counter() - begin < seconds:
            started = time.perf_counter()
            for statement in statements:
                cursor.execute(*statement)
                cursor.fetchall()
            latencies.append(time.perf_counter() - started)
    return Pace(latencies[2:], sum(latencies[2:]))


def asked_of_database(ask: Callable[[], Any]) -> list[Statement]:
    """The statements that something of ours sends."""
    sent: list[Statement] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        ask()
    return sent


def like(model: Any, word: str, actor: Any) -> Statement:
    """The search of somebody without a search index: LIKE with the same gate, order, limit and columns."""
    rows = model.objects.visible_to(actor).filter(**{f"{model.spec.title}__contains": word})
    found = ordered(rows, keys(model, "", actor))[:50]
    return asked_of_database(lambda: fetch_json(found, expressions(model, default_fields(model, actor), actor)))[-1]


def by_stage(actor: Any, departments: list[int]) -> Statement:
    """The funnel as one would write it by hand."""
    return (
        "SELECT stage, count(*), sum(amount) FROM sales_opportunity "
        "WHERE owner_id = %s OR department_id = ANY(%s) GROUP BY stage",
        [actor.pk, departments],
    )


def tidy() -> None:
    """What the database does by itself within minutes of a great change, such as the import of an earlier run taken back."""
    with connection.cursor() as cursor:
        for table in ("customers_customer", "sales_opportunity", "audit_entry"):
            cursor.execute(f"VACUUM (ANALYZE) {table}")
