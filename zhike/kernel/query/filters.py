"""The filter language 筛选条件: one JSON tree for lists, views, segments, alerts, approvals and automation.

{"and": [{"field": "level", "op": "in", "value": ["a", "b"]}, {"not": {"field": "customer.name", "op": "empty"}}]}
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from zhike.kernel import sight
from zhike.kernel.errors import Invalid
from zhike.kernel.kinds import Lines, Ref
from zhike.kernel.kinds.base import Kind
from zhike.kernel.reach import Actor
from zhike.kernel.record import sees_all, shared

DEEPEST_TREE, MOST_CONDITIONS = 8, 200
SHARED = "shared"
"""共享给我的: {"field": "id", "op": "shared"}."""


def condition(model: Any, tree: Any, actor: Actor) -> Q:
    """The rows of `model` that meet `tree`, asked by `actor`. Raises Invalid naming the field and what is wrong."""
    if tree in (None, {}):
        return Q()
    return _Compiler(actor).node(model, tree, 0)


class _Compiler:
    """One compilation: counts the conditions, so that nobody can ask an endless question."""

    def __init__(self, actor: Actor) -> None:
        self.actor, self.conditions = actor, 0

    def node(self, model: Any, tree: Any, depth: int) -> Q:
        if not isinstance(tree, dict) or depth > DEEPEST_TREE:
            raise Invalid(f"筛选条件应为一棵不超过 {DEEPEST_TREE} 层的树", {"filter": "格式不正确"})
        if "field" in tree:
            return self.leaf(model, tree)
        if len(tree) != 1 or (word := next(iter(tree))) not in ("and", "or", "not"):
            raise Invalid("筛选条件只能由 and、or、not 或字段条件组成", {"filter": "格式不正确"})
        if word == "not":
            return ~Q(pk__in=self.matching(model, self.node(model, tree["not"], depth + 1)))
        return self.joined(model, tree[word], Q.AND if word == "and" else Q.OR, depth)

    def matching(self, model: Any, found: Q) -> Any:
        """The ids that meet a condition: “not” is then exact also where values are empty."""
        return model._base_manager.filter(found).values("pk")

    def joined(self, model: Any, branches: Any, connector: str, depth: int) -> Q:
        if not isinstance(branches, list):
            raise Invalid("and 与 or 需要一组条件", {"filter": "格式不正确"})
        nodes = [self.node(model, b, depth + 1) for b in branches]
        if not nodes:
            nothing = Q(pk__in=[])
            return ~nothing if connector == Q.AND else nothing
        return Q(*nodes, _connector=connector)

    def leaf(self, model: Any, tree: dict[str, Any]) -> Q:
        name, op = tree.get("field"), tree.get("op")
        self.conditions += 1
        if self.conditions > MOST_CONDITIONS:
            raise Invalid(f"最多 {MOST_CONDITIONS} 个条件", {"filter": "条件过多"})
        if not isinstance(name, str) or not isinstance(op, str) or set(tree) - {"field", "op", "value"}:
            raise Invalid("每个条件由 field、op 与 value 组成", {"filter": "格式不正确"})
        if (name, op) == ("id", SHARED):
            return shared(model, self.actor) or Q(pk__in=[])
        return self.follow(model, name, name.split("."), lambda kind, path: self.compare(name, kind, path, op, tree))

    def follow(self, model: Any, name: str, parts: list[str], compare: Callable[[Any, str], Q]) -> Q:
        """Step through references and lines to the field that is compared."""
        head, *rest = parts
        kind = IDENTITY if head == "id" and not rest else sight.askable(model, self.actor).get(head)
        if kind is None or len(parts) > 4:
            raise Invalid.of({name: sight.UNKNOWN})
        if not rest:
            return compare(kind, kind.path)
        inner = self.follow(kind.target, name, rest, compare) if isinstance(kind, Ref | Lines) else None
        if inner is None:
            raise Invalid.of({name: sight.UNKNOWN})
        return kind.having(inner) if isinstance(kind, Lines) else self.referenced(kind, inner)

    def referenced(self, kind: Ref, inner: Q) -> Q:
        """Only records the asker may see can be asked about: a filter must not tell what a page would not."""
        rows = kind.target.objects.filter(inner)
        if not sees_all(kind.target, self.actor):
            rows = rows.visible_to(self.actor)
        return Q(**{f"{kind.path}__in": rows.values("pk")})

    def compare(self, name: str, kind: Kind, path: str, op: str, tree: dict[str, Any]) -> Q:
        if op not in kind.ops:
            raise Invalid.of({name: f"不能用“{op}”比较"})
        try:
            return kind.condition(path, op, tree.get("value"), self.actor)
        except ValueError as error:
            raise Invalid.of({name: str(error)}) from None


class _Identity(Kind):
    """The id of a record, so that a chosen few can be asked for."""

    kind, ops = "integer", ("eq", "ne", "in")

    def __init__(self) -> None:
        """No column of its own: it stands for the primary key."""

    @property
    def path(self) -> str:
        return "id"

    def convert(self, raw: Any) -> int:
        if isinstance(raw, bool) or not isinstance(raw, int) or abs(raw) >= 2**63:
            raise ValueError("应为记录的编号 (id)")
        return raw


IDENTITY = _Identity()
