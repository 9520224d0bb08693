"""离职交接 over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from zhike.api.json import body, respond
from zhike.features.leaving import handing_over


def shown(actor: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody who leaves would hand over."""
    return respond(handing_over.preview(pk, actor))


def begin(actor: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Close the account now and hand everything over: {"to": [person, …], "collections": {"customers": [person, …]}}."""
    return respond(handing_over.leave(pk, body(request), actor).as_json(), 202)
