"""The secret address of one person's feed."""

from typing import Any

from django.conf import settings
from django.db import models


class Feed(models.Model):
    """Only a digest of the address is kept: whoever reads the database cannot read calendars with it."""

    person: Any = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "feeds_feed"
        default_permissions = ()
