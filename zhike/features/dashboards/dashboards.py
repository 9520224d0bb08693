"""Dashboards as data.

A card is one question to the aggregation of one object, so the gate, the filters and the numbers are those of the list.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from zhike.kernel.reach import Actor, Reach
from zhike.kernel.registry import find

Filter = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Card:
    """One number or chart.

    Arguments:
        type: number, ratio (share of `filter` in `of`), funnel, bar or line.
        collection: the object counted; filter: which of its records.
        group: one or two fields or date parts, "closed_on:month".
        measure: "count", "sum:amount", "avg:amount".
        width: columns of 24 it takes.
    """

    name: str
    label: str
    type: Literal["number", "ratio", "funnel", "bar", "line"]
    collection: str
    measure: str = "count"
    filter: Filter | None = None
    of: Filter | None = None
    group: tuple[str, ...] = ()
    order: str | None = None
    limit: int | None = None
    width: int = 6


@dataclass(frozen=True, kw_only=True)
class Dashboard:
    """仪表盘: cards in the order they stand."""

    name: str
    label: str
    cards: tuple[Card, ...]

    def for_actor(self, actor: Actor) -> dict[str, Any]:
        """What the browser draws: only cards over objects this actor may view."""
        cards = [asdict(c) for c in self.cards if actor.reach("view", find(c.collection)) is not Reach.NONE]
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
