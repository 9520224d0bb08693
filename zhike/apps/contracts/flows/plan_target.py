"""目标的拟定: what was reached a year before says what is to be reached, and in which months (V-64)."""

from __future__ import annotations

from copy import copy
from decimal import Decimal
from typing import Any

from django.db.models.functions import ExtractMonth

from zhike.apps.contracts.flows.measure_target import figures, reached_by, span
from zhike.apps.money import NOTHING, cents, split
from zhike.kernel.declare import Refused
from zhike.kernel.writes import create_many

MONTHS = {"year": range(1, 13), **{f"q{n}": range(n * 3 - 2, n * 3 + 1) for n in range(1, 5)}}
GOALS = ("base", "stretch", "challenge")
WHOSE = ("person_id", "team_id", "product_id")
HUNDRED = Decimal(100)


def from_last_year(target: Any, growth: Decimal) -> Decimal:
    """What was reached in the same period a year before, so many percent more. Raises Refused where nothing was."""
    reached, _ = figures(_a_year_before(target))
    if not reached:
        raise Refused("上年同期没有数据，请直接填写目标")
    return cents(reached * (HUNDRED + growth) / HUNDRED)


def by_month(target: Any, actor: Any) -> list[Any]:
    """A target for each month of the period, for the same people and the same measure: together exactly the whole.

    Shared out as the months of the year before were, evenly where there is nothing to go by. Raises Refused.
    """
    months = MONTHS.get(target.period)
    if months is None:
        raise Refused("只有全年和季度的目标可以分解到月")
    names = [f"m{month:02}" for month in months]
    same = {"measure": target.measure, "year": target.year, **{name: getattr(target, name) for name in WHOSE}}
    if type(target)._base_manager.filter(**same, period__in=names).exists():
        raise Refused("期间内已有同一对象、同一指标的月度目标")
    shares = {goal: split(whole, _weights(target, months)) for goal in GOALS if (whole := getattr(target, goal)) is not None}
    kept = {n.removesuffix("_id"): value for n, value in same.items()} | {"owner": actor.pk, "department": actor.department_id}
    rows = [kept | {"period": name} | {goal: shares[goal][n] for goal in shares} for n, name in enumerate(names)]
    return create_many(type(target), rows, actor=actor)


def _weights(target: Any, months: range) -> list[Decimal]:
    """What each of these months brought a year before; what is shared with others is not looked into."""
    rows, day, of = reached_by(_a_year_before(target))
    found = rows.annotate(month=ExtractMonth(day.removesuffix("__date"))).order_by().values("month").annotate(sum=of)
    known = {month: Decimal(value or 0) for month, value in found.values_list("month", "sum")}
    weights = [max(known.get(month, NOTHING), NOTHING) for month in months]
    return weights if any(weights) else [Decimal(1)] * len(weights)


def _a_year_before(target: Any) -> Any:
    """The same target a year earlier, which nobody has to have set."""
    before = copy(target)
    before.year = target.year - 1
    before.starts_on, before.ends_on = span(before.year, before.period)
    return before
