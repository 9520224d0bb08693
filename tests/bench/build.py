"""Building the books through the bulk path, in chunks, with one builder a processor; what stands is kept for the next run."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from multiprocessing import get_context
from typing import Any

CHUNK = 4000
BUILDERS = 2
KINDS = ("customers", "opportunities", "interactions")
INTERACTIONS_EACH = 3
Task = tuple[str, list[Any]]


def build(customers: int) -> None:
    """Bring the database to this many customers, as many opportunities, three times as many interactions."""
    from tests.bench import company

    people = company.found(min(customers / 1_000_000, 1))
    for kind in KINDS:
        if tasks := list(_missing(kind, customers)):
            for loaded in KINDS:
                _drop_search_index(loaded)
            _fill(kind, tasks, people)
    for kind in KINDS:
        _make_search_index(kind)
    _settle()


def _fill(kind: str, tasks: list[Task], people: list[tuple[int, int]]) -> None:
    started, made = time.monotonic(), 0
    with get_context("spawn").Pool(BUILDERS, _begin, (people,)) as pool:
        for count in pool.imap_unordered(_chunk, tasks):
            made += count
            pace = made / (time.monotonic() - started)
            print(f"\r{kind}: {made:,} 行，每秒 {pace:,.0f} 行   ", end="", flush=True)
    print()


def _missing(kind: str, customers: int) -> Iterator[Task]:
    """Chunks that are not there yet: numbers of customers to be, or customers that have nothing of this kind."""
    waiting = list(range(_count("customers_customer"), customers)) if kind == "customers" else _without(kind, customers)
    yield from ((kind, waiting[at : at + CHUNK]) for at in range(0, len(waiting), CHUNK))


def _without(kind: str, customers: int) -> list[Any]:
    from django.db import connection

    table = {"opportunities": "sales_opportunity", "interactions": "customers_interaction"}[kind]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, owner_id, department_id FROM customers_customer c WHERE created_by_id IS NULL "
            f"AND NOT EXISTS (SELECT FROM {table} t WHERE t.customer_id = c.id) ORDER BY id LIMIT %s",
            [customers],
        )
        return cursor.fetchall()


def _count(table: str) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE created_by_id IS NULL")
        return int(cursor.fetchone()[0])


def _begin(people: list[tuple[int, int]]) -> None:
    """A builder's own process: politely behind whatever else the machine does."""
    import django

    os.nice(5)
    django.setup()
    from tests.bench.rows import Book

    global book
    book = Book(people)


def _chunk(task: Task) -> int:
    """One call of the bulk path."""
    from tests.bench.company import BUILDER
    from zhike.kernel.registry import find
    from zhike.kernel.writes import create_many

    kind, waiting = task
    if kind == "customers":
        rows = [book.customer(n) for n in waiting]
    elif kind == "opportunities":
        rows = [book.opportunity(held) for held in waiting]
    else:
        rows = [book.interaction(held, n) for held in waiting for n in range(INTERACTIONS_EACH)]
    return len(create_many(find(kind), rows, actor=BUILDER))


def _search_index(kind: str) -> tuple[Any, Any, bool]:
    """The object, its search index, and whether that stands. A first load goes without: filling it row by row takes thrice
    as long as making it once. The measured import has it."""
    from django.db import connection

    from zhike.kernel.registry import find

    model = find(kind)
    index = next(i for i in model._meta.indexes if i.fields == ["search"])
    with connection.cursor() as cursor:
        standing = connection.introspection.get_constraints(cursor, model._meta.db_table)
    return model, index, index.name in standing


def _drop_search_index(kind: str) -> None:
    from django.db import connection

    model, index, stands = _search_index(kind)
    if stands:
        with connection.schema_editor() as editor:
            editor.remove_index(model, index)


def _make_search_index(kind: str) -> None:
    from django.db import connection

    model, index, stands = _search_index(kind)
    if not stands:
        print(f"{kind}: 建立搜索索引", flush=True)
        with connection.schema_editor() as editor:
            editor.add_index(model, index)


def _settle() -> None:
    """What the database does by itself a few minutes later, done now, so that two runs measure the same."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT max(last_vacuum) IS NULL FROM pg_stat_user_tables WHERE relname = 'customers_customer'")
        if cursor.fetchone()[0]:
            cursor.execute("VACUUM (ANALYZE)")


book: Any = None
