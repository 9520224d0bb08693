"""The calendar feed over HTTP: a secret address anybody's calendar can read without signing in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from zhike.api.json import respond
from zhike.features.feeds import address
from zhike.features.feeds.feed import feed
from zhike.features.preferences.keeping import language_of
from zhike.org.entering import refuse_elsewhere
from zhike.words.speaking import speaking


def standing(actor: Any, request: HttpRequest) -> HttpResponse:
    """Whether the actor has an address, and since when."""
    return respond(address.standing(actor))


def give(actor: Any, request: HttpRequest) -> HttpResponse:
    """A new address, shown once; the one before is dead."""
    secret = address.give(actor)
    return respond({"address": request.build_absolute_uri(f"/api/v1/calendar/{secret}.ics"), **address.standing(actor)}, 201)


def take_back(actor: Any, request: HttpRequest) -> HttpResponse:
    """There is no address any more."""
    address.take_back(actor)
    return HttpResponse(status=204)


def read(request: HttpRequest, secret: str) -> HttpResponse:
    """The feed of whoever was given this address, as far as she may see now, and from where her roles may be used.

    Raises NotFound, Forbidden.
    """
    reader = address.reader(secret)
    refuse_elsewhere(reader, request)
    with speaking(language_of(reader.pk)):  # a calendar asks for no language
        text = feed(reader, request.build_absolute_uri("/").rstrip("/"))
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="zhike.ics"'
    answer["Cache-Control"], answer["Referrer-Policy"] = "private, no-store", "no-referrer"
    return answer
