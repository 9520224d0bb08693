"""Who sees what of a record, over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from zhike.api.asked import day, number
from zhike.api.json import body, respond
from zhike.features.audit.revealing import reveal
from zhike.features.insight import seen as insight_seen
from zhike.features.insight import why as insight_why
from zhike.features.leakage.evidence import evidence
from zhike.features.sharing import giving
from zhike.kernel.errors import Invalid
from zhike.kernel.registry import find


def shared_with(actor: Any, request: HttpRequest, collection: str, pk: int) -> HttpResponse:
    """To whom a record is shared."""
    return respond(giving.shares(find(collection), pk, actor))


def share(actor: Any, request: HttpRequest, collection: str, pk: int) -> HttpResponse:
    """Open a record: {"person" or "department", "change", "until"}; what was shared before is changed."""
    model = find(collection)
    giving.share(model, pk, body(request), actor)
    return respond(giving.shares(model, pk, actor), 201)


def take_back(actor: Any, request: HttpRequest, collection: str, pk: int, share_id: int) -> HttpResponse:
    """End a share."""
    giving.take_back(find(collection), pk, share_id, actor)
    return HttpResponse(status=204)


def why(actor: Any, request: HttpRequest, collection: str, pk: int) -> HttpResponse:
    """What lets ?person= do what with a record."""
    return respond(insight_why.why(find(collection), pk, number(request.GET, "person", actor.pk), actor))


def seen(actor: Any, request: HttpRequest, collection: str, pk: int) -> HttpResponse:
    """Who opened, exported, revealed or shared a record, `from` one day `to` another where they are named."""
    first, last = (day(request.GET, name) for name in ("from", "to"))
    return respond(insight_seen.seen(find(collection), pk, actor, first, last))


def of_alarm(actor: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody looked at or took along when an alarm was raised."""
    return respond(evidence(pk, actor))


def show_masked(actor: Any, request: HttpRequest, collection: str, pk: int) -> HttpResponse:
    """The whole value of a masked field: {"field"}; it is written down who asked."""
    data = body(request)
    if unknown := set(data) - {"field"}:
        raise Invalid.of(dict.fromkeys(sorted(unknown), "没有这个参数"))
    return respond({"value": reveal(find(collection), pk, data.get("field"), actor)})
