"""公开范围: to whom a view, a report or a dashboard is open besides its owner. What it shows is always each viewer's own."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Q

from zhike.kernel.reach import Actor, Reach
from zhike.org.held_roles import holding

OPENNESS = {"private": "仅自己", "department": "本部门及下级", "role": "同角色的人", "everyone": "所有人"}


def opened(actor: Actor, reach: Reach) -> Q:
    """What colleagues of her department or of one above it, colleagues in one of her roles, or anybody opened to her.

    A manager's team works in the departments below her own. For `Spec.readable`.
    """
    alike = apps.get_model("org.Person")._base_manager.filter(holding(getattr(actor, "role_ids", ()))).values("pk")
    tree = getattr(actor, "organisation", None)
    places = {above for place in actor.workplaces for above in (tree.above(place) if tree else (place,))}
    department = Q(share="department", department_id__in=places)
    return Q(share="everyone") | department | Q(share="role", owner_id__in=alike)
