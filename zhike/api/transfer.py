"""Imports, saved mappings and exports over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from zhike.api.approvals import held_back
from zhike.api.asked import number
from zhike.api.idempotency import once
from zhike.api.json import body, respond
from zhike.api.work import uploaded
from zhike.features.approval.submitting import Deed
from zhike.features.transfer.exporting import start_export
from zhike.features.transfer.importing import (
    as_json,
    ask_for_update,
    begin_import,
    change_import,
    chosen_of,
    find_import,
    imports_of,
    start_import,
)
from zhike.features.transfer.saved import delete_mapping, save_mapping, saved_mappings
from zhike.kernel.errors import Invalid


def begin(actor: Any, request: HttpRequest) -> HttpResponse:
    """Upload a file for a collection; the answer proposes where its columns go."""
    sent, collection = uploaded(request), request.POST.get("collection", "")
    if unknown := set(request.POST) - {"collection", "sheet"}:
        raise Invalid.of(dict.fromkeys(sorted(unknown), "没有这个字段"))
    sheet = request.POST.get("sheet") or None
    found = begin_import(collection, sent.name or "", sent.chunks(), actor=actor, sheet=sheet)
    return respond(as_json(found, actor), 201)


def index(actor: Any, request: HttpRequest) -> HttpResponse:
    """The actor's own imports, newest first."""
    return respond({"rows": imports_of(actor, number(request.GET, "after", 0))})


def shown(actor: Any, request: HttpRequest, pk: int) -> HttpResponse:
    return respond(as_json(find_import(pk, actor), actor))


def change(actor: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the mapping or what to do with duplicates, and look again."""
    return respond(as_json(change_import(find_import(pk, actor), body(request), actor=actor), actor))


def check(actor: Any, request: HttpRequest, pk: int) -> HttpResponse:
    return _start("import_check", pk, actor)


def run(actor: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Carry it out, or ask first where it may update more records than one may change alone (E-24)."""
    found = find_import(pk, actor)
    deed = Deed(collection=found.collection, verb="change", data={"import": pk, "chosen": chosen_of(found)}, options={"many": 0})

    def begin() -> HttpResponse:
        ask_for_update(found, actor)
        return _start("import", pk, actor)

    return once(actor, request, lambda: held_back(actor, deed, begin))


def undo(actor: Any, request: HttpRequest, pk: int) -> HttpResponse:
    return _start("import_undo", pk, actor)


def _start(kind: str, pk: int, actor: Any) -> HttpResponse:
    return respond(start_import(find_import(pk, actor), kind, actor=actor).as_json(), 202)


def mappings(actor: Any, request: HttpRequest) -> HttpResponse:
    """Every saved mapping the actor could use."""
    return respond({"rows": [saved.as_json() for saved in saved_mappings(actor)]})


def add_mapping(actor: Any, request: HttpRequest) -> HttpResponse:
    return respond(save_mapping(body(request), actor=actor).as_json(), 201)


def remove_mapping(actor: Any, request: HttpRequest, pk: int) -> HttpResponse:
    delete_mapping(pk, actor=actor)
    return HttpResponse(status=204)


def export(actor: Any, request: HttpRequest, collection: str) -> HttpResponse:
    """Export what the actor sees, as a job whose file can be fetched, or a request where somebody must agree first."""
    data = body(request)
    deed = Deed(collection=collection, verb="export", data=data)

    def begin() -> HttpResponse:
        return respond(start_export(collection, data, actor=actor).as_json(), 202)

    return once(actor, request, lambda: held_back(actor, deed, begin))
