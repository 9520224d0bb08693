"""Audit entries 操作记录."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Func
from django.db.models.functions import Cast

from zhike.features.audit.aging import kept_by_year

CURRENT_TRANSACTION = Cast(Cast(Func(function="pg_current_xact_id"), models.TextField()), models.BigIntegerField())


class Entry(models.Model):
    """One change of one row.

    `record` is the record whose history it belongs to; for a child line or a link that is its parent, and `part` names the field.
    """

    at = models.DateTimeField()
    actor: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    through = models.CharField(max_length=80)
    verb = models.CharField(max_length=60)
    collection = models.CharField(max_length=60)
    record = models.BigIntegerField()
    part = models.CharField(max_length=60)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    transaction = models.BigIntegerField(db_default=CURRENT_TRANSACTION)

    class Meta:
        db_table = "audit_entry"
        default_permissions = ()
        indexes = [
            models.Index(fields=["collection", "record", "id"], name="audit_of_record"),
            models.Index(fields=["transaction"], name="audit_since"),
            models.Index(fields=["at"], name="audit_revealed", condition=models.Q(verb="reveal")),
            models.Index(fields=["through", "id"], name="audit_of_import", condition=models.Q(through__startswith="import:")),
        ]


kept_by_year(Entry)
