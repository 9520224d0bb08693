"""Titles 名称: what records of one object are called, for whoever may see them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from zhike.kernel.reach import Actor


def titles(model: Any, ids: Iterable[int], actor: Actor) -> dict[int, str]:
    """By id; those out of the actor's sight are not among them. Nobody's roles can close a title."""
    seen = model.objects.visible_to(actor).filter(pk__in=set(ids)).values_list("pk", model.spec.title)
    return {pk: str(title or f"#{pk}") for pk, title in seen}
