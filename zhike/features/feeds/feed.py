"""A person's feed in the format every calendar reads (RFC 5545): what is hers, still pending, and placed on a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from icalendar import Calendar, Event

from zhike.kernel.query import filters
from zhike.kernel.reach import Actor, Reach
from zhike.kernel.registry import objects
from zhike.kernel.sight import askable
from zhike.words.catalogue import say, word

BEFORE, AHEAD, MOST = timedelta(days=60), timedelta(days=400), 1000
LONG = timedelta(minutes=30)


def feed(actor: Actor, root: str) -> bytes:
    """The calendar as text. `root` is the address of the site, for the way back to each record."""
    calendar = Calendar()
    calendar.add("prodid", "-//Zhike//CRM//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", say("知客日程"))
    calendar.add("refresh-interval", timedelta(minutes=30), parameters={"VALUE": "DURATION"})
    for model in objects().values():
        # A moment already past is no appointment: only what can still be pending has a place here.
        if model.spec.pending and model.spec.calendar in askable(model, actor) and actor.reach("view", model) is not Reach.NONE:
            for record in _placed(model, actor):
                calendar.add_component(_event(record, root))
    return bytes(calendar.to_ical())


def _placed(model: Any, actor: Actor) -> Iterator[Any]:
    at, today = model.spec.calendar, timezone.localdate()
    days = [(today - BEFORE).isoformat(), (today + AHEAD).isoformat()]
    wanted = {"and": [{"field": at, "op": "between", "value": days}, model.spec.pending]}
    mine = model.objects.visible_to(actor).filter(filters.condition(model, wanted, actor), owner_id=actor.pk)
    yield from mine.defer("search", "match_keys").order_by(at, "pk")[:MOST]


def _event(record: Any, root: str) -> Event:
    spec, at = record.spec, getattr(record, record.spec.calendar)
    event = Event()
    event.add("uid", f"{spec.collection}-{record.pk}@zhike")
    event.add("dtstamp", record.updated_at)
    event.add("last-modified", record.updated_at)
    event.add("sequence", record.version)
    event.add("summary", str(record))
    event.add("dtstart", at)
    event.add("dtend", _end(at))
    event.add("categories", [word(spec.label)])
    event.add("url", f"{root}/{spec.collection}/{record.pk}")
    event.add("transp", "OPAQUE" if isinstance(at, datetime) else "TRANSPARENT")
    return event


def _end(at: date | datetime) -> date | datetime:
    return at + LONG if isinstance(at, datetime) else at + timedelta(days=1)
