"""Roles held 所持角色: those on the person's own page, those agreed to on request, and those of further posts (兼职).

The last two until their last day is over. Asked of the database with the person herself, so a role that ends today is gone
tomorrow, whether or not anything else runs.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils import timezone

IN_FORCE = "a.state = 'given' AND (a.until IS NULL OR a.until >= (now() AT TIME ZONE %s)::date)"
ON_DUTY = "(now() AT TIME ZONE %s)::date BETWEEN coalesce(p.starts_on, '-infinity') AND coalesce(p.ends_on, 'infinity')"
HELD = f"""ARRAY(
    SELECT r.role_id FROM org_person_roles r WHERE r.person_id = {{person}}
    UNION SELECT a.role_id FROM access_accessrequest a WHERE a.person_id = {{person}} AND {IN_FORCE}
)"""
POSTED = f"""ARRAY(
    SELECT ARRAY[p.role_id, p.department_id, coalesce(p.post_id, 0)] FROM org_appointment p
    WHERE p.person_id = {{person}} AND {ON_DUTY} ORDER BY 1
)"""
PLACES = f"ARRAY(SELECT p.department_id FROM org_appointment p WHERE p.person_id = {{person}} AND {ON_DUTY})"
OF_ONE_LOADED, POSTS_OF_ONE_LOADED = HELD.format(person="org_person.id"), POSTED.format(person="org_person.id")
PLACES_OF_ONE_LOADED = PLACES.format(person="org_person.id")
HOLDING = f"SELECT a.person_id FROM access_accessrequest a WHERE a.role_id = ANY(%s) AND {IN_FORCE}"
Place = tuple[int, int | None]
"""Somebody and the department in which she holds a role or a post."""


def today() -> list[str]:
    """What the statements above need to know whose midnight it is."""
    return [settings.TIME_ZONE]


def roles_of(person: int) -> list[int]:
    """The roles of somebody who was not loaded ready to act, further posts aside."""
    found: list[int] = _asked(HELD, [person, person, *today()])
    return found


def posts_of(person: int) -> list[list[int]]:
    """Role, department and post (0 for none) of each further post of somebody who was not loaded ready to act."""
    found: list[list[int]] = _asked(POSTED, [person, *today()])
    return found


def _asked(statement: str, parameters: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {statement.format(person='%s')}", parameters)
        return cursor.fetchone()[0]


def in_role(which: int | str) -> Q:
    """Those who hold a role told by its id or its code."""
    return holding(_ids("org.Role", "code", which))


def in_post(which: int | str) -> Q:
    """Those in a post told by its id or its name."""
    posts = _ids("org.Post", "name", which)
    return Q(post_id__in=posts) | Q(pk__in=_on_duty().filter(post_id__in=posts).values("person_id"))


def holding(roles: Collection[int]) -> Q:
    """The people who hold one of these roles today, as a condition."""
    return _at_home(roles) | Q(pk__in=_on_duty().filter(role_id__in=roles).values("person_id"))


def posted_to(department: int) -> Q:
    """Those with a further post there that is not over."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate())
    rows = apps.get_model("org.Appointment")._base_manager.filter(lasting, department_id=department)
    return Q(pk__in=rows.values("person_id"))


def working_in(department: int) -> Q:
    """Those whose department it is, and those with a further post there today."""
    return Q(department_id=department) | Q(pk__in=_on_duty().filter(department_id=department).values("person_id"))


def places(by: str, which: int | str) -> list[Place]:
    """Where the active holders of a role or a post hold it: in their own department, or in that of a further post."""
    wanted = _ids("org.Role", "code", which) if by == "role" else _ids("org.Post", "name", which)
    own = _at_home(wanted) if by == "role" else Q(post_id__in=wanted)
    people = apps.get_model("org.Person")._base_manager.filter(own, is_active=True)
    posted = _on_duty().filter(**{f"{by}_id__in": wanted}, person__is_active=True)
    return [*people.values_list("pk", "department_id"), *posted.values_list("person_id", "department_id")]


def _ids(model: str, name: str, which: int | str) -> list[int]:
    """The role or post told by its id or its name."""
    if isinstance(which, int):
        return [which]
    return list(apps.get_model(model)._base_manager.filter(**{name: which}).values_list("pk", flat=True))


def _at_home(roles: Collection[int]) -> Q:
    """Those who hold one of these roles in their own department."""
    through = apps.get_model("org.Person").roles.through._default_manager.filter(role_id__in=roles)
    return Q(pk__in=through.values("person_id")) | Q(pk__in=RawSQL(HOLDING, [list(roles), *today()]))


def _on_duty() -> Any:
    """The further posts in force today."""
    lasting = RawSQL(f"SELECT p.id FROM org_appointment p WHERE {ON_DUTY}", today())
    return apps.get_model("org.Appointment")._base_manager.filter(pk__in=lasting)
