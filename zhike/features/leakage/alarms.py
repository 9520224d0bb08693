"""Looking for alarms 异常告警: whoever may read them all hears of unusual viewing, revealing and exporting within ten minutes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from zhike.features.audit.models import Entry
from zhike.features.audit.revealing import REVEAL
from zhike.features.insight.models import Exported, Viewed
from zhike.features.leakage import off_hours
from zhike.features.leakage.limits import Length, today
from zhike.features.leakage.objects.alarm import OFF_HOURS, Alarm
from zhike.features.leakage.rules import EXPORTED_A_DAY, OFF_HOURS_A_DAY, REVEALS_AN_HOUR, VIEWS_AN_HOUR
from zhike.features.notify.tell import tell_each
from zhike.kernel.reach import Reach
from zhike.kernel.writes import create_many
from zhike.org.held_roles import holding
from zhike.org.objects.person import Person, System
from zhike.org.objects.role import Role

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WATCHER = System("alarm")


@dataclass(frozen=True)
class Unusual:
    """More than the rule allows; told once for each person in the hour or day that began `since`."""

    kind: str
    person: int
    since: datetime
    count: int


@transaction.atomic
def look_for_unusual() -> None:
    """One statement for each kind, however many people there are and however much they saw."""
    known = set(Alarm._base_manager.filter(since__gte=timezone.now() - 2 * DAY).values_list("kind", "person_id", "since"))
    found = [one for one in unusual() if (one.kind, one.person, one.since) not in known]
    people = set(Person._base_manager.filter(pk__in={one.person for one in found}).values_list("pk", flat=True))
    rows = [asdict(one) for one in found if one.person in people]
    hearing = guardians() if rows else set()
    alarms = create_many(Alarm, rows, actor=WATCHER)
    tell_each(((p, a.name, a) for a in alarms for p in hearing - {a.person_id}), actor=WATCHER)


def unusual() -> Iterator[Unusual]:
    """Everybody above a limit in the last hour or day; what came before counts on, whenever the clock strikes."""
    now = timezone.now()
    hour, lately = now.replace(minute=0, second=0, microsecond=0), now - HOUR
    views = Viewed.objects.filter(at__gte=lately).values_list("person_id").annotate(n=Count("pk"))
    yield from _above("view", views, VIEWS_AN_HOUR.on(), hour)
    shown = Entry.objects.filter(verb=REVEAL, at__gte=lately, actor__isnull=False)
    yield from _above(REVEAL, shown.values_list("actor_id").annotate(n=Count("pk")), REVEALS_AN_HOUR.on(), hour)
    exported = Exported.objects.filter(at__gte=now - DAY).values_list("person_id").annotate(n=Sum(Length("ids")))
    yield from _above("export", exported, EXPORTED_A_DAY.on(), today())
    yield from _off_hours(off_hours.day_looked_at())


def _above(kind: str, counted: Any, limit: Any, since: datetime) -> Iterator[Unusual]:
    return (Unusual(kind, person, since, count) for person, count in counted.filter(n__gt=limit).order_by())


def _off_hours(day: date) -> Iterator[Unusual]:
    most, since = OFF_HOURS_A_DAY.on(), off_hours.begin(day)
    return (Unusual(OFF_HOURS, person, since, n) for person, n in off_hours.counted(day).items() if n > most)


def guardians() -> set[int]:
    """Who keeps watch: everybody who may read all alarms."""
    roles = [role.pk for role in Role._base_manager.all() if role.reach("view", Alarm.spec.collection) is Reach.ALL]
    return set(Person._base_manager.filter(holding(roles), is_active=True).values_list("pk", flat=True))
