"""Changing sets of options 选项与阶段: looking at one whole, its order, and retiring an option with what used it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from zhike.features.audit.models import Entry
from zhike.features.fields.objects.choice_option import ChoiceOption
from zhike.features.fields.option_sets import STEP, Member, OptionSet, find_set, option_sets
from zhike.features.jobs.run import Run, find_job, job, start
from zhike.kernel import writes
from zhike.kernel.errors import Invalid, NotFound, Refused
from zhike.kernel.kinds import Choices, State
from zhike.kernel.query.titles import titles
from zhike.kernel.registry import objects
from zhike.kernel.writes.one import permit

REPLACE, PUT_BACK = "options_replace", "options_put_back"
MOST_NAMED = 1000
TOUCHED = "之后又改成了别的选项"


def shown_sets(actor: Any) -> list[dict[str, Any]]:
    """Every set with its options as they are now, and what may be done to each."""
    permit(ChoiceOption, "view", actor)
    records = {(r.field, r.value): r for r in ChoiceOption.objects.visible_to(actor)}
    return [_shown(s, records) for s in option_sets().values() if _there(s)]


def _there(options: OptionSet) -> list[Member]:
    """Its fields, without those of switched-off modules."""
    return [m for m in options.members if m.model.spec.collection in objects()]


def _shown(options: OptionSet, records: dict[tuple[str, str], Any]) -> dict[str, Any]:
    fields = [{"collection": m.model.spec.collection, "field": m.name, "label": m.key, "lines": m.lines} for m in _there(options)]
    return {
        "key": options.key, "label": options.label, "kind": options.kind.kind, "closed": options.closed,
        "weighted": options.weighted, "fields": fields, "deciding": _deciding(options),
        "options": [_option(options, value, o, records.get((options.key, value))) for value, o in options.kind.options.items()],
    }  # fmt: skip


def _deciding(options: OptionSet) -> dict[str, Any] | None:
    """The field these depend on, with the values it may have."""
    kind = options.deciding
    return kind and {"label": kind.label, "options": [{"value": v, "label": o.label} for v, o in kind.open().items()]}


def _option(options: OptionSet, value: str, option: Any, record: Any) -> dict[str, Any]:
    declared = options.kind.declared.get(value)
    facts = {"color": option.facts.get("color", ""), "probability": option.facts.get("probability")}
    return {
        "value": value, "label": option.label, **facts, "when": option.when, "retired": option.retired,
        "kept": options.kept(value),
        "declared": declared.label if declared else None,
        "record": {"id": record.pk, "version": record.version} if record else None,
    }  # fmt: skip


def uses(key: str, value: str, actor: Any) -> list[dict[str, Any]]:
    """How many records have chosen an option, field by field. Raises NotFound."""
    permit(ChoiceOption, "view", actor)
    options = find_set(key)
    if value not in options.kind.options:
        raise NotFound("没有这个选项")
    return [
        {"collection": m.model.spec.collection, "label": m.model.spec.label, "count": m.using(value).count()}
        for m in options.members
    ]


def put_in_order(key: str, values: Any, actor: Any) -> None:
    """The order people see. Raises Invalid unless every option is named once."""
    options = find_set(key)
    now = list(options.kind.options)
    if not isinstance(values, list) or sorted(map(str, values)) != sorted(now):
        raise Invalid.of({"values": "应列出每一个选项，各一次"}, {"values": "次序"})
    with transaction.atomic():
        for n, value in enumerate(values):
            record = laid_over(options, value, actor)
            if record.position != n * STEP:
                writes.update(record, {"position": n * STEP}, actor=actor)


def laid_over(options: OptionSet, value: str, actor: Any) -> Any:
    """The record of an option, made when nothing was laid over the declaration yet."""
    found = ChoiceOption.objects.visible_to(actor, "change").filter(field=options.key, value=value).first()
    label = options.kind.options[value].label
    return found or writes.create(ChoiceOption, {"field": options.key, "value": value, "label": label}, actor=actor)


def retire(key: str, value: Any, to: Any, actor: Any) -> Any:
    """Close an option; with `to`, everything that has chosen it has the other from now on, as a job. Raises Refused, Invalid."""
    options = find_set(key)
    if not isinstance(value, str) or value not in options.kind.options:
        raise Invalid.of({"value": "没有这个选项"}, {"value": "选项"})
    if to is not None and (to not in [*options.kind.open()] or to == value):
        raise Invalid.of({"to": "请选择另一个可用的选项"}, {"to": "改成"})
    if to is not None and any(m.lines for m in options.members):
        raise Refused("明细里的选项不能成批改写；请选择保留")
    with transaction.atomic():
        writes.act(laid_over(options, value, actor), "retire", actor=actor)
        if to is None:
            return None
        label = f"把“{options.kind.options[value].label}”改成“{options.kind.options[to].label}”"
        return start(REPLACE, label, {"key": key, "value": value, "to": to}, actor=actor)


@job(REPLACE)
def replace(run: Run, key: str, value: str, to: str) -> dict[str, Any]:
    """Every record the actor may change; each keeps in its history what it was."""
    tally = Tally(run)
    for member in _in_turn(key):
        outcome = writes.put_many(member.using(value), member.name, _instead(member, value, to), actor=run.actor)
        tally.add(member.model, outcome)
    return tally.as_json() | {"key": key, "value": value, "to": to}


def _in_turn(key: str) -> list[Member]:
    """The fields of a set, a state last: what keeps its story has the other name by then, and sees that nothing has moved."""
    return sorted(find_set(key).members, key=lambda member: isinstance(member.kind, State))


@dataclass
class Tally:
    """How many records took the other option, and which did not and why; those whom the actor may see by name."""

    run: Run
    changed: int = 0
    refused: int = 0
    records: list[dict[str, Any]] = field(default_factory=list)

    def add(self, model: Any, outcome: writes.Outcome) -> None:
        self.changed += len(outcome.done)
        self.refused += len(outcome.refused)
        seen = titles(model, outcome.refused, self.run.actor)
        self.records += [row for row in outcome.left(model) if row["id"] in seen][: MOST_NAMED - len(self.records)]
        self.run.progress(self.changed)

    def as_json(self) -> dict[str, Any]:
        return {"changed": self.changed, "refused": self.refused, "records": self.records}


def _instead(member: Member, value: str, to: str) -> Callable[[Any], Any]:
    """What a record has in place of the old option."""
    if not isinstance(member.kind, Choices):
        return lambda record: to
    return lambda record: list(dict.fromkeys(to if v == value else v for v in getattr(record, member.name)))


def _before(pairs: dict[int, tuple[Any, Any]]) -> Callable[[Any], Any]:
    return lambda record: pairs[record.pk][0]


def put_back(pk: int, actor: Any) -> Any:
    """Undo such a job: what it changed and nobody has changed since. Raises NotFound, Refused."""
    done = find_job(pk, actor)
    if done.kind != REPLACE or done.state != "done":
        raise Refused("这个任务不能撤销")
    return start(PUT_BACK, f"撤销：{done.label}"[:200], {"job": pk}, actor=actor)


@job(PUT_BACK)
def put_back_all(run: Run, job: int) -> dict[str, Any]:
    """The old value, as the history has it, wherever the new one still stands."""
    done, tally = find_job(job, run.actor).result, Tally(run)
    for member in _in_turn(done["key"]):
        entries = Entry.objects.filter(through=f"job:{job}", collection=member.model.spec.collection, part="")
        pairs = {e.record: (e.old[member.name], e.new[member.name]) for e in entries if member.name in (e.new or {})}
        rows = member.model._base_manager.filter(pk__in=pairs)
        standing = [r.pk for r in rows if getattr(r, member.name) == pairs[r.pk][1]]
        outcome = writes.put_many(rows.filter(pk__in=standing), member.name, _before(pairs), actor=run.actor)
        outcome.refused |= dict.fromkeys(sorted({r.pk for r in rows} - {*standing}), TOUCHED)
        tally.add(member.model, outcome)
    return tally.as_json()
