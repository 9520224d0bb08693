"""What the interface itself has to remember."""

from django.conf import settings
from django.db import models

from zhike.features.retention.declared import kept


class Answered(models.Model):
    """The answer once given to an Idempotency-Key, given again when the request is repeated."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    request = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "api_answered"
        default_permissions = ()
        constraints = [models.UniqueConstraint("person", "key", name="answered_once")]


kept(Answered, since="at", days=lambda: 2)
