"""权限矩阵: the whole of a role at a glance, and many cells of it changed at once."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from zhike.kernel.errors import Invalid, NotFound, Refused
from zhike.kernel.reach import Actor, Reach
from zhike.kernel.record import BASE_VERBS
from zhike.kernel.registry import objects
from zhike.kernel.writes.constraints import whole
from zhike.kernel.writes.one import save, snapshot, stale
from zhike.kernel.writes.reaching import lock
from zhike.org import field_rules
from zhike.org.held_roles import holding
from zhike.org.objects.department import Department
from zhike.org.objects.person import Person
from zhike.org.objects.role import REACHES, Cell, Grants, Role, granted

EVERY = "*"
VERBS = dict(zip(BASE_VERBS, ("查看", "新建", "修改", "删除", "转交", "导入", "导出"), strict=True))
NEEDED = ("change", "grant")
"""Without somebody who may do this to every role, nobody could ever change a permission again."""
MOST_CHOSEN = 200


def matrix(pk: int, actor: Actor) -> dict[str, Any]:
    """A role with every object and verb it may be granted on. Raises NotFound."""
    role = Role.objects.visible_to(actor).filter(pk=pk).first()
    if role is None:
        raise NotFound()
    return {
        "id": role.pk, "name": role.name, "version": role.version, "grants": role.grants, "fields": role.field_rules,
        "may_grant": Role.objects.visible_to(actor, "grant").filter(pk=pk).exists(),
        "verbs": [{"name": name, "label": label} for name, label in VERBS.items()],
        "rules": [{"name": name, "label": label} for name, label in field_rules.LABELS.items()],
        "objects": [_object(c, m) for c, m in sorted(objects().items(), key=lambda found: found[1].spec.place)],
        "departments": _departments(role.grants), "people": _people(holders(role), actor),
    }  # fmt: skip


def _object(collection: str, model: Any) -> dict[str, Any]:
    group = model.spec.menu or apps.get_app_config(model._meta.app_label).verbose_name
    actions = [{"name": a.name, "label": a.label} for a in model.actions().values()]
    fields = field_rules.offered(model)
    verbs = [verb for verb in VERBS if verb in model.verbs()]
    named = {"collection": collection, "label": model.spec.label, "group": group}
    return named | {"verbs": verbs, "actions": actions, "fields": fields}


def _departments(grants: Grants) -> list[dict[str, Any]]:
    """Those chosen anywhere in the role, by name."""
    chosen = {pk for cells in grants.values() for cell in cells.values() if not isinstance(cell, str) for pk in cell}
    named = Department._base_manager.filter(pk__in=chosen).order_by("name").values_list("pk", "name")
    return [{"id": pk, "label": name} for pk, name in named]


def holders(role: Any) -> QuerySet[Any]:
    """Who has this role."""
    return Person._base_manager.filter(holding([role.pk])).order_by("-is_active", "name")


def _people(people: QuerySet[Any], actor: Actor) -> list[dict[str, Any]]:
    """Those the actor may see, the active ones first."""
    seen = people.filter(pk__in=Person.objects.visible_to(actor).values("pk"))
    rows = seen.values_list("pk", "name", "department__name", "is_active")
    return [{"id": pk, "label": name, "department": department, "is_active": active} for pk, name, department, active in rows]


def regrant(pk: int, wanted: Any, fields: Any = None, *, actor: Actor, version: int | None = None) -> None:
    """Change cells of a role: {"customers": {"view": "all", "export": [7, 9], "delete": null}}.

    A list chooses departments, each with those below it; null takes a cell back to what it inherits.

    Arguments:
        fields: changed field rules, {"customers": {"phone": "masked", "notes": null}}; null opens the field.

    Raises NotFound, Invalid naming the cell, Stale, Refused when nobody could change permissions any more.
    """
    with whole(Role):
        role = lock(Role, pk, "grant", actor)
        if version is not None and version != role.version:
            raise stale(role, {}, actor)
        before = snapshot(role)
        if wanted is not None or fields is None:
            role.grants = changed(role.grants, checked(wanted))
        if fields is not None:
            role.field_rules = changed(role.field_rules, field_rules.checked(fields))
        refuse_locking_out(role)
        save(role, {}, "grant", before, actor)


def checked(wanted: Any) -> dict[str, dict[str, Cell | None]]:
    """What was asked for, if every cell of it exists. Raises Invalid."""
    if not isinstance(wanted, Mapping) or not wanted or not all(isinstance(cells, Mapping) for cells in wanted.values()):
        raise Invalid.of({"grants": "应为 {对象: {操作: 范围}}"}, {"grants": "权限"})
    departments = set(Department._base_manager.values_list("pk", flat=True))
    cells = {(c, v): said for c, verbs in wanted.items() for v, said in verbs.items()}
    if wrong := {f"{c}.{v}": why for (c, v), said in cells.items() if (why := _wrong(c, v, said, departments))}:
        raise Invalid.of(wrong)
    return {collection: dict(verbs) for collection, verbs in wanted.items()}


def _wrong(collection: str, verb: str, said: Any, departments: Set[int]) -> str:
    model = objects().get(collection)
    known = verb in (EVERY, *(model.verbs() if model else VERBS))
    if (model is None and collection != EVERY) or not known:
        return "没有这个对象或操作"
    if isinstance(said, list):
        chosen = 0 < len(said) <= MOST_CHOSEN and all(type(pk) is int and pk in departments for pk in said)
        return "" if chosen else f"请选择 1 到 {MOST_CHOSEN} 个还在的部门"
    return "" if said is None or (isinstance(said, str) and said in REACHES) else "没有这个范围"


def changed(grants: Grants, wanted: Mapping[str, Mapping[str, Cell | None]]) -> Grants:
    """The grants with these cells; what says nothing any more is left out."""
    merged = {c: {**grants.get(c, {}), **wanted.get(c, {})} for c in {**grants, **wanted}}
    stated = {c: {v: reach for v, reach in cells.items() if reach is not None} for c, cells in merged.items()}
    return {c: cells for c, cells in stated.items() if cells}


def refuse_locking_out(role: Any) -> None:
    """Somebody who can sign in must be left who may change every role. Raises Refused."""
    if may_regrant(role.grants):
        return
    others = [r.pk for r in Role._base_manager.exclude(pk=role.pk).only("pk", "grants") if may_regrant(r.grants)]
    if not able(Person._base_manager.filter(roles__in=others)) and able(Person._base_manager.filter(roles=role.pk)):
        raise Refused("改了以后再没有任何启用的人能调整权限，所以没有保存；请先让另一个角色能调整“角色”的权限")


def may_regrant(grants: Grants) -> bool:
    return all(granted(grants, verb, Role.spec.collection) is Reach.ALL for verb in NEEDED)


def able(people: QuerySet[Any]) -> bool:
    """Whether somebody among these can sign in."""
    return any(p.has_usable_sign_in() for p in people.filter(is_active=True, username__isnull=False).defer("search", "extra"))
