"""Everything on a record's page in one answer: the record, its related lists, its history."""

from __future__ import annotations

from typing import Any

import orjson
from django.apps import apps
from django.http import HttpRequest, HttpResponse

from zhike.api.json import passed_on
from zhike.api.records import record_json
from zhike.features.audit.history import history
from zhike.features.insight.noting import viewed
from zhike.kernel.query import listing
from zhike.kernel.registry import find
from zhike.kernel.related import lists

ROWS = 20


def page(actor: Any, request: HttpRequest, collection: str, pk: int) -> HttpResponse:
    """As few queries as there are kinds of things to ask, however many lists and rows."""
    model = find(collection)
    record = record_json(model, pk, actor)
    viewed(model, pk, actor)
    related = lists(model, actor)
    pages = listing.pointing_to([(apps.get_model(r.to), r.field) for _, r in related], pk, actor, ROWS)
    shown = ",".join(_shown(key, found) for (key, _), found in zip(related, pages, strict=True))
    past = orjson.dumps(history(model, pk, actor)).decode()
    return passed_on('{"record":', record, ',"related":{', shown, '},"history":', past, "}")


def _shown(key: str, found: listing.Page) -> str:
    return f'"{key}":{{"rows":{found.rows},"next":{orjson.dumps(found.next).decode()}}}'
