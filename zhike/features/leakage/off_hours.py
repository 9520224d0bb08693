"""非工作时间使用: what people open and take along at night and on days that their department does not work (E-27, E-63).

Working time is between two hours of the day, both parameters, on the days that the calendar of one's department works.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils import timezone

from zhike.features.clocks.calendar import Calendars
from zhike.features.insight.models import Exported, Viewed
from zhike.features.leakage.limits import Length
from zhike.features.leakage.rules import WORK_BEGINS, WORK_ENDS
from zhike.org.objects.department import Department

LATE = timedelta(minutes=10)
"""How long after midnight the day before is still looked at: what came since the last look belongs to it."""


def day_looked_at() -> date:
    return timezone.localdate(timezone.now() - LATE)


def begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def outside(day: date) -> Q:
    """What was done on a day outside working time, of whatever tells `at` and `person`."""
    midnight = begin(day)
    opens, closes = (midnight + timedelta(hours=int(number.on(day))) for number in (WORK_BEGINS, WORK_ENDS))
    calendars = Calendars()
    free = [pk for pk in Department._base_manager.values_list("pk", flat=True) if not calendars.of(pk).works(day)]
    away = Q(person__department__in=free)
    if not calendars.of(None).works(day):
        away |= Q(person__department=None)
    return Q(at__gte=midnight, at__lt=midnight + timedelta(1)) & (Q(at__lt=opens) | Q(at__gte=closes) | away)


def counted(day: date) -> Counter[int]:
    """How many records each person has opened and exported outside working time; one statement each."""
    then = outside(day)
    views = Viewed.objects.filter(then).values_list("person_id").annotate(n=Count("pk")).order_by()
    exports = Exported.objects.filter(then).values_list("person_id").annotate(n=Sum(Length("ids"))).order_by()
    found: Counter[int] = Counter(dict(views))
    found.update(dict(exports))
    return found


def of_person(model: Any, person: int, day: date) -> Any:
    """Her own of these views or exports."""
    return model.objects.filter(outside(day), person_id=person)
