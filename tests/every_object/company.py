"""Who stands where around a record, and how tests speak of objects without naming one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from zhike.kernel.reach import Reach
from zhike.kernel.registry import objects
from zhike.org.scopes import everyone
from zhike.testing.kit import Api, Staff, make_department, make_user

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


@dataclass(frozen=True)
class Company(Staff):
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
        return iter(vars(self).items())


def found() -> Company:
    """Two branches, one team in each, and everybody signed in."""
    headquarters = make_department("总部")
    east, south = make_department("华东", headquarters), make_department("华南", headquarters)
    places = {"总部": headquarters, "华东": east, "上海": make_department("上海", east), "深圳": make_department("深圳", south)}
    return Company(**{name: Api(make_user(name, reach, places[place])) for name, (reach, place) in PEOPLE.items()})


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
