"""Cards of the desk 工作台卡片 as data.

A card asks a list or an aggregation of one object, so the gate, the filters and the numbers are those of the list.
Which cards somebody begins with follows from how far she may go, never from the name of her role.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Literal

from zhike.kernel.query.answerable import answerable
from zhike.kernel.reach import Actor, Reach
from zhike.kernel.registry import find, objects

Filter = dict[str, Any]
Kind = Literal["number", "ratio", "funnel", "bar", "line", "list", "figures", "progress", "approvals", "deadlines"]


class Standing(StrEnum):
    """How somebody stands to the records of an object."""

    OWN = "own"
    """本人: she sees what is hers (销售)."""
    TEAM = "team"
    """团队: she sees her department's (部门经理)."""
    COMPANY = "company"
    """全公司: she sees and works on everything (销售管理)."""
    OVERVIEW = "overview"
    """总览: she sees everything and leaves the work to others (高管)."""


EVERYBODY = tuple(Standing)
ABOVE_OTHERS = (Standing.TEAM, Standing.COMPANY, Standing.OVERVIEW)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a card of figures: a measure now and, with `against`, the same measure before."""

    label: str
    collection: str
    measure: str = "count"
    filter: Filter | None = None
    against: Filter | None = None


@dataclass(frozen=True, kw_only=True)
class HomeCard:
    """One number, chart, list, table of figures, or what waits for whoever sees it.

    Arguments:
        type: number, ratio (share of `filter` in `of`), funnel, bar, line, list (records), figures (several lines),
            progress (records, each with what is reached of its goal), approvals (what waits for her agreement) and
            deadlines (what is about to run out for her), both whatever it belongs to.
        collection: the object asked; it also decides whom the card is for. filter: which of its records.
        group, measure: as in the aggregation, "closed_on:month" and "sum:amount".
        fields: what a list shows beside the title; due: the date of it that is bad news once past.
        warn: the date of it that is bad news by standing in this list at all, above all when it is missing.
        reached, goal, coming: of a progress, the fields that say how much there is, is wanted, and is still expected.
        act: an action that can be taken on a row without opening it.
        width: columns of 24 it takes. place: where it stands among the others, smallest first.
        offered: to whom it may be added. first: who begins with it. todo: whether the list also hangs in the top bar.
    """

    name: str
    label: str
    type: Kind
    collection: str
    hint: str = ""
    measure: str = "count"
    filter: Filter | None = None
    of: Filter | None = None
    group: tuple[str, ...] = ()
    order: str | None = None
    limit: int | None = None
    width: int = 12
    fields: tuple[str, ...] = ()
    due: str | None = None
    warn: str | None = None
    reached: str | None = None
    goal: str | None = None
    coming: str | None = None
    act: str | None = None
    lines: tuple[Line, ...] = ()
    place: int = 50
    offered: tuple[Standing, ...] = EVERYBODY
    first: tuple[Standing, ...] = ()
    todo: bool = False


_INSIDE = ("place", "offered", "first")
_offered: dict[str, HomeCard] = {}


def offer(*cards: HomeCard) -> None:
    """Declare cards; a domain does so when it starts."""
    _offered.update({card.name: card for card in cards})


def home(actor: Actor) -> dict[str, Any]:
    """The cards this person may have, and the names of those she begins with, in their order."""
    mine = sorted(_for(actor), key=lambda card: card.place)
    return {
        "cards": [_shown(card, actor) for card in mine],
        "first": [card.name for card in mine if standing(actor, card.collection) in card.first],
    }


def standing(actor: Actor, collection: str) -> Standing | None:
    """How the actor stands to an object; None when she may not see it at all."""
    model = objects().get(collection)
    if model is None:
        return None
    seen, changed = actor.reach("view", model), actor.reach("change", model)
    if seen is Reach.NONE:
        return None
    if seen is Reach.ALL:
        return Standing.COMPANY if changed is Reach.ALL else Standing.OVERVIEW
    return Standing.OWN if seen is Reach.SELF else Standing.TEAM


def _for(actor: Actor) -> Iterable[HomeCard]:
    for card in _offered.values():
        offered = standing(actor, card.collection) in card.offered and (card.type != "figures" or _lines(card, actor))
        if offered and _asks(card.collection, actor, (card.filter, card.of), _named(card)):
            yield card


def _named(card: HomeCard) -> Iterable[str | None]:
    """The fields without which the card would say nothing."""
    return card.measure, *card.group, card.due, card.warn, card.reached, card.goal, card.coming


def _asks(collection: str, actor: Actor, trees: Iterable[Any], names: Iterable[str | None]) -> bool:
    """Whether the actor may ask what the card asks."""
    fields = [name for name in names if name and name != "count"]
    return answerable(find(collection), actor, trees=trees, names=fields)


def _lines(card: HomeCard, actor: Actor) -> list[Line]:
    seen = [line for line in card.lines if standing(actor, line.collection) is not None]
    return [line for line in seen if _asks(line.collection, actor, (line.filter, line.against), (line.measure,))]


def _shown(card: HomeCard, actor: Actor) -> dict[str, Any]:
    """What the browser draws: an action she may not take is not offered."""
    described = {name: value for name, value in asdict(card).items() if name not in _INSIDE}
    may_act = card.act and actor.reach(card.act, find(card.collection)) is not Reach.NONE
    return described | {"lines": [asdict(line) for line in _lines(card, actor)], "act": card.act if may_act else None}
