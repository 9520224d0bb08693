"""共享: single records opened to a person or to the members of a department, beyond what their roles reach (T-74).

Whoever stands in a record as its collaborator (`Spec.collaborators`) has it like one that was shared with her to work on.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils import timezone

from zhike.kernel.registry import every_object
from zhike.org.held_roles import PLACES_OF_ONE_LOADED, today

SHARED = f"""
    SELECT s.collection || CASE WHEN s.may_change THEN ':change' ELSE '' END AS what, s.record
    FROM org_share s
    WHERE (s.person_id = org_person.id OR s.department_id = ANY (org_person.department_id || {PLACES_OF_ONE_LOADED}))
      AND (s.until IS NULL OR s.until > now())
"""
BESIDE = """
    SELECT '{collection}:change', l."{record}" FROM "{links}" l WHERE l."{person}" = org_person.id
"""


class Share(models.Model):
    """One record opened to one person or to whoever works in one department, to look at or to work on (协作)."""

    collection = models.CharField(max_length=60)
    record = models.BigIntegerField()
    person: Any = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    department: Any = models.ForeignKey(settings.DEPARTMENT_MODEL, models.CASCADE, null=True, related_name="+")
    may_change = models.BooleanField(default=False)
    until = models.DateTimeField(null=True)
    given_by: Any = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "org_share"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="share_to_one", condition=Q(person__isnull=False, department=None) | Q(person=None, department__isnull=False)
            ),
            models.UniqueConstraint(
                name="share_once", fields=["collection", "record", "person", "department"], nulls_distinct=False
            ),
        ]


def with_her(person: Any) -> Any:
    """The shares that reach somebody today: her own, and those of every department she works in."""
    mine = Q(person_id=person.pk) | Q(department_id__in=person.workplaces)
    return Share.objects.filter(mine, Q(until=None) | Q(until__gt=timezone.now()))


def of_one_loaded() -> RawSQL:
    """Of whoever is being loaded: {"customers": [ids she may read], "customers:change": [ids she may also change]}."""
    return RawSQL(_held(), today(), output_field=models.JSONField())


def held(person: Any) -> dict[str, list[int]]:
    """What is shared with somebody who was not loaded ready to act."""
    found = person._meta.model._base_manager.filter(pk=person.pk).annotate(found=of_one_loaded())
    return found.values_list("found", flat=True).first() or {}


@cache
def _held() -> str:
    opened = " UNION ALL ".join([SHARED, *(_beside(m) for m in every_object().values() if m.spec.collaborators)])
    each = f"SELECT o.what, jsonb_agg(DISTINCT o.record) AS ids FROM ({opened}) o GROUP BY 1"
    return f"(SELECT jsonb_object_agg(g.what, g.ids) FROM ({each}) g)"


def _beside(model: Any) -> str:
    kind = model.declared()[model.spec.collaborators]
    places = {"links": kind.remote_field.through._meta.db_table, "record": kind.m2m_column_name()}
    return BESIDE.format(collection=model.spec.collection, person=kind.m2m_reverse_name(), **places)
