"""后台任务: the row behind a piece of long work."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models

from zhike.features.retention.declared import kept, parameter_of_days

WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"


@dataclass(frozen=True)
class Place:
    """Where a notification about one leads."""

    collection: str = "jobs"


class Job(models.Model):
    """One run: its progress, log, result and error. `request` is the number of the request that caused it.

    It stands where its beginner stood: `outside` the house when a program asked for it (V-44).
    """

    kind = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=20, default=WAITING)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    log = models.JSONField(default=list)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    files = models.JSONField(default=list)
    cancel_asked = models.BooleanField(default=False)
    attempts = models.PositiveIntegerField(default=0)
    request = models.CharField(max_length=64, blank=True, default="", db_default="")
    outside = models.BooleanField(default=False, db_default=False)
    owner: Any = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    spec = Place()

    class Meta:
        db_table = "jobs_job"
        default_permissions = ()
        indexes = [models.Index(fields=["owner", "-id"], name="job_of_owner")]

    def as_json(self) -> dict[str, Any]:
        """What people see of it."""
        shown = ("id", "kind", "label", "state", "done", "total", "log", "result", "error", "files")
        times = {n: t.isoformat() if (t := getattr(self, n)) else None for n in TIMES}
        return {name: getattr(self, name) for name in shown} | times


class Occasion(models.Model):
    """When something with a rhythm of its own was last begun."""

    name = models.CharField(max_length=80, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "jobs_occasion"
        default_permissions = ()


OVER = ~models.Q(state__in=(WAITING, RUNNING))
kept(Job, since="finished_at", days=parameter_of_days("keep_jobs", "已结束的后台任务保留", 90), once=OVER)
TIMES = ("created_at", "started_at", "finished_at")
