"""变更批次与回收站: what one deed touched, and which deleted records may still come back."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from zhike.features.retention.declared import kept
from zhike.kernel.reach import Actor, Reach
from zhike.org.scopes import by_owner


class Changeset(models.Model):
    """变更批次: one deed on records of one object; the audit entries of its transaction say what it did.

    `moved` is what merging hung on another record, of tables that are not audited.
    """

    at = models.DateTimeField()
    actor: Any = models.ForeignKey(settings.AUTH_USER_MODEL, models.DO_NOTHING, related_name="+", db_constraint=False)
    collection = models.CharField(max_length=60)
    verb = models.CharField(max_length=60)
    count = models.PositiveIntegerField(default=0)
    transaction = models.BigIntegerField()
    moved = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    undone_at = models.DateTimeField(null=True)
    undone_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )

    class Meta:
        db_table = "undo_changeset"
        default_permissions = ()
        constraints = [models.UniqueConstraint("transaction", "at", "collection", "verb", name="one_changeset_a_deed")]

    @property
    def until(self) -> Any:
        """When it can no longer be undone."""
        return self.at + timedelta(days=settings.UNDO_DAYS)

    @property
    def over(self) -> bool:
        return bool(timezone.now() > self.until)


class RecycledRows(models.QuerySet[Any]):
    """Deleted records of one object."""

    def visible_to(self, actor: Actor, model: Any) -> "RecycledRows":
        """Those the actor deleted herself, and those she could have deleted: theirs was the same owner and department."""
        reach = actor.reach("delete", model)
        rows = self.filter(collection=model.spec.collection, restored_at__isnull=True)
        if reach is Reach.NONE:
            return rows.none()
        return rows if reach is Reach.ALL else rows.filter(models.Q(changeset__actor_id=actor.pk) | by_owner(actor, reach))


class Recycled(models.Model):
    """回收站: one deleted record, as far as a list must show it."""

    changeset: Any = models.ForeignKey(Changeset, models.CASCADE, related_name="recycled")
    collection = models.CharField(max_length=60)
    record = models.BigIntegerField()
    title = models.TextField()
    owner: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    department: Any = models.ForeignKey(
        settings.DEPARTMENT_MODEL, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    restored_at = models.DateTimeField(null=True)

    objects = RecycledRows.as_manager()

    class Meta:
        db_table = "undo_recycled"
        default_permissions = ()
        indexes = [
            models.Index(fields=["collection", "-id"], name="recycled_of", condition=models.Q(restored_at__isnull=True)),
        ]


# The recycle bin empties itself; what it held stays in the audit.
kept(Changeset, since="at", days=lambda: int(settings.UNDO_DAYS))
