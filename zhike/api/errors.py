"""One error shape for everything: {code, message, fields}."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from zhike.api.json import respond
from zhike.kernel.errors import Problem

STATUS = {
    "malformed": 400, "unauthenticated": 401, "forbidden": 403, "csrf": 403, "not_found": 404, "method_not_allowed": 405,
    "stale": 409, "held": 409, "duplicates": 409, "in_use": 409, "refused": 409, "too_large": 413, "unsupported": 415,
    "invalid": 422, "locked_out": 429, "too_many": 429,
    "second_step": 401, "second_step_required": 403, "password_change_required": 403,
}  # fmt: skip


def answer(problem: Problem) -> HttpResponse:
    """The response that tells a problem, and when to try again if that helps."""
    told = respond(problem.as_json(), STATUS.get(problem.code, 400))
    if "wait" in problem.extra:
        told["Retry-After"] = str(problem.extra["wait"])
    return told


def said(code: str, message: str, **extra: Any) -> HttpResponse:
    """A problem that is no exception."""
    return respond({"code": code, "message": message, "fields": {}, **extra}, STATUS[code])
