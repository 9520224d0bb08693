"""冲减: what is given back is taken off what is still owed first; only what was paid already is refunded. Pure, to the cent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhike.apps.money import NOTHING, cents


@dataclass(frozen=True)
class Owed:
    """One receivable as it stands."""

    amount: Decimal
    received: Decimal


@dataclass(frozen=True)
class Cut:
    """By how much a receivable is lowered, and how much of that has been paid and goes back."""

    lowered: Decimal
    refunded: Decimal


def credit(owed: Sequence[Owed], total: Decimal) -> list[Cut]:
    """Share a credit out over receivables, the last first: unpaid parts, then paid ones. Raises ValueError beyond all of them."""
    left, unpaid, paid = total, [NOTHING] * len(owed), [NOTHING] * len(owed)
    for place in reversed(range(len(owed))):
        unpaid[place] = min(left, max(owed[place].amount - owed[place].received, NOTHING))
        left -= unpaid[place]
    for place in reversed(range(len(owed))):
        paid[place] = min(left, owed[place].received)
        left -= paid[place]
    if left:
        raise ValueError(f"{left} more than all receivables")
    return [Cut(u + p, p) for u, p in zip(unpaid, paid, strict=True)]


def part_of(amount: Decimal, quantity: Decimal, before: Decimal, more: Decimal) -> Decimal:
    """What `more` of a quantity is worth after `before` of it: all parts together make the amount, however many there are."""
    return cents(amount * (before + more) / quantity) - cents(amount * before / quantity) if quantity else NOTHING
