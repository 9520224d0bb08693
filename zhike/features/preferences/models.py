"""个人偏好."""

from typing import Any

from django.conf import settings
from django.db import models


class Preference(models.Model):
    """What one person has chosen; what she has not chosen is not kept."""

    person: Any = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    chosen = models.JSONField(default=dict)

    class Meta:
        db_table = "preferences_preference"
        default_permissions = ()
