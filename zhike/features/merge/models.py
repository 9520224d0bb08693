"""疑似重复的记录对: two records that may be the same, why, and what somebody has said to that."""

from typing import Any

from django.conf import settings
from django.db import models

OPEN, DISMISSED = "open", "dismissed"


class Pair(models.Model):
    """`group` names the records that hang together by such pairs: the smallest id among them."""

    collection = models.CharField(max_length=60)
    one = models.BigIntegerField()
    other = models.BigIntegerField()
    group = models.BigIntegerField()
    score = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=20, default=OPEN)
    found_at = models.DateTimeField()
    dismissed_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )

    class Meta:
        db_table = "merge_pair"
        default_permissions = ()
        constraints = [models.UniqueConstraint("collection", "one", "other", name="pair_once")]
        indexes = [
            models.Index(fields=["collection", "group"], name="pairs_of_group", condition=models.Q(state=OPEN)),
            models.Index(fields=["collection", "other"], name="pairs_of_other"),
        ]
