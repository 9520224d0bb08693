"""`make locks`: how long people wait for a table while the database is brought up to date, with a million rows in it.

A database of its own goes through every migration there is, as `zhike migrate` does. Before one touches a table, that is filled
as it stands at this step; meanwhile a client for each table asks over and over for the lock that any write takes. What follows
the migrations (triggers, roles) is measured over all of them at once. `BENCH_ROWS=20000 make locks` for a quick look.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from tests.bench.__main__ import CHECKOUT, FULL
from tests.bench.filling import fill

MEASURED, LONGEST, BETWEEN, SHOWN = "zhike_locks", 1.0, 0.02, 15
AFTER = "zhike migrate 的其余步骤"
Waits = dict[tuple[str, str], float]


def main() -> None:
    rows = int(os.environ.get("BENCH_ROWS", FULL))
    os.environ.setdefault("ZHIKE_HOME", str(CHECKOUT / "var" / "locks"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhike.project.settings")
    from zhike.project.database import embedded

    with embedded().running() as url, emptied(url) as os.environ["DATABASE_URL"]:
        import django

        django.setup()
        waits = upgraded(os.environ["DATABASE_URL"], rows)
    slow = {key for key, wait in waits.items() if wait > LONGEST}
    for key, wait in sorted(waits.items(), key=lambda found: -found[1])[: max(SHOWN, len(slow))]:
        print(f"{key[0]:<60}{key[1]:<40}{wait * 1000:>8,.0f} 毫秒{'  ✗' if key in slow else ''}")
    tables = {table for _, table in waits}
    print(f"{len(waits)} 次测量、{len(tables)} 张表，{len(slow)} 次让人等了 {LONGEST:.0f} 秒以上")
    sys.exit(1 if slow else 0)


@contextmanager
def emptied(url: str) -> Iterator[str]:
    """A database with nothing in it, thrown away afterwards."""
    with psycopg.connect(url.replace("/zhike?", "/postgres?"), autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {MEASURED} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {MEASURED}")
        try:
            yield url.replace("/zhike?", f"/{MEASURED}?")
        finally:
            server.execute(f"DROP DATABASE {MEASURED} WITH (FORCE)")


def upgraded(url: str, rows: int) -> Waits:
    """Every migration, one after the other, and the longest wait for each table that it touches."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    observer = Observer(url, rows)
    executor = MigrationExecutor(connection, observer)
    executor.migrate(executor.loader.graph.leaf_nodes())
    observer.watch(AFTER, observer.filled)
    subprocess.run([sys.executable, "-m", "zhike", "migrate"], check=True, stdout=subprocess.DEVNULL)
    observer.look_away()
    return observer.waits


class Observer:
    """What Django tells of its progress to: before each migration its tables are filled and watched."""

    def __init__(self, url: str, rows: int) -> None:
        from django.db.migrations.state import ProjectState

        self.url, self.rows, self.state = url, rows, ProjectState()
        self.filled: dict[str, int] = {}
        self.waits: Waits = {}
        self.watching: tuple[str, list[Probe]] = ("", [])

    def __call__(self, action: str, migration: Any = None, fake: bool = False) -> None:
        if action == "apply_start" and not completes_first(migration):
            name = f"{migration.app_label}.{migration.name}"
            tables = touched(migration, self.state)
            for table in sorted(tables - set(self.filled)):
                self.filled[table] = fill(self.url, table, self.rows)
            self.watch(name, [table for table in tables if self.filled[table]])
        if action == "apply_success":
            self.look_away()
            self.state = migration.mutate_state(self.state, preserve=False)

    def watch(self, name: str, tables: Iterable[str]) -> None:
        """Somebody wants to write into each of these from now on."""
        self.watching = name, [Probe(self.url, table) for table in tables]
        for probe in self.watching[1]:
            probe.start()

    def look_away(self) -> None:
        name, probes = self.watching
        for probe in probes:
            probe.over.set()
        for probe in probes:
            probe.join()
            self.waits[name, probe.table] = probe.longest


def completes_first(migration: Any) -> bool:
    """Whether it is the second half of the first version of a domain, which no database ever stood in the middle of."""
    return bool(migration.initial) and not migration.name.startswith("0001")


def touched(migration: Any, state: Any) -> set[str]:
    """The tables of ours there are already that a migration changes, or that new and old columns of it point to."""
    reached: Counter[tuple[str, str]] = Counter()
    after = migration.mutate_state(state, preserve=True)
    for operation in migration.operations:
        key = migration.app_label, (getattr(operation, "model_name", None) or getattr(operation, "name", "")).lower()
        for known in (state.models.get(key), after.models.get(key)):
            reached.update([key, *pointed_at(known)] if known else [])
    return {table_of(state.models[key]) for key in reached if key in state.models and ours(key[0])}


def pointed_at(model: Any) -> Iterator[tuple[str, str]]:
    from django.db.migrations.utils import resolve_relation

    for field in model.fields.values():
        if field.is_relation and field.remote_field:
            yield resolve_relation(field.remote_field.model, model.app_label, model.name_lower)


def ours(app: str) -> bool:
    from django.apps import apps

    return apps.get_app_config(app).name.startswith("zhike.")


def table_of(model: Any) -> str:
    return str(model.options.get("db_table") or f"{model.app_label}_{model.name_lower}")


class Probe(threading.Thread):
    """Somebody who wants to write into a table, again and again."""

    def __init__(self, url: str, table: str) -> None:
        super().__init__(daemon=True)
        self.url, self.table, self.longest, self.over = url, table, 0.0, threading.Event()

    def run(self) -> None:
        wanted = sql.SQL("LOCK TABLE {} IN ROW EXCLUSIVE MODE").format(sql.Identifier(self.table))
        with psycopg.connect(self.url) as writer:
            while not self.over.is_set():
                started = time.monotonic()
                try:
                    writer.execute(wanted)
                except psycopg.errors.UndefinedTable:  # the migration has done away with it
                    return
                self.longest = max(self.longest, time.monotonic() - started)
                writer.rollback()
                time.sleep(BETWEEN)


if __name__ == "__main__":
    main()
