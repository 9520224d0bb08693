"""An uploaded or produced file."""

from typing import Any

from django.conf import settings
from django.db import models

from zhike.kernel.reach import Actor
from zhike.org.acting import behind


class StoredFiles(models.QuerySet[Any]):
    """The files somebody may read: her own, not those of whoever she acts for; those of records reach her through the record."""

    def visible_to(self, actor: Actor, verb: str = "view") -> "StoredFiles":
        return self.filter(owner_id=behind(actor).pk)


class StoredFile(models.Model):
    """Its bytes lie in the files folder under their digest."""

    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    type = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    owner: Any = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = StoredFiles.as_manager()

    class Meta:
        db_table = "files_file"
        default_permissions = ()

    def as_json(self) -> dict[str, Any]:
        return {"id": self.pk, "name": self.name, "size": self.size, "type": self.type}
