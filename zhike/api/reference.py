"""Small things every screen asks for."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from zhike.api.asked import asked, number
from zhike.api.json import respond
from zhike.chinese import divisions as known_divisions
from zhike.features.approval.inbox import waiting
from zhike.features.audit.changes import changes as changes_since
from zhike.features.notify.reading import unread
from zhike.features.search.across import SHOWN
from zhike.features.search.across import search as search_across
from zhike.kernel.errors import Invalid
from zhike.kernel.registry import find

MOST_SHOWN = 50


def ping(actor: Any, request: HttpRequest) -> HttpResponse:
    """The emptiest request that still asks who one is; the measure of all others."""
    return respond({})


def search(actor: Any, request: HttpRequest) -> HttpResponse:
    """Records that contain the words: of every object, or of those named by `in`."""
    limit = number(request.GET, "limit", SHOWN)
    if not 1 <= limit <= MOST_SHOWN:
        raise Invalid.of({"limit": f"应在 1 与 {MOST_SHOWN} 之间"})
    words = asked(request, also=frozenset({"in"})).words
    named = [find(collection) for collection in request.GET.get("in", "").split(",") if collection]
    return respond({"groups": search_across(words, actor, limit, named or None)})


def changes(actor: Any, request: HttpRequest) -> HttpResponse:
    """What changed since `after` (without it, where to start from), and how much is new and waits for the actor.

    Another revision: what she may see or fill in is another.
    """
    after = number(request.GET, "after", -1)
    own = {"unread": unread(actor), "waiting": waiting(actor), "revision": actor.revision}
    return respond(changes_since(after if after >= 0 else None, actor) | own)


def divisions(actor: Any, request: HttpRequest) -> HttpResponse:
    """Provinces, cities and counties with their codes."""
    answer = respond(known_divisions.tree())
    answer["Cache-Control"] = "private, max-age=86400"
    return answer
