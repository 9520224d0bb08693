"""试运行: which records a rule would have touched, and what it would do to them – done for good and taken back.

Of a changed, created or deleted record the history knows; the conditions are asked of the records as they are now.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL

from zhike.features.approval.simulating import touched
from zhike.features.audit.models import Entry
from zhike.features.automation.definition import ACTION, CHANGED, CLOCK, CREATED, DELETED, TIME, Definition, check
from zhike.features.automation.rules import Rule
from zhike.features.automation.running import carry_out, matching
from zhike.features.clocks.models import Clock
from zhike.features.jobs.run import Run, job
from zhike.features.jobs.trying import Trial, open_to, period_of
from zhike.kernel.errors import Problem
from zhike.kernel.query import relative
from zhike.kernel.query.among import Among
from zhike.kernel.record import sees_all
from zhike.kernel.registry import find
from zhike.kernel.writes import Outcome
from zhike.kernel.writes.one import permit
from zhike.words.catalogue import say

KIND = "automation_rehearsal"
MOST, EXAMPLES = 100, 10
STRUCK = """EXISTS (
    SELECT FROM unnest(clocks_clock.at) WITH ORDINALITY AS struck(moment, place)
    WHERE clocks_clock.marks -> (place::int - 1) ->> 'name' = %s AND moment >= %s AND moment < %s AND place <= clocks_clock.passed
)"""
Json = dict[str, Any]


@dataclass(frozen=True)
class Days:
    """The time that is looked back on, both days included."""

    first: date
    last: date


@job(KIND)
def rehearse_job(run: Run, collection: str, given: Json, period: str) -> Json:
    """The same in a worker, where there are many records to choose from."""
    return rehearse(collection, given, period, actor=run.actor)


def rehearse(collection: str, given: Json, period: str = "last_30_days", *, actor: Any) -> Json:
    """How many records she may see, a few of them, and what each step would do to the latest hundred.

    Raises Invalid, NotFound, Forbidden.
    """
    model, definition = find(collection), check(collection, given)
    rule = Rule(pk=0, name="试运行", collection=collection, definition=definition)
    days = Days(*period_of(period))
    told = {"from": days.first.isoformat(), "to": days.last.isoformat(), "now": definition.when["on"] == TIME}
    if definition.when["on"] == DELETED:
        return told | _of_gone(model, days, actor)
    rows = matching(rule, None).filter(Q(pk__in=_meant(model, definition, days).values("pk")))
    rows = open_to(actor, rows, definition.condition, names=definition.when.get("fields") or ())
    ids = list(rows.order_by("-pk").values_list("pk", flat=True)[:MOST])
    labels = {record.pk: str(record) for record in model._base_manager.filter(Among("id", ids[:EXAMPLES]))}
    examples = [{"id": pk, "label": labels[pk]} for pk in ids[:EXAMPLES]]
    return told | {"count": rows.count(), "tried": len(ids), "examples": examples} | _tried(rule, ids)


def refuse_rehearsal(collection: str, given: Json, period: str) -> None:
    """What could not be tried is said before a job begins. Raises Invalid, NotFound."""
    check(collection, given)
    period_of(period)


REHEARSAL = Trial(kind=KIND, at_once=20_000, answer=rehearse, refuse=refuse_rehearsal)


def _meant(model: Any, definition: Definition, days: Days) -> Any:
    """The records to which it happened in these days; for a rule that runs by the clock all there are."""
    when = definition.when
    if when["on"] == CREATED:
        return _to_whom(model, "add", days)
    if when["on"] == CHANGED:
        return _changed(model, frozenset(when.get("fields") or ()), days)
    if when["on"] == ACTION:
        return _to_whom(model, when["action"], days)
    if when["on"] == CLOCK:
        struck = RawSQL(STRUCK, (when["mark"], relative.start_of(days.first), relative.end_of(days.last)))
        clocks = Clock.objects.filter(struck, kind=when["clock"], collection=model.spec.collection)
        return model._base_manager.filter(pk__in=clocks.values("record"))
    return model._base_manager.all()


def _to_whom(model: Any, verb: str, days: Days) -> Any:
    """The records to which this was done."""
    return model._base_manager.filter(pk__in=touched(model, verb, frozenset(), days.first, days.last).values("record"))


def _changed(model: Any, fields: frozenset[str], days: Days) -> Any:
    """Changed by whatever verb, as the rule itself counts it."""
    start, end = relative.start_of(days.first), relative.end_of(days.last)
    done = Entry.objects.filter(collection=model.spec.collection, at__gte=start, at__lt=end).exclude(verb__in=("add", "delete"))
    if fields:
        columns = [model.kinds()[n].get_attname_column()[1] for n in fields if model.kinds()[n].in_row]
        done = done.filter(Q(new__has_any_keys=sorted({*columns, *fields})) | Q(part__in=fields))
    return model._base_manager.filter(pk__in=done.values("record"))


def _of_gone(model: Any, days: Days, actor: Any) -> Json:
    """What was deleted is no longer there to try anything on; how much it was, only whoever saw everything may know."""
    permit(model, "view", actor)
    start, end = relative.start_of(days.first), relative.end_of(days.last)
    done = Entry.objects.filter(collection=model.spec.collection, verb="delete", part="", at__gte=start, at__lt=end)
    return {"count": done.count() if sees_all(model, actor) else 0, "tried": 0, "examples": [], "steps": [], "error": ""}


def _tried(rule: Rule, ids: list[int]) -> Json:
    """Do it within a transaction that is then taken back: the very reasons a real run would meet."""
    try:
        with transaction.atomic():
            report = carry_out(rule, ids, (), [], MOST)
            transaction.set_rollback(True)
    except Problem as problem:
        return {"steps": [], "error": problem.message}
    return {"steps": [_step(label, outcome) for label, outcome in report.steps], "error": ""}


def _step(label: str, outcome: Outcome) -> Json:
    refused = [{"id": pk, "reason": reason} for pk, reason in outcome.refused.items()]
    return {"label": label, "done": len(outcome.done), "refused": refused, "notes": [say(note) for note in outcome.notes]}


def vocabulary() -> Json:
    """What a designer offers beside the objects themselves: kinds of clocks and their marks."""
    from zhike.features.clocks.marks import LABELS
    from zhike.features.clocks.running import kinds
    from zhike.words.catalogue import word

    return {
        "clocks": [{"value": name, "label": word(label)} for name, label in sorted(kinds().items())],
        "marks": [{"value": name, "label": word(label)} for name, label in LABELS.items()],
    }
