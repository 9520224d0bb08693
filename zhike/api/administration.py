"""设置 over HTTP: what administrators change of the house itself and no single record holds."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from zhike.api.json import body, respond
from zhike.api.records import version
from zhike.org import granting


def role_matrix(actor: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Everything a role grants, object by object and verb by verb, and who has it."""
    return respond(granting.matrix(pk, actor))


def change_matrix(actor: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Change cells: {"grants": {"customers": {"view": "all", "delete": null}}}; null inherits again."""
    data = body(request)
    expected = version(request, data)
    granting.regrant(pk, data.get("grants"), actor=actor, version=expected)
    return respond(granting.matrix(pk, actor))
