"""合同审查: who must agree to a contract, and in which order. Pure, so that screens, actions and policies decide alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable
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


@dataclass(frozen=True)
class Seat:
    """One opinion that is needed: of anybody who holds one of the posts, after all seats of earlier steps have agreed."""

    name: str
    step: int
    posts: frozenset[int]


def route(amount: Decimal, discount: Discount | None, standard: bool, limits: Limits) -> str:
    """The department manager alone when all three conditions hold, else the countersign (V-50, V-52).

    Arguments:
        discount: None when it cannot be told, which is no proof that it is small.
    """
    known = discount is not None and discount.by(limits.measure) >= limits.least
    return SMALL if known and standard and amount <= limits.ceiling else COUNTERSIGN


def open_seats(seats: Iterable[Seat], agreed: Collection[str]) -> list[Seat]:
    """The seats whose turn it is: those of the earliest step that has not wholly agreed."""
    waiting = [seat for seat in seats if seat.name not in agreed]
    first = min((seat.step for seat in waiting), default=0)
    return [seat for seat in waiting if seat.step == first]
