"""上下级: records that stand under another record of their own kind (产品分类, 集团客户) must not form a circle."""

from __future__ import annotations

from typing import Any

from zhike.kernel.declare import Refused

DEEPEST = 50


def refuse_circle(record: Any, field: str) -> None:
    """A record may not stand under itself, nor under anything that stands under it."""
    if record.pk and record.pk in _above(type(record), getattr(record, f"{field}_id"), field):
        label = type(record)._meta.get_field(field).verbose_name
        raise Refused(f"{label}不能是它自己或它的下级", {field: "不能是它自己或它的下级"})


def _above(model: Any, start: int | None, field: str) -> list[int]:
    """Ids from `start` upwards, nearest first; stops where a circle would begin."""
    found: list[int] = []
    while start and start not in found and len(found) < DEEPEST:
        found.append(start)
        start = model.objects.filter(pk=start).values_list(f"{field}_id", flat=True).first()
    return found
