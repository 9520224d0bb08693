"""What was looked at and taken along."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from zhike.features.audit.aging import kept_by_year


class Viewed(models.Model):
    """访问记录: somebody opened the page of a record. Written in batches, so that reading stays quick."""

    at = models.DateTimeField()
    person: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    through = models.CharField(max_length=80)
    collection = models.CharField(max_length=60)
    record = models.BigIntegerField()

    class Meta:
        db_table = "insight_viewed"
        default_permissions = ()
        indexes = [
            models.Index(fields=["collection", "record", "-id"], name="insight_of_record"),
            BrinIndex(fields=["at"], name="insight_viewed_at"),
        ]


class Exported(models.Model):
    """导出记录: a run of ids that one export took along, in their order; a large export has several.

    Asked by the range first, so that of a whole export one run is looked into.
    """

    at = models.DateTimeField()
    person: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    job = models.BigIntegerField()
    collection = models.CharField(max_length=60)
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    ids = ArrayField(models.BigIntegerField())

    class Meta:
        db_table = "insight_exported"
        default_permissions = ()
        indexes = [
            models.Index(fields=["collection", "first", "last"], name="insight_of_range"),
            BrinIndex(fields=["at"], name="insight_exported_at"),
        ]


kept_by_year(Viewed)
kept_by_year(Exported)
