"""Whether somebody could ask a question at all (字段权限): what would be refused need not be offered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from zhike.kernel import sight
from zhike.kernel.errors import Problem
from zhike.kernel.query import filters
from zhike.kernel.query.rows import asked_about
from zhike.kernel.reach import Actor
from zhike.kernel.registry import objects


def answerable(model: Any, actor: Actor, *, trees: Iterable[Any] = (), names: Iterable[str] = ()) -> bool:
    """Whether every condition and every field ("amount", "sum:amount", "closed_on:month") may be asked about."""
    if not sight.rules(model, actor) and not any(actor.rules(m) for m in objects().values()):
        return True
    try:
        for tree in trees:
            filters.condition(model, tree, actor)
        for name in names:
            asked_about(model, _field(name), actor)
    except Problem:
        return False
    return True


def _field(name: str) -> str:
    """Of a measure the field behind its word, of a group that before the part of a date."""
    word, _, rest = name.partition(":")
    return rest if word in ("sum", "avg", "min", "max") else word
