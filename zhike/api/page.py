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
    """One query a related list, however many rows each has."""
    model = find(collection)
    record = record_json(model, pk, actor)
    related = ",".join(_related(r, pk, actor) for r in related_lists(model, actor))
    past = orjson.dumps(history(model, pk)).decode()
    return passed_on('{"record":', record, ',"related":{', related, '},"history":', past, "}")


def related_lists(model: Any, actor: Any) -> list[Any]:
    """The related lists whose objects the actor may see at all."""
    return [r for r in model.spec.related if actor.reach("view", apps.get_model(r.to)) is not Reach.NONE]


def _related(related: Any, pk: int, actor: Any) -> str:
    model = apps.get_model(related.to)
    wanted = listing.Asked(filter={"field": related.field, "op": "eq", "value": pk}, limit=ROWS)
    found = listing.page(model, wanted, actor)
    following = orjson.dumps(found.next).decode()
    return f'"{model.spec.collection}":{{"rows":{found.rows},"next":{following}}}'
