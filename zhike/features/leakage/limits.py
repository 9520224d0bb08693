"""Export limits 导出限额: how many records one person takes along in a day; what was agreed to is free."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.db import connection
from django.db.models import IntegerField, Sum
from django.db.models.expressions import Func
from django.utils import timezone

from zhike.features.insight.models import Exported
from zhike.features.leakage.rules import ROWS_A_DAY
from zhike.kernel.errors import Refused


class Length(Func):
    """How many ids a run has."""

    function = "cardinality"
    output_field = IntegerField()


def today() -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate(), time.min))


def taken(person: int) -> int:
    """How many records somebody has exported since midnight."""
    runs = Exported.objects.filter(person_id=person, at__gte=today())
    return int(runs.aggregate(n=Sum(Length("ids")))["n"] or 0)


def refuse_too_much(count: int, actor: Any) -> None:
    """Raise Refused when these records would be more than a day's; one export of a person after the other, or two would fit."""
    most = int(ROWS_A_DAY.on())
    if actor.pk is None or not count:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"export {actor.pk}"])
    left = max(0, most - taken(actor.pk))
    if count > left:
        raise Refused(f"每人每天最多导出 {most:,} 条，今天还可以导出 {left:,} 条，这次有 {count:,} 条；请缩小范围或联系管理员")
