"""月度评比: who did most and least in a month, by quantity and by quality (V-77, V-78). Plain reckoning; no records, no time.

Of each figure somebody has a share of the best in her group; the score is the mean of these shares, out of a hundred.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Doing:
    """What somebody did in the month.

    Arguments:
        figures: in the same order for everybody.
        qualified: she did as much as it takes to be among the best at all (V-79).
    """

    person: int
    figures: tuple[Decimal, ...]
    qualified: bool = True


@dataclass(frozen=True)
class Place:
    """Her score, and where that puts her: from the top, and from the end."""

    person: int
    score: Decimal
    place: int
    from_last: int
    qualified: bool


def placed(group: Iterable[Doing]) -> list[Place]:
    """Everybody of a group, the best first; of equals the one who came first. Who is not qualified stands behind the others."""
    doings = list(group)
    best = [max(column) for column in zip(*(d.figures for d in doings), strict=True)]
    scored = [(d, _score(d.figures, best)) for d in doings]
    scored.sort(key=lambda pair: (not pair[0].qualified, -pair[1], pair[0].person))
    many = len(scored)
    return [Place(d.person, score, n, many - n + 1, d.qualified) for n, (d, score) in enumerate(scored, 1)]


def _score(figures: tuple[Decimal, ...], best: list[Decimal]) -> Decimal:
    shares = [max(figure, Decimal(0)) / most if most > 0 else Decimal(0) for figure, most in zip(figures, best, strict=True)]
    return (100 * sum(shares, Decimal(0)) / len(shares)).quantize(CENT, ROUND_HALF_UP)
