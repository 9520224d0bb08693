"""访问与会话: what has been sent in, so that nothing counts twice and nobody sends too often."""

from typing import Any

from django.db import models

from zhike.kernel.registry import load


class Visit(models.Model):
    """One use of a form. Of the address only a digest is kept, and that for a day."""

    form: Any = models.ForeignKey("inbound.WebForm", models.CASCADE, related_name="+")
    nonce = models.CharField(max_length=40, unique=True)
    address = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "inbound_visit"
        default_permissions = ()
        indexes = [
            models.Index(fields=["form", "address", "at"], name="visit_often"),
            models.Index(fields=["at"], name="visit_old"),
        ]


class Conversation(models.Model):
    """在线会话: one chat of a channel, by the name the other side gave it, and the record it has become."""

    channel: Any = models.ForeignKey("inbound.ChatChannel", models.CASCADE, related_name="+")
    session = models.CharField(max_length=100)
    record = models.BigIntegerField(null=True)
    told = models.JSONField(default=list)

    class Meta:
        db_table = "inbound_conversation"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["channel", "session"], name="conversation_once")]


load("zhike.features.inbound.objects")
