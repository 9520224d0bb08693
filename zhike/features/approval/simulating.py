"""模拟: what a policy would have held back in a period that is over, and which way it would have gone.

The deeds are those of the history; the conditions are asked of each record as it was right after the deed, which is when a policy
asks them (`audit.past`). What the record only refers to is read as it is now, and the answer says so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any

from django.db.models import Count, Q

from zhike.features.approval.definition import Definition, check
from zhike.features.approval.guarding import route
from zhike.features.audit.models import Entry
from zhike.features.audit.past import Past, as_it_was
from zhike.features.audit.remembering import known_to, unknown_of
from zhike.features.jobs.run import Run, job
from zhike.features.jobs.trying import Progress, Trial, open_to, unheard
from zhike.kernel.errors import Invalid, Problem
from zhike.kernel.query import filters, relative
from zhike.kernel.record import whether
from zhike.kernel.registry import find
from zhike.org.objects.person import Person, System

KIND = "approval_simulation"
EXAMPLES = 3
ASKER = System("simulation")
KNOWS = "按每次办理当时的内容判断，从修改历史还原；关联的其他记录按现在的内容。"
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
    start, whens = relative.start_of(first), [step.when for step in definition.steps]
    open_to(actor, model.objects.all(), definition.condition, *whens, names=definition.fields)
    question, ways, deeds = _question(model, definition), Ways(model, definition), 0
    with as_it_was(question, since=start, seen_by=(model, actor), alone=True) as past:
        for turn, done in enumerate(past.each_time(touched(model, verb, definition.fields, first, last)), 1):
            told(turn, turn + 1)
            deeds += done.count()
            ways.add(done, past)
    routes = ways.told()
    return {
        "period": {"from": first.isoformat(), "to": last.isoformat()}, "deeds": deeds,
        "held": sum(r["count"] for r in routes if r["steps"]), "free": sum(r["count"] for r in routes if not r["steps"]),
        "routes": [r for r in routes if r["steps"]],
        "knows": known_to(model, actor, KNOWS), "notes": unknown_of(model, question, start),
    }  # fmt: skip


SIMULATION = Trial(kind=KIND, at_once=2_000, answer=simulate, refuse=refuse_simulation)


def _question(model: Any, definition: Definition) -> Any:
    """All that the conditions of a policy and of its steps read."""
    conditions = [definition.condition, *(step.when for step in definition.steps)]
    return model._base_manager.filter(*(filters.condition(model, tree, ASKER) for tree in conditions)).values("pk")


def touched(model: Any, verb: str, fields: frozenset[str], first: date, last: date) -> Any:
    """What the history tells of this being done in these days; of changes, only those of the fields protected."""
    start, end = relative.start_of(first), relative.end_of(last)
    done = Entry.objects.filter(collection=model.spec.collection, verb=verb, at__gte=start, at__lt=end)
    if verb == "add":
        return done.filter(part="", old__isnull=True)
    if verb == "change" and fields:
        in_row = [model.kinds()[n] for n in fields if model.kinds()[n].in_row]
        parts = sorted(fields - {kind.name for kind in in_row})
        done = done.filter(Q(new__has_any_keys=sorted(k.get_attname_column()[1] for k in in_row)) | Q(part__in=parts))
    return done


def _days(period: Any) -> tuple[date, date]:
    """A named period or two days. Raises Invalid."""
    try:
        if isinstance(period, dict):
            return date.fromisoformat(period["from"]), date.fromisoformat(period["to"])
        return relative.period(period or "last_quarter")
    except (ValueError, KeyError, TypeError):
        raise Invalid.of({"period": "应为时间段的名称，或 {from, to} 两个日期"}, {"period": "时间段"}) from None


class Ways:
    """The ways that deeds would have gone through the steps: how often each, and by whom for a few examples."""

    def __init__(self, model: Any, definition: Definition) -> None:
        self.model, self.steps = model, definition.steps
        self.condition = filters.condition(model, definition.condition, ASKER)
        self.flags = {f"step_{n}": whether(filters.condition(model, step.when, ASKER)) for n, step in enumerate(self.steps)}
        self.counts: Counter[tuple[bool, ...]] = Counter()
        self.examples: dict[tuple[bool, ...], list[Json]] = defaultdict(list)

    def add(self, done: Any, past: Past) -> None:
        """Records as they were right after the deed."""
        rows = done.filter(self.condition).order_by().annotate(**self.flags)
        for *way, count in rows.values_list(*self.flags).annotate(count=Count("pk")):
            taken = tuple(map(bool, way))
            self.counts[taken] += count
            if any(taken) and len(self.examples[taken]) < EXAMPLES:
                same = rows.filter(**dict(zip(self.flags, way, strict=True))).order_by("-pk")
                steps = [(n, step) for n, step in enumerate(self.steps) if taken[n]]
                missing = EXAMPLES - len(self.examples[taken])
                self.examples[taken] += [_example(record, steps, past.doer(record.pk)) for record in same[:missing]]

    def told(self) -> list[Json]:
        """The most frequent first."""
        return [
            {
                "steps": [s.name for s, on in zip(self.steps, way, strict=True) if on],
                "count": count,
                "examples": self.examples[way],
            }
            for way, count in self.counts.most_common()
        ]


def _example(record: Any, steps: list[tuple[int, Any]], doer: int | None) -> Json:
    """Who would have been asked by whoever did it; where a program did, by the record's creator."""
    told = {"id": record.pk, "label": str(record)}
    requester = Person._base_manager.filter(pk=doer or record.created_by_id or record.owner_id).first() or Person(
        department=record.department
    )
    try:
        ways = route(steps, record, requester)
    except Problem as problem:
        return told | {"people": [], "problem": problem.message}
    ids = {pk for step in ways for pk in step["people"]}
    names = dict(Person._base_manager.filter(pk__in=ids).values_list("pk", "name"))
    return told | {"people": [[names[pk] for pk in step["people"]] for step in ways], "problem": ""}
