"""定时: rules that run at an hour of the day, the week or the month; each time once, however many workers there are."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from zhike.features.automation.definition import TIME
from zhike.features.automation.objects.automation import Automation
from zhike.features.automation.rules import as_rule
from zhike.features.automation.running import RUN
from zhike.features.jobs.occasions import first_to_take
from zhike.features.jobs.periodic import periodic
from zhike.features.jobs.run import start
from zhike.features.reports.rhythm import last_due
from zhike.org.objects.person import System


@periodic("*/5 * * * *")
def start_due() -> None:
    """Queue every rule whose hour has come since it was written or last run."""
    now = timezone.localtime()
    for row in Automation._base_manager.filter(is_active=True, occasion=TIME).order_by("position", "pk"):
        when = as_rule(row).definition.when
        due = last_due(when["rhythm"], when.get("day", 1), when.get("hour", 8), now)
        with transaction.atomic():
            if due > row.updated_at and first_to_take(f"automation:{row.pk}", due):
                start(RUN, f"自动化“{row.name}”", {"rule": row.pk, "ids": None, "chain": []}, actor=System("automation"))
