"""预测的统计: this month, the next three and the six before, for every department and the company; a few statements in all.

What was open on the first of a past month is told by the stays of that time: stage, amount, expected day and commitment as the
deal left the stage. So each method is tried on months whose end is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Q, Sum
from django.utils import timezone

from zhike.apps.money import NOTHING
from zhike.apps.months import month_of
from zhike.apps.sales.choices import COMMITMENTS, stage_rates
from zhike.apps.sales.forecasting import METHODS, Open, Rates, forecast, mean, off_by
from zhike.kernel.query.relative import start_of
from zhike.kernel.reach import Actor
from zhike.kernel.writes import create_many
from zhike.kernel.writes.mirror import mirror

BACK, AHEAD, YEAR = 6, 3, timedelta(days=365)
ERRORS = {"by_stage": "stage_error", "by_commitment": "commitment_error", "by_history": "history_error"}
Figures = dict[tuple[date, int | None], dict[str, Any]]


def months(today: date) -> list[date]:
    """First days: six months back to three ahead."""
    return [month_of(today, n) for n in range(-BACK, AHEAD + 1)]


def foresee(today: date, *, actor: Actor) -> int:
    """Write every forecast anew; what has not changed is left as it is. Says how many there are."""
    figures: Figures = {}
    for month in months(today):
        figures |= _month(month, today)
    _expect(figures, today)
    return _store(figures, actor)


def _month(month: date, today: date) -> Figures:
    """One month: from its first day's point of view when it is over, from today's when it is not."""
    this = month_of(today)
    at = start_of(month) if month < this else timezone.now()
    rates, came, opened = _rates(at), _won(month), _opened(at, month)
    already = came if month >= this else {}
    teams = {None, *came, *opened}
    kind = "past" if month < this else "now" if month == this else "coming"
    return {
        (month, team): {
            "kind": kind, "signed": came.get(team, NOTHING),
            **forecast(opened.get(team, ()), rates, already.get(team, NOTHING)),
        }
        for team in teams
    }  # fmt: skip


def _rates(at: datetime) -> Rates:
    """What of the amount in each stage was won in the end, among deals that ended in the year before."""
    stays = apps.get_model("sales.StageStay")._base_manager.filter(left_at__lt=at, left_at__gte=at - YEAR).exclude(ended="")
    summed = stays.order_by().values_list("stage").annotate(all=Sum("amount"), won=Sum("amount", filter=Q(ended="won")))
    history = {stage: (won or NOTHING) / every for stage, every, won in summed if every}
    return Rates(stage_rates(), history, {name: Decimal(one.facts["weight"]) for name, one in COMMITMENTS.items()})


def _won(month: date) -> dict[int | None, Decimal]:
    """Department → what it won in the month; None for all of them."""
    deals = apps.get_model("sales.Opportunity")._base_manager.filter(stage="won", closed_on__gte=month)
    summed = deals.filter(closed_on__lt=month_of(month, 1)).order_by().values_list("department").annotate(sum=Sum("won_amount"))
    found: dict[int | None, Decimal] = {team: amount for team, amount in summed if amount and team}
    return found | ({None: sum(found.values(), NOTHING)} if found else {})


def _opened(at: datetime, month: date) -> dict[int | None, list[Open]]:
    """Department → what stood open at that moment and was expected in the month."""
    within = Q(expected_on__gte=month, expected_on__lt=month_of(month, 1), amount__isnull=False)
    stays = apps.get_model("sales.StageStay")._base_manager.filter(within, entered_at__lte=at)
    standing = stays.filter(Q(left_at__isnull=True) | Q(left_at__gt=at)).order_by()
    found: dict[int | None, list[Open]] = defaultdict(list)
    for team, stage, commitment, amount in standing.values_list("department", "stage", "commitment").annotate(sum=Sum("amount")):
        for place in {None, team}:
            found[place].append(Open(stage, commitment, amount))
    return dict(found)


def _expect(figures: Figures, today: date) -> None:
    """The error of each past month, and their mean on this month and those to come."""
    past = [month for month in months(today) if month < month_of(today)]
    for team in {team for _, team in figures}:
        known = [figures[month, team] for month in past if (month, team) in figures]
        for method, error in ERRORS.items():
            for row in known:
                row[error] = off_by(row[method], row["signed"])
            expected = mean(row[error] for row in known)
            for (_, whose), row in figures.items():
                if whose == team and row["kind"] != "past":
                    row[error] = expected


def _store(figures: Figures, actor: Actor) -> int:
    model = apps.get_model("sales.Forecast")
    stored = {(row.month, row.team_id): row for row in model._base_manager.all()}
    fresh = [{"month": month, "team": team, **row} for (month, team), row in figures.items() if (month, team) not in stored]
    if fresh:
        create_many(model, [row | {"department": row["team"], "counted_at": timezone.now()} for row in fresh], actor=actor)
    for pk, values in _changed(figures, stored):
        mirror(model._base_manager.filter(pk=pk), values | {"counted_at": timezone.now()}, actor=actor)
    return len(figures)


def _changed(figures: Figures, stored: dict[Any, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """What is stored and says something else now; a month no one forecasts any more says nothing."""
    nothing: dict[str, Any] = {"signed": NOTHING, **dict.fromkeys(METHODS, NOTHING), **dict.fromkeys(ERRORS.values())}
    for key, row in stored.items():
        values = figures.get(key, nothing if key[0] in {month for month, _ in figures} else {})
        if any(getattr(row, name) != value for name, value in values.items()):
            yield row.pk, values
