"""Which limit holds for whom, and what each means today: a day before which the last contact is too long ago."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from zhike.apps.customers.objects.tracking_limit import NARROWING, TrackingLimit
from zhike.features.clocks.calendar import Calendar, Calendars
from zhike.org.objects.department import Department

FARTHEST = 3700


@dataclass(frozen=True)
class Standing:
    """A limit in force.

    Arguments:
        rows: the customers it holds for: those it fits and no other fits better.
        begun: the day on which there were limits for the first time; what was before is not counted.
    """

    limit: Any
    rows: Q
    calendar: Calendar
    begun: date

    def long_ago(self, today: date, count: int) -> date:
        """The latest day of a last contact that has gone `count` days by today."""
        if self.limit.unit == "day":
            return today - timedelta(count)
        day, left = today, count
        while left > 0 and (today - day).days < FARTHEST:
            left -= self.calendar.works(day)
            day -= timedelta(1)
        return day

    def released_on(self, contact: date) -> date:
        """The day on which a customer last met on that day goes to the pool: the first one past the limit."""
        last = self.limit.release_after
        return contact + timedelta(last + 1) if self.limit.unit == "day" else self.calendar.after(contact, last + 1)


def standing(today: date) -> list[Standing]:
    """The limits in force, the most precise first; later ones take the place of earlier ones for the same customers."""
    kept = list(TrackingLimit._base_manager.filter(starts_on__lte=today).order_by("-starts_on", "-pk"))
    if not kept:
        return []
    calendars, begun = Calendars(), min(limit.starts_on for limit in kept)
    newest = {_narrowed(limit): limit for limit in reversed(kept)}
    ordered = sorted(newest.values(), key=lambda limit: (-limit.precise, limit.pk))
    return [Standing(limit, rows, calendars.of(limit.used_by_id), begun) for limit, rows in _apart(ordered)]


def _narrowed(limit: Any) -> tuple[Any, ...]:
    return tuple(getattr(limit, f"{n}_id" if n == "used_by" else n) for n in NARROWING)


def _apart(ordered: list[Any]) -> Iterator[tuple[Any, Q]]:
    """Each limit with its customers, without those that an earlier one has taken."""
    taken = Q()
    for limit in ordered:
        fits = _fits(limit)
        yield limit, fits & ~taken if taken else fits
        taken = taken | fits if taken else fits
        if not fits:
            return


def _fits(limit: Any) -> Q:
    """The customers a limit speaks of; no condition at all means everybody."""
    rule = Q(**{n: getattr(limit, n) for n in NARROWING if n != "used_by" and getattr(limit, n)})
    return rule & Q(department_id__in=Department.below([limit.used_by_id])) if limit.used_by_id else rule


def limit_of(customer: Any, today: date) -> Any:
    """The limit that holds for one customer; None where there is none."""
    model = type(customer)
    found = (s.limit for s in standing(today) if model._base_manager.filter(s.rows, pk=customer.pk).exists())
    return next(found, None)
