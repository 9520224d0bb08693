"""Taking back over HTTP: undo of one's own deeds, and the recycle bin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from zhike.api.asked import number
from zhike.api.json import respond, respond_or_accept
from zhike.features.undo import undoing
from zhike.features.undo.deeds import deeds
from zhike.features.undo.noting import noted
from zhike.kernel.errors import Invalid


def undoable(act: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer to a deed that can be taken back says by which changeset, in a header: so does one without content."""
    with noted() as changesets:
        answer = act()
    if changesets:
        answer.headers["Changeset"] = str(changesets[0])
    return answer


def undo(actor: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a deletion, bulk change, hand-over or merge; what stayed as it is comes with the reason."""
    return respond_or_accept(undoing.undo(pk, actor))


def index(actor: Any, request: HttpRequest) -> HttpResponse:
    """One's own deeds that may still be taken back: ?after="""
    return respond(deeds(actor, number(request.GET, "after", 0)))


def recycled(actor: Any, request: HttpRequest) -> HttpResponse:
    """Deleted records of one object that may still come back: ?collection=customers&after="""
    collection = request.GET.get("collection", "")
    if not collection:
        raise Invalid.of({"collection": "请指明对象"})
    return respond(undoing.recycled(collection, actor, number(request.GET, "after", 0)))


def restore(actor: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Bring one deleted record back, with its lines, links, comments and files."""
    return respond(undoing.restore(pk, actor))
