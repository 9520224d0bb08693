"""演示公司的业绩目标: of the company, its departments, people and products; what was signed in a year tells what to ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_CEILING, Decimal
from random import Random
from typing import Any

from zhike.packs.company.cast import Cast, Row

COLLECTED, AMBITION = Decimal("0.68"), tuple(map(Decimal, ("0.85", "0.95", "1", "1.1", "1.25")))
"""Which part of what is signed comes in within the year; and what is asked of one department more than of another."""
GROWTH = (Decimal("1.05"), Decimal("1.20"), Decimal("1.40"))
"""基本、进取、挑战, as shares of what the last twelve months have brought."""
ROUNDED, LEAST = Decimal(10_000), Decimal(300_000)
SHARE = {"year": Decimal(1), "quarter": Decimal("0.28")}
BEST_PRODUCTS = 4


def targets(cast: Cast, contracts: list[Row]) -> list[Row]:
    """业绩目标 of this year and this quarter."""
    signed, today, lots = [c for c in contracts if c["state"] == "signed"], cast.now.date(), Random(20260505)
    company = _worth(signed)
    rows = [_target(cast, company, "signed", today, p) for p in SHARE]
    rows += [_target(cast, company * COLLECTED, "collected", today, p) for p in SHARE]
    rows += [_target(cast, company, "won", today, "year")]
    for team, theirs in _grouped((team, c) for c in signed for team in cast.house.above[c["department"]]).items():
        rows += [_target(cast, _worth(theirs) * lots.choice(AMBITION), "signed", today, "year", team=team)]
    for owner, hers in _grouped((c["owner"], c) for c in signed).items():
        asked = _worth(hers) * lots.choice(AMBITION)
        rows += [_target(cast, asked, "signed", today, p, person=owner) for p in SHARE]
    return rows + _of_products(cast, signed, today)


def _of_products(cast: Cast, contracts: list[Row], today: date) -> list[Row]:
    """Those that sell best."""
    sold: dict[int, Decimal] = defaultdict(Decimal)
    for item in (item for contract in contracts for item in contract["items"]):
        sold[item["product"]] += item["quantity"] * item["price"]
    best = sorted(sold, key=lambda pk: -sold[pk])[:BEST_PRODUCTS]
    return [_target(cast, sold[pk], "signed", today, "year", product=pk) for pk in best]


def _grouped(pairs: Iterable[tuple[int, Row]]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for key, row in pairs:
        found[key].append(row)
    return found


def _worth(contracts: Iterable[Row]) -> Decimal:
    return sum((item["quantity"] * item["price"] for c in contracts for item in c["items"]), Decimal(0))


def _target(cast: Cast, brought: Decimal, measure: str, today: date, length: str, **whose: Any) -> Row:
    period = "year" if length == "year" else f"q{(today.month + 2) // 3}"
    goals = [_round(max(brought * SHARE[length], LEAST * SHARE[length]) * growth) for growth in GROWTH]
    told = dict(zip(("base", "stretch", "challenge"), goals, strict=True))
    return cast.of("xusm") | {"measure": measure, "year": today.year, "period": period} | told | whose


def _round(amount: Decimal) -> Decimal:
    return (amount / ROUNDED).quantize(Decimal(1), ROUND_CEILING) * ROUNDED
