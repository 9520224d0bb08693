"""Looking at patterns and changing one 管理编号规则."""

from __future__ import annotations

from typing import Any

from zhike.features.numbering.numbered import numbered_fields, patterns_in_force
from zhike.features.numbering.objects.number_pattern import NumberPattern
from zhike.kernel import writes
from zhike.kernel.errors import Invalid, NotFound
from zhike.kernel.registry import objects
from zhike.kernel.writes.numbers import coming, written
from zhike.kernel.writes.one import permit


def shown_patterns(actor: Any) -> list[dict[str, Any]]:
    """Every numbered field, its pattern, and the number that the next record would have."""
    permit(NumberPattern, "view", actor)
    patterns = patterns_in_force()
    there = {key: found for key, found in numbered_fields().items() if found[0].spec.collection in objects()}
    return [_shown(key, model, kind, patterns.get(key)) for key, (model, kind) in there.items()]


def _shown(key: str, model: Any, kind: Any, pattern: str | None) -> dict[str, Any]:
    value = coming(model, kind)
    return {
        "field": key, "object": model.spec.label, "label": kind.label, "declared": kind.pattern,
        "pattern": pattern or kind.pattern, "next": value, "sample": written(pattern or kind.pattern, value),
    }  # fmt: skip


def change_pattern(field: str, wanted: Any, actor: Any) -> None:
    """Number new records so from now on; null for the declared pattern. Raises NotFound, Invalid saying what is wrong with it."""
    if field not in numbered_fields():
        raise NotFound("没有这个编号字段")
    if set(wanted) - {"pattern", "note"} or not isinstance(wanted.get("pattern"), str | None):
        raise Invalid.of({"pattern": "应为规则的文字，或 null"}, {"pattern": "编号格式"})
    pattern = (wanted.get("pattern") or "").strip()
    if pattern == (patterns_in_force().get(field) or ""):
        return
    writes.create(NumberPattern, {"field": field, "pattern": pattern, "note": wanted.get("note") or ""}, actor=actor)
