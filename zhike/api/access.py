"""Who sees what of a record, over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from zhike.api.json import body, respond
from zhike.features.audit.revealing import reveal
from zhike.kernel.errors import Invalid
from zhike.kernel.registry import find


def show_masked(actor: Any, request: HttpRequest, collection: str, pk: int) -> HttpResponse:
    """The whole value of a masked field: {"field"}; it is written down who asked."""
    data = body(request)
    if unknown := set(data) - {"field"}:
        raise Invalid.of(dict.fromkeys(sorted(unknown), "没有这个参数"))
    return respond({"value": reveal(find(collection), pk, data.get("field"), actor)})
