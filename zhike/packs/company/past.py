"""演示公司的往事: when deals came to stand where they stand and when money came in, for whoever looks back."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from zhike.packs.company.cast import Cast, Row
from zhike.packs.company.stages import STAGES

CLOSING = {"won": "win", "lost": "lose"}


def moves(stays: list[Row]) -> list[Row]:
    """Each step of a deal from one stage to the next, by its owner, when it was taken."""
    after: dict[int, list[Row]] = {}
    for stay in stays:
        after.setdefault(stay["opportunity"], []).append(stay)
    return [{"collection": "opportunities", "record": deal, "deeds": _steps(theirs)} for deal, theirs in after.items()]


def _steps(stays: list[Row]) -> list[tuple[str, datetime, int, Any, Any]]:
    ordered = sorted(stays, key=lambda stay: stay["entered_at"])
    following: list[Row | None] = [*ordered[1:], None]
    steps = []
    for stay, later in zip(ordered, following, strict=True):
        came_to = later["stage"] if later else stay["ended"] or STAGES[STAGES.index(stay["stage"]) + 1]
        expected = later["expected_on"] if later else stay["left_at"].date() if came_to in CLOSING else stay["expected_on"]
        steps.append((CLOSING.get(came_to, "advance"), stay["left_at"], stay["owner"], *_change(stay, came_to, expected)))
    return steps


def _change(stay: Row, came_to: str, expected: date) -> tuple[dict[str, Any], dict[str, Any]]:
    """What it held before and after; whoever closes a deal dates it."""
    old: dict[str, Any] = {"stage": stay["stage"], "expected_on": stay["expected_on"].isoformat()}
    new: dict[str, Any] = {"stage": came_to, "expected_on": expected.isoformat()}
    if came_to not in CLOSING:
        return old, new
    return {**old, "closed_on": None}, {**new, "closed_on": stay["left_at"].date().isoformat()}


def came_in(cast: Cast, paid: list[Row]) -> list[Row]:
    """What was owed was paid on that day, and not when the story was written down."""
    noon = time(4, tzinfo=cast.now.tzinfo)
    return [
        {"collection": "receivables", "record": cast.id_of(owed), "at": datetime.combine(cast.paid_on[id(owed)], noon)}
        for owed in paid
    ]
