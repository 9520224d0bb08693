"""已签发文件: what has left the house as a paper, under a code by which whoever holds it can ask whether it is genuine."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.db import models

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 12


class Issued(models.Model):
    """One version of one record, in one format, taken by one person. The same again is the same paper."""

    code = models.CharField(max_length=LENGTH, unique=True)
    collection = models.CharField(max_length=60)
    record = models.BigIntegerField()
    version = models.PositiveIntegerField()
    label = models.CharField(max_length=300)
    issued_by: Any = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    issued_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "documents_issued"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["collection", "record", "version"], name="document_issued_once")]

    @property
    def replaced(self) -> bool:
        """Whether a later version of the same record has been issued."""
        later = Issued.objects.filter(collection=self.collection, record=self.record, version__gt=self.version)
        return bool(later.exists())


def issue(record: Any, *, actor: Any) -> Issued:
    """The entry of this version of a record, made when it is first taken."""
    known_by = {"collection": record.spec.collection, "record": record.pk, "version": record.version}
    made, _ = Issued.objects.get_or_create(
        **known_by,
        defaults={"code": fresh_code(), "label": f"{record.spec.label} {record}"[:300], "issued_by_id": actor.pk},
    )
    return made


def fresh_code() -> str:
    """Cannot be guessed, can be read out on the telephone."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def verify(code: str) -> Issued | None:
    """The paper with this code, however it was typed."""
    typed = code.replace("-", "").replace(" ", "").upper()
    written = len(typed) == LENGTH and set(typed) <= set(ALPHABET)
    found: Issued | None = Issued.objects.filter(code=typed).first() if written else None
    return found
