"""Alarms 异常告警: whoever looks after permissions hears of unusual viewing, revealing and exporting within ten minutes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from zhike.features.audit.models import Entry
from zhike.features.audit.revealing import REVEAL
from zhike.features.insight.models import Exported, Viewed
from zhike.features.leakage.limits import Length, today
from zhike.features.leakage.models import Alarm
from zhike.features.leakage.rules import EXPORTED_A_DAY, REVEALS_AN_HOUR, VIEWS_AN_HOUR
from zhike.features.notify.tell import tell
from zhike.kernel.reach import Reach
from zhike.org.held_roles import holding
from zhike.org.objects.person import Person, System
from zhike.org.objects.role import Role

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Unusual:
    """More than the rule allows; told once for each person in the hour or day that began `since`."""

    kind: str
    person: int
    since: datetime
    count: int

    def sentence(self, name: str) -> str:
        if self.kind == "view":
            return f"异常查看：{name} 在一小时内打开了 {self.count:,} 条记录"
        if self.kind == REVEAL:
            return f"异常查看：{name} 在一小时内显示了 {self.count:,} 次掩码内容"
        return f"异常导出：{name} 在一天内导出了 {self.count:,} 条记录"


@transaction.atomic
def look_for_unusual() -> None:
    """One statement for each kind, however many people there are and however much they saw."""
    known = set(Alarm.objects.filter(since__gte=timezone.now() - DAY).values_list("kind", "person_id", "since"))
    found = [one for one in unusual() if (one.kind, one.person, one.since) not in known]
    people = {person.pk: person for person in Person._base_manager.filter(pk__in={one.person for one in found})}
    told = [one for one in found if one.person in people]
    Alarm.objects.bulk_create(Alarm(kind=o.kind, person_id=o.person, since=o.since, count=o.count) for o in told)
    for one in told:
        person = people[one.person]
        tell(guardians() - {one.person}, one.sentence(person.name), record=person, actor=System("alarm"))


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


def _above(kind: str, counted: Any, limit: Any, since: datetime) -> Iterator[Unusual]:
    return (Unusual(kind, person, since, count) for person, count in counted.filter(n__gt=limit).order_by())


def guardians() -> set[int]:
    """Who looks after permissions: everybody who may grant them."""
    roles = [role.pk for role in Role._base_manager.all() if role.reach("grant", Role.spec.collection) is not Reach.NONE]
    return set(Person._base_manager.filter(holding(roles), is_active=True).values_list("pk", flat=True))
