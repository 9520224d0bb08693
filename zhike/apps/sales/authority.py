"""报价权限: who may let go of how much. A price ratio of 0.45 is 4.5折, the customer pays 45 %; lower means a greater concession.

One pure function decides, so that an action, an approval policy and a simulation over past quotes decide alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

STRICT, WORST_LINE, TOTAL = "strict", "line", "total"
BEYOND = "报价权限之外"
MEASURES = {STRICT: "最低一行与总额取严", WORST_LINE: "最低一行", TOTAL: "总额"}
"""The policy never says whether the discount of a line or of the whole is meant (V-46…V-50), so each rule says it."""


@dataclass(frozen=True)
class Discount:
    """The price ratios of an offer: of the whole, and of its cheapest line."""

    total: Decimal
    worst: Decimal

    def by(self, measure: str) -> Decimal:
        """The ratio that decides."""
        return {WORST_LINE: self.worst, TOTAL: self.total}.get(measure, min(self.total, self.worst))


@dataclass(frozen=True)
class Authority:
    """Whoever holds the post (or role) may go down to this ratio and no lower (V-46: 最高为5折)."""

    holder: str
    least: Decimal
    measure: str = STRICT

    def covers(self, discount: Discount) -> bool:
        return discount.by(self.measure) >= self.least


def deciders(matrix: Iterable[Authority], discount: Discount) -> str:
    """Whose decision it takes, as people read it (需谁批准)."""
    return "、".join(a.holder for a in lowest_sufficient(matrix, discount))[:200] or BEYOND


def lowest_sufficient(matrix: Iterable[Authority], discount: Discount) -> list[Authority]:
    """The least powerful of those who may decide on this discount: any one of them (副总裁或总裁). Empty when nobody may."""
    able = [a for a in matrix if a.covers(discount)]
    most = max((a.least for a in able), default=Decimal(0))
    return [a for a in able if a.least == most]
