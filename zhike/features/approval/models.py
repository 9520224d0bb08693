"""审批申请: one held-back deed with its frozen input, the route it takes, and the tasks of those who must agree."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from zhike.kernel.registry import load

CHOOSING, PENDING, APPROVED, DISAGREED = "choosing", "pending", "approved", "disagreed"
RETURNED, WITHDRAWN, FAILED = "returned", "withdrawn", "failed"
STANDING = (CHOOSING, PENDING)
OPEN, QUEUED, AGREED, REFUSED, PASSED_ON, PUT_ASIDE = "open", "queued", "agreed", "refused", "passed_on", "put_aside"


@dataclass(frozen=True)
class Place:
    """Where clocks find requests."""

    collection: str = "approvals"


class Request(models.Model):
    """What somebody wants to do, word for word, and how far the agreement has come.

    Arguments:
        record: None for a creation, until it has been carried out.
        key: what may be asked for only once at a time.
        data, options: the input as it was sent.
        changes: field, label, old and new value, side by side as text.
        base: the old values as JSON carries them, to see whether they still stand when everybody has agreed.
        definition, applied: the policy as it was, and which of its steps hold for this case.
        route: the steps to take, with those who take them; `position` is the current one.
        round: counts up when a step is taken again; what was agreed before does not count any more.
    """

    policy = models.BigIntegerField()
    policy_name = models.CharField(max_length=60)
    policy_version = models.PositiveIntegerField()
    collection = models.CharField(max_length=60)
    record = models.BigIntegerField(null=True)
    title = models.CharField(max_length=200)
    verb = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    data = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    changes = models.JSONField(default=list)
    base = models.JSONField(default=dict)
    definition = models.JSONField(default=dict)
    applied = ArrayField(models.IntegerField())
    route = models.JSONField(default=list)
    position = models.IntegerField(default=0)
    round = models.IntegerField(default=1)
    state = models.CharField(max_length=12, default=PENDING)
    reason = models.TextField(blank=True)
    log = models.JSONField(default=list)
    requester: Any = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    department: Any = models.ForeignKey(settings.DEPARTMENT_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    spec = Place()
    moves = ~models.Q(state__in=STANDING)
    """What is still asked for was asked of that very record: merged away, it is gone."""

    class Meta:
        db_table = "approval_request"
        default_permissions = ()
        indexes = [
            models.Index(fields=["requester", "-id"], name="approval_of"),
            models.Index(fields=["collection", "record", "-id"], name="approval_about"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="approval_once", condition=models.Q(state__in=STANDING)),
        ]

    @property
    def step(self) -> dict[str, Any]:
        """The step in hand."""
        found: dict[str, Any] = self.route[self.position]
        return found


class Task(models.Model):
    """One person's part in one step of one round."""

    request: Any = models.ForeignKey(Request, models.CASCADE, related_name="duties")
    step = models.IntegerField()
    round = models.IntegerField()
    person: Any = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=OPEN)
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "approval_task"
        default_permissions = ()
        indexes = [
            models.Index(fields=["person"], name="approval_waiting", condition=models.Q(state=OPEN)),
            models.Index(fields=["person", "-id"], name="approval_part_of"),
            models.Index(fields=["request", "step"], name="approval_task_step"),
        ]


load("zhike.features.approval.objects")
