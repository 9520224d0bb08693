"""The comparison: what is in the database against what the clients were told."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import psycopg

from tests.chaos.clients import ROWS, Ledger

OVER = "SELECT count(*) FILTER (WHERE state IN ('waiting', 'running')), count(*) FROM jobs_job"
WRITTEN = "SELECT record, count(*) FROM audit_entry WHERE collection = 'customers' AND verb = 'develop' GROUP BY record"
PATIENCE = 300


def wait_for_jobs(url: str, revive: Callable[[], None]) -> float:
    """Until every job is over, with whatever ends being started again; returns the seconds it took."""
    started = time.monotonic()
    while time.monotonic() - started < PATIENCE:
        with psycopg.connect(url) as asking:
            open_ones, _ = asking.execute(OVER).fetchone() or (0, 0)
        if not open_ones:
            break
        time.sleep(1)
        revive()
    return time.monotonic() - started


def verdict(url: str, ledger: Ledger) -> tuple[dict[str, Any], list[str]]:
    """The tally, and every broken promise in a sentence."""
    with psycopg.connect(url) as asking:
        names = Counter(name for (name,) in asking.execute("SELECT name FROM customers_customer"))
        states = dict(asking.execute("SELECT id, lifecycle FROM customers_customer"))
        jobs = dict(asking.execute("SELECT id, state FROM jobs_job"))
        reasons = dict(asking.execute("SELECT id, error FROM jobs_job"))
        files = dict(asking.execute("SELECT id, jsonb_array_length(files) FROM jobs_job WHERE kind = 'export'"))
        written = Counter(dict(asking.execute(WRITTEN)))
        again = asking.execute("SELECT count(*) FROM jobs_job WHERE attempts > 1").fetchone() or (0,)
    loaded = Counter(name.split("之")[0] for name in names.elements() if name.startswith("导入"))
    wrong = [*_creates(names, ledger), *_acts(states, written, ledger), *_imports(loaded, jobs, ledger)]
    wrong += [
        *_jobs(jobs, reasons, ledger),
        *(f"export {pk} left {n} files" for pk, n in files.items() if jobs[pk] == "done" and n != 1),
    ]
    tally = {
        "acknowledged creates": len(ledger.created),
        "acknowledged actions": len(ledger.acted),
        "imports begun": len(ledger.imports),
        "imported rows": sum(loaded.values()),
        "jobs acknowledged": len(ledger.jobs),
        "jobs run again after a kill": again[0],
        "requests without an answer, repeated": ledger.failures,
        "longest wait for an answer, seconds": round(ledger.longest),
        "broken promises": len(wrong),
    }
    return tally, wrong


def _creates(names: Counter[str], ledger: Ledger) -> list[str]:
    lost = [f"create acknowledged but not there: {name}" for name in ledger.created if not names[name]]
    twice = [f"there {count} times: {name}" for name, count in names.items() if count > 1]
    return lost + twice + [f"nobody asked for {name}" for name in names if name.startswith("混沌") and name not in ledger.tried]


def _acts(states: dict[int, str], written: Counter[int], ledger: Ledger) -> list[str]:
    """In effect, and once: the audit is written by the database with each write."""
    undone = [f"action acknowledged but not in effect: {pk}" for pk, state in ledger.acted.items() if states.get(pk) != state]
    twice = [f"action in the audit {written[pk]} times: {pk}" for pk in ledger.acted if written[pk] != 1]
    return undone + twice + [f"refused: {what}" for what in ledger.refused]


def _imports(loaded: Counter[str], jobs: dict[int, str], ledger: Ledger) -> list[str]:
    half = [f"half-written import {mark}: {count} of {ROWS}" for mark, count in loaded.items() if count != ROWS]
    missing = [
        f"import done but not there: {m}" for m, job in ledger.imports.items() if jobs.get(job) == "done" and not loaded[m]
    ]
    return half + missing


def _jobs(jobs: dict[int, str], reasons: dict[int, str], ledger: Ledger) -> list[str]:
    over = [pk for pk in ledger.jobs if jobs.get(pk) != "done"]
    return [f"job {pk} acknowledged, now {jobs.get(pk, 'lost')}: {reasons.get(pk, '')}" for pk in over]
