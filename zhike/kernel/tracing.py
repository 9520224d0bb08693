"""Tracing 追踪: for which request and which job the work at hand is done, so that every line of the log can say so."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection

log = logging.getLogger("zhike.slow")
LONGEST_STATEMENT = 2000


@dataclass(frozen=True)
class Trace:
    """`request` is the number a request came with or was given, `job` the id of the job being run."""

    request: str = ""
    job: int | None = None


NOTHING = Trace()
_current: ContextVar[Trace] = ContextVar("trace", default=NOTHING)


def current() -> Trace:
    """What the work at hand is done for."""
    return _current.get()


@contextmanager
def traced(request: str, job: int | None = None) -> Iterator[None]:
    """Say for what the work inside is done, and write down its slow queries."""
    token = _current.set(Trace(request, job))
    try:
        with connection.execute_wrapper(_timed):
            yield
    finally:
        _current.reset(token)


def _timed(execute: Callable[..., Any], statement: Any, values: Any, many: bool, context: dict[str, Any]) -> Any:
    """慢查询: the statement is written down, its values are not: they belong to customers."""
    started = time.perf_counter()
    try:
        return execute(statement, values, many, context)
    finally:
        took = time.perf_counter() - started
        if took >= settings.SLOW_QUERY:
            text = str(statement)[:LONGEST_STATEMENT]
            log.warning("慢查询 %.0f 毫秒", took * 1000, extra={"ms": round(took * 1000), "statement": text})
