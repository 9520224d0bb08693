"""时限: one running clock, and the objects of the working calendar."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from zhike.features.retention.declared import kept, parameter_of_days
from zhike.kernel.registry import load

RUNNING, PAUSED, OVER, STOPPED = "running", "paused", "over", "stopped"
OPEN = (RUNNING, PAUSED, OVER)


class Clock(models.Model):
    """One deadline of one record. When each mark is due stands in `at`; `next_at` is what the sweep looks at.

    `person` is who should act in time, `department` whose calendar counts. An open clock there is only one of its kind.
    """

    kind = models.CharField(max_length=60)
    about = models.CharField(max_length=200, blank=True)
    collection = models.CharField(max_length=60)
    record = models.BigIntegerField()
    person: Any = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    department: Any = models.ForeignKey(settings.DEPARTMENT_MODEL, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    marks = models.JSONField(default=list)
    at = ArrayField(models.DateTimeField())
    passed = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, default=RUNNING)

    class Meta:
        db_table = "clocks_clock"
        default_permissions = ()
        indexes = [
            models.Index(fields=["next_at"], name="clock_next", condition=models.Q(state=RUNNING)),
            models.Index(fields=["due_at", "id"], name="clock_due", condition=models.Q(state__in=OPEN)),
            models.Index(fields=["collection", "record"], name="clock_of"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "collection", "record"], name="clock_once", condition=models.Q(state__in=OPEN)
            )
        ]


kept(Clock, since="due_at", days=parameter_of_days("keep_clocks", "已结束的时限保留", 365), once=models.Q(state=STOPPED))
load("zhike.features.clocks.objects")
