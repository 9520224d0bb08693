"""What is kept of an import (导入) and of the mappings people save for the next file of the same kind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

DRAFT, CHECKED, RUNNING, DONE, UNDONE, FAILED = "draft", "checked", "running", "done", "undone", "failed"


class Import(models.Model):
    """导入: one file on its way into one collection; its owner sees it, and nobody else.

    `laid_out` is the sheet of a workbook as CSV, so that it is opened only once. The state while a job is under way, and after
    one that failed, is told by the job.
    """

    collection = models.CharField(max_length=60)
    file: Any = models.ForeignKey(settings.FILE_MODEL, models.PROTECT, related_name="+")
    laid_out: Any = models.ForeignKey(settings.FILE_MODEL, models.PROTECT, null=True, related_name="+")
    encoding = models.CharField(max_length=20, null=True)
    delimiter = models.CharField(max_length=1, null=True)
    sheet = models.CharField(max_length=100, null=True)
    sheets = models.JSONField(default=list)
    columns = models.JSONField(default=list)
    rows = models.BigIntegerField(default=0)
    mapping = models.JSONField(default=dict)
    on_duplicate = models.CharField(max_length=10, default="skip")
    state = models.CharField(max_length=10, default=DRAFT)
    job: Any = models.ForeignKey("jobs.Job", models.SET_NULL, null=True, related_name="+")
    result = models.JSONField(default=dict)
    owner: Any = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "transfer_import"
        default_permissions = ()
        indexes = [models.Index(fields=["owner", "-id"], name="import_of_owner")]

    @property
    def cause(self) -> str:
        """How the audit names everything this import wrote."""
        return f"import:{self.pk}"

    @property
    def headers(self) -> list[str]:
        return [column["header"] for column in self.columns]

    def current_state(self) -> str:
        """A job that failed or was cancelled wrote nothing: the import may be mended and started again."""
        if self.busy:
            return RUNNING
        if self.state != RUNNING:
            return self.state
        return DRAFT if self.job is not None and self.job.state == "cancelled" else FAILED

    @property
    def busy(self) -> bool:
        """Whether a job of this import is waiting or under way."""
        return self.job is not None and self.job.state in ("waiting", "running")

    def undo_until(self) -> Any:
        """Until when this import may be taken back; None when there is nothing to take back."""
        return self.finished_at + timedelta(days=settings.UNDO_DAYS) if self.state == DONE and self.finished_at else None

    def may_be_undone(self) -> bool:
        until = self.undo_until()
        return until is not None and timezone.now() < until


class SavedMapping(models.Model):
    """已存的对应关系: how the columns of a kind of file go to fields, kept under a name; without an owner it came with a pack."""

    name = models.CharField(max_length=100)
    collection = models.CharField(max_length=60)
    mapping = models.JSONField()
    owner: Any = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "transfer_mapping"
        default_permissions = ()
        constraints = [models.UniqueConstraint("collection", "name", name="mapping_by_name")]

    def as_json(self) -> dict[str, Any]:
        owner = {"id": self.owner_id, "label": self.owner.name} if self.owner_id else None
        return {"id": self.pk, "name": self.name, "collection": self.collection, "mapping": self.mapping, "owner": owner}
