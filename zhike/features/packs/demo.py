"""演示公司: its people, then the records its story tells, then what they ask one another for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhike.features.audit.telling import date_back, tell
from zhike.features.packs.accounts import Account, accounts, password
from zhike.features.packs.asking import Asked, ask
from zhike.features.packs.pack import data, story
from zhike.features.packs.setup import PACK, find_or_create, load_pack
from zhike.kernel.events import Event, emit
from zhike.kernel.registry import find
from zhike.kernel.writes import create_many, update
from zhike.org.objects.person import Person
from zhike.org.sign_in import set_password

DEEDS, ASKS, PAST = "deeds", "asks", "past"
"""Beside the fields of a row: what was done to the record in the year that is told, as (verb, moment, person) and, where it is
told, what the record held before and after; and what people do or ask for when the whole story is written, as `Asked`: what a
policy holds back waits for whoever must agree.

A step of the story that is called `past` writes no records: each of its rows names a record (`collection`, `record`), its
`deeds`, and `at`, when what followed for it from other records came about."""


@dataclass(frozen=True, kw_only=True)
class DemoTold(Event):
    """The story is in the database: what is otherwise reckoned at night is to be reckoned now."""


@transaction.atomic
def seed_demo(name: str) -> list[Account]:
    """Fill an empty installation with a pack's demo company and return who may sign in. Raises NotFound.

    Where the demo company is there already nothing is written, so that a second start takes no time.
    """
    load_pack(name)
    organisation = data(name, "organisation")
    departments = _departments(organisation["departments"])
    people, fresh = _people(organisation["people"], departments)
    if fresh:
        _head(organisation["people"], departments, people)
        _tell(name, people)
        emit(DemoTold(actor=PACK))
    return accounts(name)


def _departments(listed: list[dict[str, Any]]) -> dict[str, Any]:
    """The company tree, from the top down."""
    made: dict[str, Any] = {}
    for one in listed:
        parent = {"parent": made[one["parent"]].pk} if one["parent"] else {}
        values = {n: one[n] for n in ("code", "name", "kind")} | parent
        made[one["code"]], _ = find_or_create("departments", {"code": one["code"]}, values)
    return made


def _people(listed: list[dict[str, Any]], departments: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """Everybody by username, and whether anybody had to be made."""
    roles = {r.code: r.pk for r in find("roles")._base_manager.all()}
    posts = {p.name: p.pk for p in find("posts")._base_manager.all()}
    made, any_fresh = {}, False
    for one in listed:
        values = {"username": one["username"], "name": one["name"], "department": departments[one["department"]].pk}
        links = {"post": posts[one["post"]], "roles": [roles[one["role"]]]}
        person, fresh = find_or_create("people", {"username": one["username"]}, values | links)
        if fresh and one.get("shown"):
            set_password(person, password(one))
        made[one["username"]], any_fresh = person, any_fresh or fresh
    return made, any_fresh


def _head(listed: list[dict[str, Any]], departments: dict[str, Any], people: dict[str, Any]) -> None:
    """Heads of departments, who are the managers of those in them."""
    for one in (p for p in listed if "heads" in p):
        update(departments[one["heads"]], {"manager": people[one["username"]].pk}, actor=PACK)


def _tell(name: str, people: dict[str, Any]) -> None:
    """Write the records of the story, step by step; each step is told the ids of the records it made."""
    told = story(name).records(timezone.now(), {u: (p.pk, p.department_id) for u, p in people.items()})
    collection, rows = next(told)
    asked: list[tuple[Any, Asked]] = []
    written: set[Any] = set()
    while True:
        if collection == PAST:
            made = _remember(rows)
        else:
            made, more = _write(find(collection), rows)
            asked += more
            written.add(find(collection))
        try:
            collection, rows = told.send(made)
        except StopIteration:
            break
    for model in sorted(written, key=lambda one: one.spec.collection):
        date_back(model)
    _ask(asked)


def _write(model: Any, rows: list[dict[str, Any]]) -> tuple[list[int], list[tuple[Any, Asked]]]:
    """The ids of the records made, and what is asked for about each."""
    deeds, asks = [row.pop(DEEDS, ()) for row in rows], [row.pop(ASKS, ()) for row in rows]
    made = create_many(model, rows, actor=PACK)
    tell(model, zip((r.pk for r in made), deeds, strict=True), through=PACK.through)
    return [r.pk for r in made], [(record, one) for record, theirs in zip(made, asks, strict=True) for one in theirs]


def _remember(rows: list[dict[str, Any]]) -> list[int]:
    """What became of records in the year that is told."""
    for collection in sorted({row["collection"] for row in rows}):
        theirs, model = [row for row in rows if row["collection"] == collection], find(collection)
        tell(model, ((row["record"], row.get(DEEDS, ())) for row in theirs), through=PACK.through)
        date_back(model, {row["record"]: row["at"] for row in theirs if "at" in row})
    return []


def _ask(asked: list[tuple[Any, Asked]]) -> None:
    """What waits for somebody, the longest first."""
    acting = {person.pk: person for person in Person.objects.acting()}
    for record, one in sorted(asked, key=lambda pair: pair[1].at):
        ask(record, one, acting)
