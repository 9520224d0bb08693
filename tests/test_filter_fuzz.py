"""一万棵随机筛选树: over every object, right and wrong, deep and dotted; each is answered or refused, and none is an error."""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests.test_filter_language import JUNK, operand
from zhike.kernel.errors import Problem
from zhike.kernel.kinds import Lines, Ref
from zhike.kernel.query import filters
from zhike.kernel.reach import Reach
from zhike.kernel.record import whether
from zhike.kernel.registry import objects
from zhike.testing.kit import make, make_department, make_user

pytestmark = pytest.mark.django_db
TREES, AT_ONCE, DEEPEST = 10_000, 25, 3
OPS = sorted({op for model in objects().values() for kind in model.kinds().values() for op in kind.ops})
SHAPES: list[Any] = [
    None,
    5,
    "x",
    [],
    {"and": 5},
    {"or": {}},
    {"not": []},
    {"xor": []},
    {"and": [], "or": []},
    {"field": "name"},
    {"op": "eq"},
]


class Dice:
    """Draws trees about one object for one person."""

    def __init__(self, seed: str, actor: Any) -> None:
        self.dice, self.actor = random.Random(seed), actor

    def tree(self, model: Any, depth: int = 0) -> Any:
        throw = self.dice.random()
        if throw < 0.02:
            return self.dice.choice(SHAPES)
        if depth == DEEPEST or throw < 0.5:
            return self.leaf(model)
        if throw < 0.65:
            return {"not": self.tree(model, depth + 1)}
        return {self.dice.choice(["and", "or"]): [self.tree(model, depth + 1) for _ in range(self.dice.randint(0, 3))]}

    def leaf(self, model: Any) -> Any:
        name, kind = self.field(model)
        op = self.dice.choice(kind.ops) if kind.ops and self.dice.random() < 0.95 else self.dice.choice([*OPS, "like", ""])
        fits = op in kind.ops and self.dice.random() < 0.9
        value = operand(kind, op, self.actor) if fits else self.dice.choice(JUNK)
        return {"field": name, "op": op} | ({} if op in ("empty", "filled") else {"value": value})

    def field(self, model: Any, depth: int = 0) -> tuple[str, Any]:
        """A field of the object, or of what it points to, up to four steps away."""
        name, kind = self.dice.choice(list(model.kinds().items()))
        if isinstance(kind, Ref | Lines) and depth < 3 and self.dice.random() < 0.5:
            inner, found = self.field(kind.target, depth + 1)
            return f"{name}.{inner}", found
        return name, kind


def test_ten_thousand_trees_over_every_object_are_answered_or_refused() -> None:
    """In batches: every tree of a batch is a column of one statement, so that PostgreSQL evaluates all of them for each row."""
    boss = make_user("boss", Reach.ALL, make_department("总部"))
    seller = make_user("seller", Reach.SELF, make_department("销售部"))
    share, answered = TREES // len(objects()) + 1, 0
    for collection, model in objects().items():
        for _ in range(2):
            make(model, actor=boss)
        for actor in (boss, seller):
            answered += tried(model, Dice(f"{collection} {actor.username}", actor), share // 2 + 1)
    assert answered > TREES // 2


def tried(model: Any, dice: Dice, count: int) -> int:
    """How many of so many trees could be asked."""
    asked = [rule for _ in range(count) if (rule := compiled(model, dice.tree(model), dice.actor)) is not None]
    for at in range(0, len(asked), AT_ONCE):
        columns = {f"c{n}": whether(rule) for n, rule in enumerate(asked[at : at + AT_ONCE])}
        list(model.objects.visible_to(dice.actor).annotate(**columns).values_list(*columns)[:2])
    return len(asked)


def compiled(model: Any, tree: Any, actor: Any) -> Any:
    """The condition; nothing for one that was refused in the one way there is."""
    try:
        return filters.condition(model, tree, actor)
    except Problem as refused:
        assert refused.code in ("invalid", "malformed"), (tree, refused)
        return None
