"""合同审查: which way a contract goes. Pure, so that screens, actions and simulations decide alike."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from zhike.apps.sales.authority import STRICT, Discount

SMALL, COUNTERSIGN = "small", "countersign"
ROUTES = {SMALL: "业务部门经理直接处理", COUNTERSIGN: "合同审查会签"}


@dataclass(frozen=True)
class Limits:
    """What a small contract is (V-50: 金额≤20万、4.5折以上、标准文本)."""

    ceiling: Decimal
    least: Decimal
    measure: str = STRICT


def route(amount: Decimal, discount: Discount | None, standard: bool, limits: Limits) -> str:
    """The department manager alone when all three conditions hold, else the countersign (V-50, V-52).

    Arguments:
        discount: None when it cannot be told, which is no proof that it is small.
    """
    known = discount is not None and discount.by(limits.measure) >= limits.least
    return SMALL if known and standard and amount <= limits.ceiling else COUNTERSIGN
