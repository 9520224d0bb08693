"""共享: to whom a report or a dashboard is open besides its owner. What it shows is always each viewer's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q

from zhike.kernel.declare import f
from zhike.kernel.reach import Actor, Reach
from zhike.kernel.registry import objects

SHARES = {"private": "仅自己", "department": "本部门", "everyone": "所有人"}


def shared(actor: Actor, reach: Reach) -> Q:
    """What colleagues of the same department, or anybody, opened to her."""
    return Q(share="everyone") | Q(share="department", department_id=actor.department_id, department__isnull=False)


class Declared(Mapping[str, Any]):
    """Every declared object by its collection; asked for when needed, for at the time of declaring not all are known."""

    def __getitem__(self, collection: str) -> Any:
        return f.option(objects()[collection].spec.label)

    def __iter__(self) -> Iterator[str]:
        return iter(objects())

    def __len__(self) -> int:
        return len(objects())


class ObjectChoice(f.Choice):
    """One of the declared objects."""

    def __init__(self, label: str = "", *args: Any, **kwargs: Any) -> None:
        super().__init__(label, Declared(), *args, **{"max_length": 60, **kwargs})

    def set_options(self, options: Any) -> None:
        self.written = self.declared = options
