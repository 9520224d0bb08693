"""模拟: what a policy would have held back in a period that is over, and which way it would have gone.

The deeds are those of the history; the conditions are asked of the records as they are now.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q

from zhike.features.approval.definition import check, read
from zhike.features.approval.guarding import route
from zhike.features.audit.models import Entry
from zhike.features.jobs.run import Run, job
from zhike.features.jobs.trying import Progress, Trial, open_to, unheard
from zhike.kernel.errors import Invalid, Problem
from zhike.kernel.query import filters, relative
from zhike.kernel.record import whether
from zhike.kernel.registry import find
from zhike.org.objects.person import Person, System

KIND = "approval_simulation"
EXAMPLES = 3
Json = dict[str, Any]


@job(KIND)
def simulate_job(run: Run, collection: str, verb: str, given: Json, period: Any) -> Json:
    """The same in a worker, one way through the steps after another."""
    return simulate(collection, verb, given, period, actor=run.actor, told=run.progress)


def refuse_simulation(collection: str, verb: str, given: Json, period: Any) -> None:
    """What could not be simulated is said before a job begins. Raises Invalid, NotFound."""
    check(collection, verb, given)
    _days(period)


def simulate(collection: str, verb: str, given: Json, period: Any, *, actor: Any, told: Progress = unheard) -> Json:
    """Counts of deeds, of those held back, and of each way through the steps. Raises Invalid, NotFound, Forbidden."""
    model, definition = find(collection), check(collection, verb, given)
    first, last = _days(period)
    asker, whens = System("simulation"), (step.when for step in definition.steps)
    done = touched(model, verb, definition.fields, first, last)
    done = open_to(actor, done, definition.condition, *whens, names=definition.fields)
    met = done.filter(filters.condition(model, definition.condition, asker))
    flags = {f"step_{n}": whether(filters.condition(model, s.when, asker)) for n, s in enumerate(definition.steps)}
    ways = list(met.order_by().annotate(**flags).values_list(*flags).annotate(count=Count("pk")).order_by("-count"))
    routes = []
    for number, (*way, count) in enumerate(ways, 1):
        told(number, len(ways) + 1)
        routes.append(_way(model, met, given, [n for n, taken in enumerate(way) if taken], flags, count))
    return {
        "period": {"from": first.isoformat(), "to": last.isoformat()}, "deeds": done.count(),
        "held": sum(r["count"] for r in routes if r["steps"]), "free": sum(r["count"] for r in routes if not r["steps"]),
        "routes": [r for r in routes if r["steps"]],
    }  # fmt: skip


SIMULATION = Trial(kind=KIND, at_once=20_000, answer=simulate, refuse=refuse_simulation)


def touched(model: Any, verb: str, fields: frozenset[str], first: date, last: date) -> Any:
    """The records to which this was done in these days; of changes, only those of the fields protected."""
    start, end = relative.start_of(first), relative.end_of(last)
    if verb == "add":
        return model._base_manager.filter(created_at__gte=start, created_at__lt=end)
    done = Entry.objects.filter(collection=model.spec.collection, verb=verb, at__gte=start, at__lt=end)
    if verb == "change" and fields:
        in_row = [model.kinds()[n] for n in fields if model.kinds()[n].in_row]
        parts = sorted(fields - {kind.name for kind in in_row})
        done = done.filter(Q(new__has_any_keys=sorted(k.get_attname_column()[1] for k in in_row)) | Q(part__in=parts))
    return model._base_manager.filter(pk__in=done.values("record"))


def _days(period: Any) -> tuple[date, date]:
    """A named period or two days. Raises Invalid."""
    try:
        if isinstance(period, dict):
            return date.fromisoformat(period["from"]), date.fromisoformat(period["to"])
        return relative.period(period or "last_quarter")
    except (ValueError, KeyError, TypeError):
        raise Invalid.of({"period": "应为时间段的名称，或 {from, to} 两个日期"}, {"period": "时间段"}) from None


def _way(model: Any, met: Any, given: Json, taken: list[int], flags: Json, count: int) -> Json:
    """One way through the steps: how often, and by whom for a few examples."""
    steps = read(given).steps
    names = [steps[n].name for n in taken]
    if not taken:
        return {"steps": [], "count": count, "examples": []}
    same = {name: int(name.removeprefix("step_")) in taken for name in flags}
    rows = met.annotate(**flags).filter(**same).order_by("-pk")[:EXAMPLES]
    return {"steps": names, "count": count, "examples": [_example(row, [(n, steps[n]) for n in taken]) for row in rows]}


def _example(record: Any, steps: list[tuple[int, Any]]) -> Json:
    """Who would have been asked, had the record's creator been the requester."""
    told = {"id": record.pk, "label": str(record)}
    requester = Person._base_manager.filter(pk=record.created_by_id or record.owner_id).first() or Person(
        department=record.department
    )
    try:
        ways = route(steps, record, requester)
    except Problem as problem:
        return told | {"people": [], "problem": problem.message}
    ids = {pk for step in ways for pk in step["people"]}
    names = dict(Person._base_manager.filter(pk__in=ids).values_list("pk", "name"))
    return told | {"people": [[names[pk] for pk in step["people"]] for step in ways], "problem": ""}
