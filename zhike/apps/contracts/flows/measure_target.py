"""目标的完成: counted from the records themselves, for whoever the target is meant."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Case, Count, DecimalField, ExpressionWrapper, F, Q, Sum, When

from zhike.apps.contracts.flows.share_performance import SHARED, Part, part_of, shared_out
from zhike.apps.money import NOTHING, cents
from zhike.apps.months import month_of
from zhike.apps.sales.choices import CLOSED

SIGNED = Case(When(kind="refund", then=-F("amount")), default=F("amount"), output_field=DecimalField())
# measure → object, condition, day, what is added up
COUNTS: dict[str, tuple[str, Q, str, Any]] = {
    "won": ("sales.Opportunity", Q(stage="won"), "closed_on", Sum("won_amount")),
    "signed": ("contracts.Contract", Q(state__in=("signed", "fulfilled")), "signed_on", Sum("amount")),
    "collected": ("contracts.Receipt", Q(), "received_on", Sum(SIGNED)),
    "customers": ("customers.Customer", Q(), "created_at__date", Count("pk")),
    "deals": ("sales.Opportunity", Q(), "created_at__date", Count("pk")),
}
FROM_DEALS = ("won", "signed")
BY_PRODUCT = FROM_DEALS
"""What a target for one product can be about: its lines say how much of a deal or contract it makes."""


def span(year: int, period: str) -> tuple[date, date]:
    """The first and the last day of a period: a year, a quarter (q1…q4) or a month (m01…m12)."""
    if period == "year":
        return date(year, 1, 1), date(year, 12, 31)
    number = int(period[1:])
    first, last = (number * 3 - 2, number * 3) if period.startswith("q") else (number, number)
    return date(year, first, 1), month_of(date(year, last, 1), 1) - timedelta(days=1)


def figures(target: Any) -> tuple[Decimal, Decimal]:
    """What is reached, and what the open deals expected within the period weigh."""
    rows, _, of = reached_by(target)
    product, reached = target.product_id, rows.aggregate(sum=of)["sum"] or 0
    if target.measure in SHARED:
        parts = shared_out(target.measure, target.starts_on, target.ends_on, product)
        reached += sum(part.amount for part in _hers(parts, target))
    return cents(Decimal(reached)), _coming(target) if target.measure in FROM_DEALS else NOTHING


def reached_by(target: Any) -> tuple[Any, str, Any]:
    """The records that count for a target, the day on which each does, and what is added up; of one product, its lines."""
    to, condition, day, of = COUNTS[target.measure]
    rows = _theirs(apps.get_model(to), target).filter(condition, **_within(target, day))
    if target.product_id:
        return rows.annotate(part=part_of(target.measure, target.product_id)), day, Sum("part")
    return rows, day, of


def _coming(target: Any) -> Decimal:
    """What the open deals expected within the period weigh; of one product, its lines."""
    open_ = _theirs(apps.get_model("sales.Opportunity"), target).exclude(stage__in=CLOSED)
    deals = open_.filter(**_within(target, "expected_on"))
    if target.product_id:
        weighted = part_of("won", target.product_id) * F("probability") / 100
        deals = deals.annotate(weighed=ExpressionWrapper(weighted, DecimalField()))
    return cents(deals.aggregate(sum=Sum("weighed" if target.product_id else "weighted_amount"))["sum"] or NOTHING)


def _hers(parts: list[Part], target: Any) -> list[Part]:
    """Of what is shared out the parts that count for whom the target is meant."""
    if target.person_id:
        return [part for part in parts if part.owner == target.person_id]
    if target.team_id:
        teams = set(apps.get_model("org.Department").below([target.team_id]))
        return [part for part in parts if part.department in teams]
    return parts


def _within(target: Any, day: str) -> dict[str, Any]:
    return {f"{day}__gte": target.starts_on, f"{day}__lte": target.ends_on}


def _theirs(model: Any, target: Any) -> Any:
    """The records of the person, of the department with those below, or of the whole company."""
    rows = model._base_manager.all()
    if target.person_id:
        return rows.filter(owner=target.person_id)
    if target.team_id:
        return rows.filter(department__in=apps.get_model("org.Department").below([target.team_id]))
    return rows
