"""Roles held 所持角色: those on the person's own page, and those agreed to on request until their last day is over.

Asked of the database with the person herself, so a role that ends today is gone tomorrow, whether or not anything else runs.
"""

from __future__ import annotations

from collections.abc import Collection

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

IN_FORCE = "a.state = 'given' AND (a.until IS NULL OR a.until >= (now() AT TIME ZONE %s)::date)"
HELD = f"""ARRAY(
    SELECT r.role_id FROM org_person_roles r WHERE r.person_id = {{person}}
    UNION SELECT a.role_id FROM access_accessrequest a WHERE a.person_id = {{person}} AND {IN_FORCE}
)"""
OF_ONE_LOADED = HELD.format(person="org_person.id")
HOLDING = f"SELECT a.person_id FROM access_accessrequest a WHERE a.role_id = ANY(%s) AND {IN_FORCE}"


def today() -> list[str]:
    """What the statements above need to know whose midnight it is."""
    return [settings.TIME_ZONE]


def roles_of(person: int) -> list[int]:
    """The roles of somebody who was not loaded ready to act."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {HELD.format(person='%s')}", [person, person, *today()])
        found: list[int] = cursor.fetchone()[0]
    return found


def in_role(which: int | str) -> Q:
    """Those who hold a role told by its id or its code."""
    named = {"pk": which} if isinstance(which, int) else {"code": which}
    return holding(apps.get_model("org.Role")._base_manager.filter(**named).values_list("pk", flat=True))


def in_post(which: int | str) -> Q:
    """Those in a post told by its id or its name."""
    return Q(post_id=which) if isinstance(which, int) else Q(post__name=which)


def holding(roles: Collection[int]) -> Q:
    """The people who hold one of these roles today, as a condition."""
    through = apps.get_model("org.Person").roles.through._default_manager.filter(role_id__in=roles)
    return Q(pk__in=through.values("person_id")) | Q(pk__in=RawSQL(HOLDING, [list(roles), *today()]))
