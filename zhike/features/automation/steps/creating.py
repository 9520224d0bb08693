"""Creating another record for each: a task to follow up, a note, an order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhike.features.automation.steps.ground import Given, Ground, Step, dated, refuse_others
from zhike.features.automation.steps.wording import PLACE, filled, refuse_wording, told_rows
from zhike.kernel.errors import Invalid, Problem, Refused
from zhike.kernel.query.rows import resolve
from zhike.kernel.registry import objects
from zhike.kernel.writes import Outcome, create_many
from zhike.kernel.writes.parsing import labels, parse_fields

FROM, TEXT = {"from"}, {"text"}


class Create(Step):
    """{"do": "create", "collection": "…", "values": {"subject": {"text": "跟进 {name}"}, "customer": {"from": "id"}}}

    The new record belongs to whoever owns the one it is made for.
    """

    @staticmethod
    def check(model: Any, step: Given) -> None:
        refuse_others(step, "collection", "values")
        target, values = objects().get(step.get("collection", "")), step.get("values")
        if target is None or target.withholds("add"):
            raise ValueError("请选择要新建什么")
        if not isinstance(values, dict):
            raise ValueError("请填写要新建的内容")
        for name, value in values.items():
            _check_taken(model, target.kinds().get(name), value)
        _, errors = parse_fields(target.kinds(), dated(_constant(values)), whole=False)
        kinds = target.kinds()
        errors |= {n: "必填" for n, k in kinds.items() if k.editable and k.required and n not in values}
        if errors:
            raise Invalid.of(errors, labels(kinds))

    @staticmethod
    def label(model: Any, step: Given) -> str:
        return f"新建{objects()[step['collection']].spec.label}"

    @staticmethod
    def take(ground: Ground, step: Given) -> Outcome:
        target, values, outcome = objects()[step["collection"]], step["values"], Outcome()
        owners = dict(ground.rows.values_list("pk", "owner_id"))
        teams = dict(ground.rows.values_list("pk", "department_id"))
        rows = []
        for pk, raw in _raw(ground, values).items():
            parsed, errors = parse_fields(target.kinds(), raw, whole=True, unfinished=True)
            if errors:
                outcome.refused[pk] = Invalid.of(errors, labels(target.kinds())).message
                continue
            rows.append((pk, parsed | {"owner": owners[pk], "department": teams[pk]}))
        _create(target, rows, ground.actor, outcome)
        if rows and not outcome.done:
            raise Refused(outcome.refused[rows[0][0]])
        return outcome


def _create(target: Any, rows: list[tuple[int, dict[str, Any]]], actor: Any, outcome: Outcome) -> None:
    """All at once; when that is refused, halves of them, until the culprit stands alone."""
    if not rows:
        return
    try:
        create_many(target, [values for _, values in rows], actor=actor)
    except Problem as problem:
        if len(rows) == 1:
            outcome.refused[rows[0][0]] = problem.message
            return
        middle = len(rows) // 2
        _create(target, rows[:middle], actor, outcome)
        _create(target, rows[middle:], actor, outcome)
    else:
        outcome.done += [pk for pk, _ in rows]


def _constant(values: Given) -> dict[str, Any]:
    return {n: v for n, v in values.items() if not isinstance(v, Mapping) or set(v) not in (FROM, TEXT)}


def _check_taken(model: Any, kind: Any, value: Any) -> None:
    """A value taken from the record must be there, and of the same object where it points to one."""
    if isinstance(value, Mapping) and set(value) == TEXT:
        refuse_wording(value["text"], model)
    if not isinstance(value, Mapping) or set(value) != FROM or kind is None:
        return
    source = None if value["from"] == "id" else resolve(model, str(value["from"]))[1]
    pointed = model if source is None else getattr(source, "target", None)
    if getattr(kind, "target", None) is not pointed:
        raise ValueError(f"“{kind.label}”不能取自 {value['from']}")


def _raw(ground: Ground, values: Given) -> dict[int, dict[str, Any]]:
    """For each record the body a person would have sent; one query."""
    taken = {n: v["from"] for n, v in values.items() if isinstance(v, Mapping) and set(v) == FROM}
    texts = {n: v["text"] for n, v in values.items() if isinstance(v, Mapping) and set(v) == TEXT}
    names = {*taken.values(), *(place for text in texts.values() for place in PLACE.findall(text))}
    kinds = {name: resolve(ground.model, name)[1] for name in names - {"id"}}
    fixed = dated(_constant(values))
    return {
        pk: fixed
        | {n: _plain(row[source]) for n, source in taken.items()}
        | {n: filled(text, kinds, row) for n, text in texts.items()}
        for pk, row in told_rows(ground.rows, names).items()
    }


def _plain(value: Any) -> Any:
    """A value of a JSON row as a request carries it: references by their ids."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value["id"] if isinstance(value, dict) and "id" in value else value
