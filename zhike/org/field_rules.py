"""字段权限 of a role: {"customers": {"phone": "masked", "credit_code": "hidden"}}; of the lines of a record "products.price"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any

from zhike.kernel.errors import Invalid
from zhike.kernel.kinds import Lines
from zhike.kernel.registry import objects
from zhike.kernel.sight import Sight, may_rule

FieldRules = dict[str, dict[str, str]]
SIGHTS = {"hidden": Sight.HIDDEN, "masked": Sight.MASKED, "readonly": Sight.READONLY}
LABELS = {"hidden": "隐藏", "masked": "掩码", "readonly": "只读"}


def together(model: Any, held: Iterable[Mapping[str, str]]) -> dict[str, Sight]:
    """What the rules of several roles leave closed: a role that says nothing of a field opens it.

    A rule that cannot be (brought in by hand, or of a field since changed) hides rather than shows.
    """
    roles = list(held)
    named = set.intersection(*(set(said) for said in roles)) if roles else set()
    summed = {name: reduce(Sight.plus, (SIGHTS.get(said[name], Sight.HIDDEN) for said in roles)) for name in named}
    known = {name: sight for name, sight in summed.items() if may_rule(model, name, Sight.HIDDEN)}
    return {n: s if may_rule(model, n, s) else Sight.HIDDEN for n, s in known.items() if s is not Sight.OPEN}


def checked(wanted: Any) -> dict[str, dict[str, str | None]]:
    """Rules as they were asked for, if each of them can be. Raises Invalid naming the field."""
    if not isinstance(wanted, Mapping) or not all(isinstance(fields, Mapping) for fields in wanted.values()):
        raise Invalid.of({"fields": "应为 {对象: {字段: 规则}}"}, {"fields": "字段权限"})
    wrong = {f"{c}.{n}": why for c, fields in wanted.items() for n, rule in fields.items() if (why := _wrong(c, n, rule))}
    if wrong:
        raise Invalid.of(wrong)
    return {collection: dict(fields) for collection, fields in wanted.items()}


def _wrong(collection: str, name: str, rule: Any) -> str:
    model = objects().get(collection)
    if model is None or not may_rule(model, str(name), Sight.HIDDEN):
        return "没有这个字段，或它不能另设权限"
    if rule is None:
        return ""
    if not isinstance(rule, str) or rule not in SIGHTS:
        return "没有这个规则"
    return "" if may_rule(model, name, SIGHTS[rule]) else "这种字段只能隐藏或只读"


def offered(model: Any) -> list[dict[str, Any]]:
    """The fields of an object that a rule may be set for, and which rules."""
    fields = [(name, kind.label) for name, kind in model.kinds().items()]
    for name, kind in model.kinds().items():
        if isinstance(kind, Lines):
            fields += [(f"{name}.{part}", f"{kind.label}·{inner.label}") for part, inner in kind.target.kinds().items()]
    found = ((name, label, [rule for rule, sight in SIGHTS.items() if may_rule(model, name, sight)]) for name, label in fields)
    return [{"name": name, "label": label, "rules": rules} for name, label, rules in found if rules]
