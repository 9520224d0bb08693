"""销售预测: what a month will bring by three methods, and how far each was off. Pure arithmetic over what the records say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from zhike.apps.money import NOTHING, cents

METHODS = ("by_stage", "by_commitment", "by_history")


@dataclass(frozen=True)
class Open:
    """What is open at a moment and expected in a month: one sum for each stage and each 预测类别."""

    stage: str
    commitment: str
    amount: Decimal


@dataclass(frozen=True)
class Rates:
    """阶段赢率 as set, 历史赢率 as it came about, and which share of a commitment counts."""

    stage: Mapping[str, Decimal]
    history: Mapping[str, Decimal]
    commitment: Mapping[str, Decimal]


def forecast(rows: Iterable[Open], rates: Rates, already: Decimal = NOTHING) -> dict[str, Decimal]:
    """The three forecasts of a month: what is signed already and what is to come by each method."""
    sums = dict.fromkeys(METHODS, already)
    for row in rows:
        sums["by_stage"] += row.amount * rates.stage.get(row.stage, Decimal(0))
        sums["by_commitment"] += row.amount * rates.commitment.get(row.commitment, Decimal(0))
        sums["by_history"] += row.amount * rates.history.get(row.stage, Decimal(0))
    return {method: cents(total) for method, total in sums.items()}


def off_by(said: Decimal, came: Decimal) -> Decimal | None:
    """回测误差: by how many percent of what came a forecast was wrong; none where nothing came."""
    return None if not came else (abs(said - came) / came * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)


def mean(errors: Iterable[Decimal | None]) -> Decimal | None:
    """The error to be expected: the mean over the months there are."""
    known = [error for error in errors if error is not None]
    return (sum(known, Decimal(0)) / len(known)).quantize(Decimal("0.1"), ROUND_HALF_UP) if known else None
