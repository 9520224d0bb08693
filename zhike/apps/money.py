"""金额: exact to the cent, halves up as people and invoices have it (四舍五入); a sum split so that nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

CENT, RATIO = Decimal("0.01"), Decimal("0.0001")
NOTHING = Decimal("0.00")


def cents(amount: Decimal) -> Decimal:
    """An amount in whole cents."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def ratio_of(price: Decimal, listed: Decimal) -> Decimal:
    """The price ratio to four places, never flattered: 44.996 of 100 is 0.4499 and not yet 4.5折. Without list price it is 1."""
    return (price / listed).quantize(RATIO, ROUND_FLOOR) if listed else Decimal(1)


def tax_in(amount: Decimal, percent: Decimal) -> Decimal:
    """其中税额: the tax contained in an amount that includes it."""
    return cents(amount * percent / (100 + percent))


def split(total: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """A total in whole cents, shared out by weight; the cents left over go to the largest remainders."""
    whole = sum(weights, Decimal(0))
    if not whole:
        return [total, *[NOTHING] * (len(weights) - 1)] if weights else []
    exact = [total * weight / whole for weight in weights]
    shares = [share.quantize(CENT, ROUND_FLOOR) for share in exact]
    left = int((total - sum(shares, Decimal(0))) / CENT)
    by_remainder = sorted(range(len(weights)), key=lambda n: (shares[n] - exact[n], n))
    for place in by_remainder[:left]:
        shares[place] += CENT
    return shares
