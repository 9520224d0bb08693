"""时限 over HTTP: what is about to run out, and which days are worked."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from zhike.api.asked import day, number
from zhike.api.json import body, respond
from zhike.chinese.workdays import known_until
from zhike.features.clocks import pausing
from zhike.features.clocks.listing import Wanted, days
from zhike.features.clocks.listing import clocks as listed
from zhike.features.clocks.places import Place
from zhike.kernel.errors import Invalid


def clocks(actor: Any, request: HttpRequest) -> HttpResponse:
    """Open clocks, the most urgent first: `due` within so many days, `collection` and `record` of one record, `mine`."""
    given = request.GET
    due = number(given, "due", 0) if given.get("due") else None
    if due is not None and due > 3660:
        raise Invalid.of({"due": "应为正整数"})
    wanted = Wanted(
        due=due, collection=given.get("collection", ""), record=number(given, "record", 0),
        mine=bool(given.get("mine")), after=Place.read(given.get("after", "")),
    )  # fmt: skip
    return respond(listed(wanted, actor))


def pause(actor: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """No time passes until it is resumed: {"reason"}."""
    given = body(request)
    if unknown := set(given) - {"reason"}:
        raise Invalid.of(dict.fromkeys(sorted(unknown), "没有这个字段"))
    pausing.pause(pk, given.get("reason"), actor)
    return respond({})


def resume(actor: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Time goes on with what was left of it."""
    pausing.resume(pk, actor)
    return respond({})


def working_days(actor: Any, request: HttpRequest) -> HttpResponse:
    """Every day `from` … `to` as the calendar of a `department` has it; `known_until` is the last day announced nationally."""
    today = timezone.localdate()
    first, last = (day(request.GET, name) or today for name in ("from", "to"))
    rows = days(first, last, number(request.GET, "department", 0) or None)
    return respond({"rows": rows, "known_until": known_until().isoformat()})
