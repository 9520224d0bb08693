"""资料维护: an affiliate or partner that lets the data of its customers grow old is given no special price (V-13, V-14)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from zhike.apps.customers.objects.customer import Customer
from zhike.apps.sales.authority import STRICT
from zhike.apps.sales.rules import SPECIAL_RATIO, UPKEEP_DAYS, UPKEEP_SHARE
from zhike.org.objects.department import Department

PARTNERS = ("affiliate", "agent")


def neglected(quotes: list[Any]) -> dict[int, str]:
    """Departments of affiliates and partners that ask for a special price with data too old, and the words for it."""
    special = SPECIAL_RATIO.on()
    asking = {quote.department_id for quote in quotes if quote.conceded.by(STRICT) < special} - {None}
    partners = asking & set(_partners()) if asking else set()
    if not partners:
        return {}
    days, share = int(UPKEEP_DAYS.on()), int(UPKEEP_SHARE.on())
    counted = _counted(partners, timezone.now() - timedelta(days=days))
    return {pk: _words(old, whole, days) for pk, whole, old in counted if old * 100 > whole * share}


def _words(old: int, whole: int, days: int) -> str:
    return f"本单位 {whole} 个客户中有 {old} 个超过 {days} 天没有维护，特价申请不予受理；请先更新资料或登记跟进"


def _partners() -> list[int]:
    """The departments of affiliates and partners, with those below."""
    return Department.below(list(Department._base_manager.filter(kind__in=PARTNERS).values_list("pk", flat=True)))


def _counted(departments: set[int], before: datetime) -> Any:
    """Of each department how many customers it has, and how many were neither edited nor contacted since."""
    rows = Customer._base_manager.filter(department__in=departments, in_pool=False).order_by().values_list("department_id")
    untouched = Q(updated_at__lt=before) & (Q(tracked_at__lt=before) | Q(tracked_at=None))
    return rows.annotate(whole=Count("pk"), old=Count("pk", filter=untouched))
