"""`make locks`: how long people wait for a table while the database is brought up to date, on a copy with a million rows.

The copy goes back to the first tables of every domain, then forward again as `zhike migrate` does, while a client for each large
table asks over and over for the lock that any write takes. `BENCH_ROWS=20000 make locks` for a quick look.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from tests.bench.__main__ import CHECKOUT, FULL

COPY, LARGE, LONGEST, BETWEEN = "zhike_locks", 10_000, 1.0, 0.02
TABLES = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples > %s ORDER BY 1"
)


def main() -> None:
    rows = int(os.environ.get("BENCH_ROWS", FULL))
    os.environ.setdefault("ZHIKE_HOME", str(CHECKOUT / "var" / ("bench" if rows == FULL else f"bench-{rows}")))
    from zhike.project.database import database

    with database() as url:
        subprocess.run([sys.executable, "-m", "tests.bench", "--build"], check=True)
        with copied(url) as copy:
            waits = upgraded(copy)
    slow = {table: wait for table, wait in waits.items() if wait > LONGEST}
    for table, wait in sorted(waits.items(), key=lambda found: -found[1]):
        print(f"{table:<40}{wait * 1000:>10,.0f} 毫秒{'  ✗' if table in slow else ''}")
    print(f"{len(waits)} 张表中有 {len(slow)} 张让人等了 {LONGEST:.0f} 秒以上")
    sys.exit(1 if slow else 0)


@contextmanager
def copied(url: str) -> Iterator[str]:
    """A copy of the database beside it, thrown away afterwards."""
    elsewhere = url.replace("/zhike?", "/postgres?")
    with psycopg.connect(elsewhere, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {COPY}")
        server.execute(f"CREATE DATABASE {COPY} TEMPLATE zhike STRATEGY file_copy")
        try:
            yield url.replace("/zhike?", f"/{COPY}?")
        finally:
            server.execute(f"DROP DATABASE {COPY} WITH (FORCE)")


def upgraded(copy: str) -> dict[str, float]:
    """Back to the beginning, forward again, and the longest wait for each large table meanwhile."""
    settings = os.environ | {"DATABASE_URL": copy}
    for app, first in beginnings(copy):
        back = [sys.executable, "manage.py", "migrate", app, first, "--verbosity", "0"]
        subprocess.run(back, check=True, cwd=CHECKOUT, env=settings)
    with psycopg.connect(copy, autocommit=True) as asking:
        asking.execute("ANALYZE")
        probes = [Probe(copy, table) for (table,) in asking.execute(TABLES, [LARGE])]
    for probe in probes:
        probe.start()
    subprocess.run([sys.executable, "-m", "zhike", "migrate"], check=True, env=settings, stdout=subprocess.DEVNULL)
    for probe in probes:
        probe.over.set()
    for probe in probes:
        probe.join()
    return {probe.table: probe.longest for probe in probes}


def beginnings(copy: str) -> list[tuple[str, str]]:
    """The last of the first migrations of every domain that has later ones, those nothing else builds upon first."""
    with psycopg.connect(copy) as asking:
        applied = asking.execute("SELECT app, name FROM django_migrations ORDER BY id DESC").fetchall()
    ours = {path.parts[-3] for path in (CHECKOUT / "zhike").rglob("migrations/0001_*.py")}
    later = [app for app, name in applied if app in ours and not name.endswith("_initial")]
    first = {app: name for app, name in reversed(applied) if app in ours and name.endswith("_initial")}
    return [(app, first[app]) for app in dict.fromkeys(later) if app in first]


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
                writer.execute(wanted)
                self.longest = max(self.longest, time.monotonic() - started)
                writer.rollback()
                time.sleep(BETWEEN)


if __name__ == "__main__":
    main()
