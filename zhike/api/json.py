"""JSON in and out."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException

from zhike.features.jobs.models import Job
from zhike.kernel.errors import Malformed, Problem

TYPE = "application/json"


class TooLarge(Problem):
    code = "too_large"


class Unsupported(Problem):
    code = "unsupported"


def respond(data: Any, status: int = 200) -> HttpResponse:
    return HttpResponse(orjson.dumps(data, default=str), content_type=TYPE, status=status)


def respond_or_accept(done: Any) -> HttpResponse:
    """An answer that is there, or the job that will have it: 202."""
    return respond(done.as_json(), 202) if isinstance(done, Job) else respond(done)


def passed_on(*parts: str, status: int = 200) -> HttpResponse:
    """JSON that PostgreSQL has built already, put together without reading it."""
    return HttpResponse("".join(parts).encode(), content_type=TYPE, status=status)


def body(request: HttpRequest) -> dict[str, Any]:
    """The object a caller sent. Raises Malformed, Unsupported."""
    raw = _raw(request)
    if not raw.strip():
        return {}
    if request.content_type not in (TYPE, ""):
        raise Unsupported(f"请求内容应为 {TYPE}")
    try:
        data = orjson.loads(raw)
    except orjson.JSONDecodeError:
        raise Malformed("请求内容不是正确的 JSON") from None
    if not isinstance(data, dict):
        raise Malformed("请求内容应为一个 JSON 对象")
    return data


def _raw(request: HttpRequest) -> bytes:
    from django.core.exceptions import RequestDataTooBig

    try:
        return request.body
    except RequestDataTooBig:
        raise TooLarge("请求内容过大") from None
    except RawPostDataException:
        raise Malformed("请求内容已被读取") from None
