"""Who stands where around a record, and how tests speak of objects without naming one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

import pytest

from zhike.kernel.registry import objects
from zhike.org.scopes import everyone
from zhike.testing.kit import Api

every = pytest.mark.parametrize("model", [pytest.param(m, id=c) for c, m in objects().items()])
STATEFUL = {c: m for c, m in objects().items() if any(a.sources for a in m.actions().values())}
with_states = pytest.mark.parametrize("model", [pytest.param(m, id=c) for c, m in STATEFUL.items()])


@dataclass(frozen=True)
class Company:
    """`owner` made the record. The manager leads her department, `upper` the one above; `beside` reaches only that one."""

    owner: Api
    peer: Api
    manager: Api
    upper: Api
    beside: Api
    elsewhere: Api
    director: Api
    nobody: Api

    def everybody(self) -> Iterator[tuple[str, Api]]:
        return ((f.name, getattr(self, f.name)) for f in fields(self))


WITHIN_REACH = {"owner", "manager", "upper", "director"}


def sees(model: Any, name: str) -> bool:
    """Whether this person of the company sees the owner's record."""
    return name in WITHIN_REACH if model.spec.scope is not everyone else name != "nobody"


def path(model: Any, *parts: Any) -> str:
    return "/".join(str(p) for p in (model.spec.collection, *parts))


def only(pk: int) -> dict[str, Any]:
    """The filter for one record."""
    return {"field": "id", "op": "eq", "value": pk}


def stored(model: Any, pk: int) -> dict[str, Any] | None:
    """The whole row as it lies in the database, to prove that nothing changed."""
    return model._base_manager.filter(pk=pk).values().first()
