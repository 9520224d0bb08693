"""Who stands where around a record, and how tests speak of objects without naming one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from zhike.kernel.reach import Reach
from zhike.kernel.registry import objects
from zhike.org.scopes import everyone
from zhike.testing.kit import Api, make_user

every = pytest.mark.parametrize("model", [pytest.param(m, id=c) for c, m in objects().items()])
BY_HAND = {c: m for c, m in objects().items() if not m.spec.arises}
made_by_hand = pytest.mark.parametrize("model", [pytest.param(m, id=c) for c, m in BY_HAND.items()])
recorded = pytest.mark.parametrize("model", [pytest.param(m, id=c) for c, m in objects().items() if c not in BY_HAND])
PASSED_ON = {c: m for c, m in objects().items() if not m.withholds("transfer")}
passed_on = pytest.mark.parametrize("model", [pytest.param(m, id=c) for c, m in PASSED_ON.items()])
STATEFUL = {c: m for c, m in objects().items() if any(a.sources for a in m.actions().values())}
with_states = pytest.mark.parametrize("model", [pytest.param(m, id=c) for c, m in STATEFUL.items()])


PEOPLE = {
    "owner": (Reach.SELF, "上海"), "peer": (Reach.SELF, "上海"), "manager": (Reach.DEPARTMENT, "上海"),
    "upper": (Reach.SUBTREE, "华东"), "beside": (Reach.DEPARTMENT, "华东"), "elsewhere": (Reach.SUBTREE, "深圳"),
    "director": (Reach.ALL, "总部"), "nobody": ({}, "上海"),
}  # fmt: skip


class Company:
    """`owner` made the record. The manager leads her department, `upper` the one above; `beside` reaches only that one.

    Nobody is hired before a test speaks of them: most need two or three of the eight.
    """

    def __init__(self, departments: dict[str, Any]) -> None:
        self._departments = departments

    def __getattr__(self, name: str) -> Api:
        if name not in PEOPLE:
            raise AttributeError(name)
        reach, department = PEOPLE[name]
        person = Api(make_user(name, reach, self._departments[department]))
        setattr(self, name, person)
        return person

    def everybody(self) -> Iterator[tuple[str, Api]]:
        return ((name, getattr(self, name)) for name in PEOPLE)


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
