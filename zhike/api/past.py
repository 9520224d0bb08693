"""The history of a record over HTTP: what it was, and the way back to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from zhike.api.asked import number
from zhike.api.json import body, respond
from zhike.api.records import changed_to, version
from zhike.features.audit.history import history
from zhike.features.audit.restoring import before
from zhike.kernel.errors import Invalid, NotFound
from zhike.kernel.registry import find


def past(actor: Any, request: HttpRequest, collection: str, pk: int) -> HttpResponse:
    """The history of a record one may see."""
    model = _seen(collection, pk, actor)
    return respond(history(model, pk, actor, number(request.GET, "after", 0) or None))


def change_back(actor: Any, request: HttpRequest, collection: str, pk: int, entry: int) -> HttpResponse:
    """The named fields, or all of them, as they were before this entry: a change like any other, under the same rules."""
    model, data = _seen(collection, pk, actor), body(request)
    expected, names = version(request, data), data.pop("fields", None)
    if data or not (names is None or (isinstance(names, list) and all(isinstance(name, str) for name in names))):
        raise Invalid.of(dict.fromkeys(data, "没有这个字段") or {"fields": "应为一组字段的名称"})
    return changed_to(actor, request, model, pk, before(model, pk, entry, names, actor), expected)


def _seen(collection: str, pk: int, actor: Any) -> Any:
    model = find(collection)
    if not model.objects.visible_to(actor).filter(pk=pk).exists():
        raise NotFound()
    return model
