"""Everything on a record's page in one answer: the record, its related lists, its history."""

from __future__ import annotations

from typing import Any

import orjson
from django.apps import apps
from django.http import HttpRequest, HttpResponse

from zhike.api.json import passed_on
from zhike.api.records import record_json
from zhike.features.audit.history import history
from zhike.kernel.query import listing
from zhike.kernel.reach import Reach
from zhike.kernel.registry import find

ROWS = 20


def page(actor: Any, request: HttpRequest, collection: str, pk: int) -> HttpResponse:
    """As few queries as there are kinds of things to ask, however many lists and rows."""
    model = find(collection)
    record = record_json(model, pk, actor)
    related = related_lists(model, actor)
    pages = listing.pointing_to([(apps.get_model(r.to), r.field) for r in related], pk, actor, ROWS)
    shown = ",".join(_shown(r, found) for r, found in zip(related, pages, strict=True))
    past = orjson.dumps(history(model, pk)).decode()
    return passed_on('{"record":', record, ',"related":{', shown, '},"history":', past, "}")


def related_lists(model: Any, actor: Any) -> list[Any]:
    """The related lists whose objects the actor may see at all."""
    return [r for r in model.spec.related if actor.reach("view", apps.get_model(r.to)) is not Reach.NONE]


def _shown(related: Any, found: listing.Page) -> str:
    following = orjson.dumps(found.next).decode()
    return f'"{apps.get_model(related.to).spec.collection}":{{"rows":{found.rows},"next":{following}}}'
