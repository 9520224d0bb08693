"""通知、关注与评论."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from zhike.features.retention.declared import kept, parameter_of_days


class Notification(models.Model):
    """One thing one person should know; it may lead to a record.

    `needs` is what she must be able to see to read the words, beyond what they lead to: another object (`of`, `record`), fields
    that they quote (`fields`), or every record of the object there is (`all`).
    """

    person: Any = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    text = models.CharField(max_length=300)
    collection = models.CharField(max_length=60, blank=True)
    record = models.BigIntegerField(null=True)
    needs = models.JSONField(default=dict)
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notify_notification"
        default_permissions = ()
        indexes = [
            models.Index(fields=["person", "-id"], name="notification_of"),
            models.Index(fields=["person"], name="notification_unread", condition=models.Q(read_at__isnull=True)),
            BrinIndex(fields=["at"], name="notification_at"),
        ]

    @property
    def about(self) -> tuple[str, int | None]:
        """Collection and id of what its words tell of; without an id, of several or of the whole object."""
        return (self.needs["of"], self.needs["record"]) if "of" in self.needs else (self.collection, self.record)

    @property
    def places(self) -> set[tuple[str, int | None]]:
        """What its words tell of and what they lead to, which need not be the same (预警: a customer, by its alert)."""
        return {self.about, (self.collection, self.record)}

    def as_json(self) -> dict[str, Any]:
        shown = {name: getattr(self, name) for name in ("id", "text", "collection", "record")}
        return shown | {"at": self.at.isoformat(), "read": self.read_at is not None}


class Follow(models.Model):
    """关注: this person wants to know when that record changes."""

    person: Any = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    collection = models.CharField(max_length=60)
    record = models.BigIntegerField()

    class Meta:
        db_table = "notify_follow"
        default_permissions = ()
        constraints = [models.UniqueConstraint("collection", "record", "person", name="followed_once")]


class Comment(models.Model):
    """评论: what a colleague says about a record; it is for colleagues, the customer never sees it."""

    author: Any = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    collection = models.CharField(max_length=60)
    record = models.BigIntegerField()
    text = models.TextField()
    mentions = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        db_table = "notify_comment"
        default_permissions = ()
        indexes = [models.Index(fields=["collection", "record", "id"], name="comment_on")]

    def as_json(self) -> dict[str, Any]:
        author = {"id": self.author_id, "label": self.author.name}
        return {"id": self.pk, "at": self.at.isoformat(), "author": author, "text": self.text, "mentions": self.mentions}


kept(Notification, since="at", days=parameter_of_days("keep_notifications", "通知保留", 180))
