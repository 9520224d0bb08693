"""What an alarm is about 告警依据: the very records somebody opened, revealed or took along in that hour or day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from zhike.features.audit.models import Entry
from zhike.features.insight.models import Exported, Viewed
from zhike.features.insight.noting import store
from zhike.features.leakage.limits import Length
from zhike.features.leakage.objects.alarm import OFF_HOURS, Alarm
from zhike.features.leakage.off_hours import of_person
from zhike.kernel.errors import NotFound
from zhike.kernel.query.titles import titles
from zhike.kernel.reach import Actor
from zhike.kernel.registry import objects
from zhike.words.catalogue import word

MOST = 200
Row = dict[str, Any]


def evidence(pk: int, actor: Actor) -> dict[str, Any]:
    """The latest of it, newest first; records out of the auditor's own reach are counted, not named. Raises NotFound."""
    alarm = Alarm.objects.visible_to(actor).filter(pk=pk).first()
    if alarm is None:
        raise NotFound()
    store()
    return {"rows": _named(_rows(alarm), actor)}


def _rows(alarm: Any) -> list[Row]:
    if alarm.kind == OFF_HOURS:
        day = timezone.localdate(alarm.since)
        seen, taken = (of_person(model, alarm.person_id, day) for model in (Viewed, Exported))
        return sorted(_seen(seen) + _runs(taken), key=lambda row: row["at"], reverse=True)[:MOST]
    return _exports(alarm) if alarm.kind == "export" else _met(alarm)


def _met(alarm: Any) -> list[Row]:
    """Views and revelations of the hour before it was found."""
    period = (alarm.at - timedelta(hours=1), alarm.at)
    if alarm.kind == "view":
        found = Viewed.objects.filter(person_id=alarm.person_id, at__range=period)
    else:
        found = Entry.objects.filter(verb="reveal", actor_id=alarm.person_id, at__range=period)
    return _seen(found)


def _seen(found: Any) -> list[Row]:
    """One row a record met."""
    rows = found.order_by("-pk").values("at", "collection", "record", "through")[:MOST]
    return [row | {"count": 1} for row in rows]


def _exports(alarm: Any) -> list[Row]:
    period = (alarm.at - timedelta(days=1), alarm.at)
    return _runs(Exported.objects.filter(person_id=alarm.person_id, at__range=period))


def _runs(found: Any) -> list[Row]:
    """One row an export: what of, how many."""
    jobs = found.values("job", "at", "collection").annotate(count=Sum(Length("ids"))).order_by("-job")[:MOST]
    return [{"at": j["at"], "collection": j["collection"], "record": None, "through": "", "count": j["count"]} for j in jobs]


def _named(rows: list[Row], actor: Actor) -> list[Row]:
    """With the names of objects and of the records the auditor may see: one query an object."""
    ids = {c: {r["record"] for r in rows if r["collection"] == c} - {None} for c in {r["collection"] for r in rows}}
    named = {c: titles(objects()[c], of, actor) if c in objects() and of else {} for c, of in ids.items()}
    labels = {c: word(objects()[c].spec.label) if c in objects() else c for c in ids}
    return [
        {**row, "at": row["at"].isoformat(), "object": labels[row["collection"]],
         "title": named[row["collection"]].get(row["record"], "")} for row in rows
    ]  # fmt: skip
