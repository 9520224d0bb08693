"""分页: in whatever order, walking page by page meets every row exactly once."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest

from tests.every_object.company import every, path
from zhike.testing.kit import Api, make

pytestmark = pytest.mark.django_db


def walk(api: Api, model: Any, order: str, limit: int) -> Iterator[dict[str, Any]]:
    after: str | None = ""
    while after is not None:
        page = api.get(path(model), order=order, limit=limit, fields="id", **({"after": after} if after else {})).json()
        yield from page["rows"]
        after = page["next"]


@every
def test_every_sortable_column_walks_through_all_rows_once_both_ways(model: Any, director: Api) -> None:
    for _ in range(4):
        make(model, actor=director.person)
    everything = set(model._base_manager.values_list("pk", flat=True))
    chance = random.Random(model.__name__)
    for name, kind in model.kinds().items():
        if not kind.sortable:
            continue
        for order in (name, f"-{name}"):
            met = [row["id"] for row in walk(director, model, order, chance.randint(2, 3))]
            assert len(met) == len(set(met)), order
            assert set(met) == everything, order


@every
def test_what_cannot_be_sorted_is_refused(model: Any, director: Api) -> None:
    for name, kind in model.kinds().items():
        if not kind.sortable:
            assert director.get(path(model), order=name).json()["fields"] == {name: "不能按此列排序"}
