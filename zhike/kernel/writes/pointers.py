"""Added references to records about to go. Declared ones the database itself protects; of these only we know."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from zhike.kernel import added
from zhike.kernel.errors import InUse


def pointed_at(model: Any, ids: Collection[int]) -> dict[int, str]:
    """Those of these to which an added field of any record still points, and which."""
    found: dict[int, str] = {}
    for kind in added.current().pointing_to(model):
        rows = kind.model._base_manager.filter(**{f"{kind.path}__in": ids}).values_list(kind.path, flat=True).distinct()
        found |= dict.fromkeys(map(int, rows), f"还有{kind.model.spec.label}引用它（{kind.label}），不能删除")
    return found


def refuse_pointed_at(model: Any, ids: Collection[int]) -> None:
    """Raise InUse when an added field of any record still points to one of these."""
    for reason in pointed_at(model, ids).values():
        raise InUse(reason)
