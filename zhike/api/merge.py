"""Merging over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from zhike.api.asked import number
from zhike.api.idempotency import once
from zhike.api.json import body, passed_on, respond
from zhike.api.records import record_json
from zhike.features.merge.finding import find_duplicates
from zhike.features.merge.groups import dismiss, duplicate_groups, merge_groups
from zhike.features.merge.merging import Merger
from zhike.features.merge.merging import merge as make_one
from zhike.kernel.errors import Invalid
from zhike.kernel.kinds.references import identifier
from zhike.kernel.registry import find

KEYS = {"keep", "others", "fields"}


def merge(actor: Any, request: HttpRequest, collection: str) -> HttpResponse:
    """Several records become one: {"keep": 1, "others": [2, 3], "fields": {"phone": 2}}."""
    model, asked = find(collection), _asked(body(request))

    def merged() -> HttpResponse:
        kept, changeset = make_one(model, asked, actor=actor)
        return passed_on(record_json(model, kept.pk, actor, {"changeset": changeset}))

    return once(actor, request, merged)


def _asked(data: dict[str, Any]) -> Merger:
    """Raises Invalid."""
    others, fields = data.get("others"), data.get("fields", {})
    if unknown := set(data) - KEYS:
        raise Invalid.of(dict.fromkeys(sorted(unknown), "没有这个字段"))
    if not isinstance(others, list) or not isinstance(fields, dict):
        raise Invalid.of(
            {"others": "应为一组记录编号"} if not isinstance(others, list) else {"fields": "应为 {字段: 取自哪条记录}"}
        )
    try:
        chosen = {name: identifier(pk) for name, pk in fields.items()}
        return Merger(identifier(data.get("keep")), [identifier(pk) for pk in others], chosen)
    except ValueError as error:
        raise Invalid.of({"keep": str(error)}, {"keep": "参与合并的记录"}) from None


def groups(actor: Any, request: HttpRequest, collection: str) -> HttpResponse:
    """Records that may be the same, group by group, with the reasons."""
    return respond(duplicate_groups(collection, actor, number(request.GET, "after", 0)))


def search(actor: Any, request: HttpRequest, collection: str) -> HttpResponse:
    """Look through the whole base for duplicates, as a job."""
    return respond(find_duplicates(collection, actor).as_json(), 202)


def different(actor: Any, request: HttpRequest, collection: str) -> HttpResponse:
    """不是重复: {"ids": [1, 2]} are different things; they are not offered again."""
    dismiss(collection, body(request).get("ids"), actor)
    return HttpResponse(status=204)


def many(actor: Any, request: HttpRequest, collection: str) -> HttpResponse:
    """Merge whole groups, each into its oldest record: {"groups": [[1, 2], [5, 9]]}."""
    return respond(merge_groups(collection, body(request).get("groups"), actor).as_json(), 202)
