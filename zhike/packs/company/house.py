"""演示公司的部门: which departments stand above each, and who heads the nearest one that has a head."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

TOP = "HQ"


@dataclass(frozen=True)
class House:
    """Arguments:
    above: a department → itself and those above it, the company as a whole left out.
    heads: a department → the head of the nearest of these, by her id.
    """

    above: Mapping[int, list[int]]
    heads: Mapping[int, int]


def house(people: Mapping[str, tuple[int, int]]) -> House:
    """`people` are id and department by username: everybody's department is known by somebody who is in it."""
    told = json.loads(files(__package__).joinpath("organisation.json").read_text(encoding="utf-8"))
    ids = {person["department"]: people[person["username"]][1] for person in told["people"]}
    parents = {one["code"]: one["parent"] for one in told["departments"]}
    heading = {person["heads"]: people[person["username"]][0] for person in told["people"] if "heads" in person}
    above: dict[int, list[int]] = {}
    heads: dict[int, int] = {}
    for code, pk in ids.items():
        chain = _chain(code, parents)
        above[pk] = [ids[one] for one in chain if one in ids]
        if nearest := [heading[one] for one in chain if one in heading]:
            heads[pk] = nearest[0]
    return House(above, heads)


def _chain(code: str, parents: Mapping[str, str | None]) -> list[str]:
    chain: list[str] = []
    while code and code != TOP:
        chain.append(code)
        code = parents[code] or ""
    return chain
