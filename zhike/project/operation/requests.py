"""请求: every request gets a number, is timed and counted; the number stands in its answer, its log lines and its jobs."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from zhike.kernel.tracing import traced
from zhike.project.operation import metrics

log = logging.getLogger("zhike.request")
HEADER = "X-Request-ID"
SECRET = {"secret", "code"}
"""Parts of an address that only its owner knows: of a calendar, of a paper."""
SENSIBLE = re.compile(r"[A-Za-z0-9._-]{1,64}")


class Observed:
    """The outermost layer of every request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        number, started = number_of(request), time.perf_counter()
        with traced(number):
            response = self._next(request)
            took = time.perf_counter() - started
            metrics.count_request(request.method or "", route_of(request), response.status_code, took)
            if log.isEnabledFor(logging.INFO):
                log.info("%s %s", request.method, shown(request), extra=_facts(request, response, took))
        response.headers[HEADER] = number
        return response


def number_of(request: HttpRequest) -> str:
    """The number the caller or a proxy gave, when it is sensible, else a new one."""
    given = request.headers.get(HEADER, "")
    return given if SENSIBLE.fullmatch(given) else uuid.uuid4().hex


def route_of(request: HttpRequest) -> str:
    """The address as declared, whatever the record: few enough to count by."""
    match = request.resolver_match
    return match.route if match else "static"


def shown(request: HttpRequest) -> str:
    """The address without what only its owner may know."""
    match = request.resolver_match
    return f"/{match.route}" if match and match.kwargs.keys() & SECRET else request.path


def _facts(request: HttpRequest, response: HttpResponseBase, took: float) -> dict[str, Any]:
    return {"method": request.method, "path": shown(request), "status": response.status_code, "ms": round(took * 1000, 1)}
