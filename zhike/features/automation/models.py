"""自动化: rules and their runs are objects; which record was touched when, and which hour a rule has had, is bookkeeping."""

from typing import Any

from django.db import models
from django.utils import timezone

from zhike.features.retention.declared import kept
from zhike.kernel.registry import load


class Touch(models.Model):
    """A rule has done something to a record; kept for a day, so that one that cannot stop is stopped."""

    rule: Any = models.ForeignKey("automation.Automation", models.CASCADE, related_name="+", db_index=False)
    record = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "automation_touch"
        default_permissions = ()
        indexes = [models.Index(fields=["rule", "record", "at"], name="automation_touched")]


kept(Touch, since="at", days=lambda: 1)
load("zhike.features.automation.objects")
