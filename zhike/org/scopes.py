"""Scopes 可见范围: who else may reach a record, beyond its owner. Plain functions, shared by many objects."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from zhike.kernel.reach import ANY_DEPARTMENT, Actor, Reach, Scope
from zhike.kernel.record import allowed


def by_owner(actor: Actor, reach: Reach) -> Q:
    """本人的记录; wider reaches add the department's, then those of the departments below."""
    mine = Q(owner_id=actor.pk)
    return mine | _of_departments(actor, reach) if reach.by_department else mine


def _of_departments(actor: Actor, reach: Reach) -> Q:
    """Department by department; the whole company in one word, over which the planner need not ponder a thousand times."""
    found = actor.departments(reach)
    organisation = getattr(actor, "organisation", None)
    whole = bool(found) and organisation is not None and len(found) == organisation.size
    return Q(ANY_DEPARTMENT) if whole else Q(department_id__in=found)


def everyone(actor: Actor, reach: Reach) -> Q:
    """公共资料: whoever has the verb has it on every record (产品, 部门, 同事)."""
    return Q()


def through(to: str, field: str) -> Scope:
    """随主记录可见: every record whose `field` points to one of `to` that the actor may see. For `Spec.readable`."""

    def scope(actor: Actor, reach: Reach) -> Q:
        parent = apps.get_model(to)
        return Q(Exists(parent._base_manager.filter(allowed(parent, actor), pk=OuterRef(f"{field}_id"))))

    return scope
