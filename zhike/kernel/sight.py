"""Sight 字段权限: what of a record somebody may read, ask about and fill in. One policy that every door consults.

A hidden field is, for whoever may not see it, a field that does not exist: asking about it is answered as for an unknown name.
A masked one shows part of its value and cannot be asked about, because an answer would tell the rest. Rules stand with the roles
(see org/field_rules.py) and are in force under the organisation's revision, like reach itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import F

from zhike.kernel.kinds.lines import Lines, Parent
from zhike.kernel.reach import Reach
from zhike.kernel.registry import every_object

if TYPE_CHECKING:
    from zhike.kernel.reach import Actor
    from zhike.kernel.record import AnyKind


class Sight(IntEnum):
    """隐藏 · 掩码 (read in part, filled in anew) · 只读 (read, never filled in) · 开放."""

    HIDDEN, MASKED, READONLY, OPEN = range(4)

    def plus(self, other: Sight) -> Sight:
        """What two roles give together: who may read by the one and write by the other may do both."""
        return Sight.OPEN if {self, other} == {Sight.MASKED, Sight.READONLY} else max(self, other)


Rules = Mapping[str, Sight]
NOT_YOURS = "您只能查看，不能修改"
UNKNOWN = "没有这个字段"


def may_rule(model: Any, name: str, sight: Sight) -> bool:
    """Whether a rule can say this of a field: every record keeps its name, its state and what decides who may see it."""
    head, _, part = name.partition(".")
    kind = model.kinds().get(head)
    if part:
        kind = kind.target.kinds().get(part) if isinstance(kind, Lines) else None
    if kind is None or kind.system or kind.kind == "state" or head == model.spec.title:
        return False
    return sight is not Sight.MASKED or bool(kind.masked and not part)


def rules(model: Any, actor: Actor) -> Rules:
    """What is less than open to the actor, by field; for the lines of a record the rules of that record say it."""
    if hasattr(model, "spec"):
        return {**actor.rules(model), **_closed(model, actor)} if model.spec.closed else actor.rules(model)
    parent, field = _held_by(model)
    said = actor.rules(parent)
    return {name.partition(".")[2]: sight for name, sight in said.items() if name.startswith(f"{field}.")} if said else said


def _closed(model: Any, actor: Actor) -> Rules:
    """The fields whose content belongs to another object, for whoever may not do there what opens them (`Spec.closed`)."""
    known = every_object()
    return {n: Sight.HIDDEN for n, (c, verb) in model.spec.closed.items() if actor.reach(verb, known[c]) is Reach.NONE}


@cache
def _held_by(line: Any) -> tuple[Any, str]:
    """The record a line belongs to, and its field that holds such lines."""
    parent = next(x.remote_field.model for x in line._meta.local_fields if isinstance(x, Parent))
    return parent, next(name for name, lines in parent.lines.items() if lines.target is line)


def sight(model: Any, name: str, actor: Actor) -> Sight:
    """How far the actor sees one field."""
    return rules(model, actor).get(name, Sight.OPEN)


def readable(model: Any, actor: Actor) -> dict[str, AnyKind]:
    """The fields there are for this actor, masked ones included."""
    said = rules(model, actor)
    kinds: dict[str, AnyKind] = model.kinds()
    return {n: k for n, k in kinds.items() if said.get(n) is not Sight.HIDDEN} if said else kinds


def askable(model: Any, actor: Actor) -> dict[str, AnyKind]:
    """The fields the actor may filter, order, group, search and add up by: those whose whole value she may read."""
    said = rules(model, actor)
    kinds: dict[str, AnyKind] = model.kinds()
    return {n: k for n, k in kinds.items() if said.get(n, Sight.OPEN) >= Sight.READONLY} if said else kinds


def refused(model: Any, given: Mapping[str, Any], actor: Actor) -> dict[str, str]:
    """Why the actor may not fill in some of what she gave, by field; parts of lines are told beside their table."""
    said, found = rules(model, actor), {}
    for name in given if said else ():
        if said.get(name) in WHY_NOT:
            found[name] = WHY_NOT[said[name]]
        elif isinstance(model.kinds().get(name), Lines):
            found |= _refused_parts(name, given[name], said)
    return found


WHY_NOT = {Sight.HIDDEN: UNKNOWN, Sight.READONLY: NOT_YOURS}


def _refused_parts(name: str, rows: Any, said: Rules) -> dict[str, str]:
    parts = {part for row in rows or () if isinstance(row, Mapping) for part in row} if isinstance(rows, list) else set()
    wrong = {part: WHY_NOT[s] for part in sorted(parts) if (s := said.get(f"{name}.{part}")) in WHY_NOT}
    return {name: "；".join(f"{part}：{why}" for part, why in wrong.items())} if wrong else {}


def expression(model: Any, name: str, path: str, actor: Actor) -> Any:
    """The SQL that puts a readable field into a JSON row, as far as the actor sees it."""
    kind, said = model.kinds()[name], rules(model, actor)
    if isinstance(kind, Lines):
        return kind.expression(path, readable(kind.target, actor) if said else None)
    return kind.masked.expression(F(path)) if said.get(name) is Sight.MASKED else kind.expression(path)


def shown(model: Any, name: str, value: Any, actor: Actor) -> Any:
    """A stored value of a readable field, as far as the actor sees it."""
    hides = value not in (None, "") and sight(model, name, actor) is Sight.MASKED
    return model.kinds()[name].masked(value) if hides else value


def as_text(model: Any, name: str, value: Any, actor: Actor) -> Any:
    """A value of a JSON row as people read it; a masked one is text already."""
    if sight(model, name, actor) is Sight.MASKED:
        return value or ""
    return model.kinds()[name].show(value)
