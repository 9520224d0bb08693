"""Dashboards as data.

A card is one question to the aggregation of one object, so the gate, the filters and the numbers are those of the list.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from zhike.kernel.query.answerable import answerable
from zhike.kernel.reach import Actor, Reach
from zhike.kernel.registry import objects

Filter = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Card:
    """One number or chart; every card is a report, most are simple enough to be said in a line.

    Arguments:
        type: number, ratio (share of `filter` in `of`), funnel, bar, line, or report (told by `definition`).
        collection: the object counted; filter: which of its records.
        group: one or two fields or date parts, "closed_on:month".
        measure: "count", "sum:amount", "avg:amount".
        dated: the date field by which a page's period narrows it; untouched by the period when empty.
        width: columns of 24 it takes; height: in rows of the grid, by its type when 0.
        definition: any report at all, see features/reports/definition.py.
    """

    name: str
    label: str
    type: Literal["number", "ratio", "funnel", "bar", "line", "report"]
    collection: str
    measure: str = "count"
    filter: Filter | None = None
    of: Filter | None = None
    group: tuple[str, ...] = ()
    order: str | None = None
    limit: int | None = None
    dated: str = ""
    width: int = 6
    height: int = 0
    definition: dict[str, Any] | None = None

    def as_report(self) -> dict[str, Any]:
        """The definition of the report this card is."""
        dated = {"period": {"field": self.dated, "value": None}} if self.dated else {}
        if self.definition is not None:
            return dated | self.definition
        figure: dict[str, Any] = {"of": self.measure}
        found: dict[str, Any] = {"filter": self.filter}
        if self.type == "ratio":
            figure |= {"show": "ratio", "filter": self.filter, "over": self.measure, "over_filter": self.of, "label": self.label}
            found = {}
        picture = "number" if self.type == "ratio" else self.type
        ordered = {"order": "-0"} if self.order and self.order.startswith("-") else {}
        found |= {"rows": list(self.group), "measures": [figure], "picture": picture, "limit": self.limit}
        return dated | found | ordered

    def is_for(self, actor: Actor) -> bool:
        """Whether the actor may see such records and ask what the card asks."""
        if self.collection not in objects():
            return False
        model, fields = objects()[self.collection], [n for n in (self.measure, *self.group, self.dated) if n and n != "count"]
        seen = actor.reach("view", model) is not Reach.NONE
        return seen and answerable(model, actor, trees=(self.filter, self.of), names=fields)

    def as_json(self) -> dict[str, Any]:
        """What the browser draws it from."""
        return asdict(self) | {"definition": self.as_report()}


@dataclass(frozen=True, kw_only=True)
class Dashboard:
    """仪表盘: cards in the order they stand."""

    name: str
    label: str
    cards: tuple[Card, ...]

    def for_actor(self, actor: Actor) -> dict[str, Any]:
        """What the browser draws: only cards over objects this actor may view."""
        cards = [c.as_json() for c in self.cards if c.is_for(actor)]
        return {"name": self.name, "label": self.label, "cards": cards}


_offered: dict[str, Dashboard] = {}


def offer(dashboard: Dashboard) -> Dashboard:
    """Declare a dashboard; a domain does so when it starts."""
    _offered[dashboard.name] = dashboard
    return dashboard


def dashboards(actor: Actor) -> list[dict[str, Any]]:
    """Every dashboard with at least one card for this actor, in the order of declaration."""
    shown = (d.for_actor(actor) for d in _offered.values())
    return [d for d in shown if d["cards"]]


def offered_cards() -> dict[str, Card]:
    """Every declared card by the name under which a kept dashboard may hold it: "sales/open_amount"."""
    return {f"{d.name}/{c.name}": c for d in _offered.values() for c in d.cards}
