"""Alarms that were given."""

from typing import Any

from django.conf import settings
from django.db import models


class Alarm(models.Model):
    """异常告警: somebody looked at or took along unusually much, told once for each hour or day."""

    kind = models.CharField(max_length=10)
    person: Any = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    count = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "leakage_alarm"
        default_permissions = ()
        constraints = [models.UniqueConstraint("kind", "person", "since", name="alarm_once")]
