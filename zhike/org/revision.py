"""Revision 组织版本: a number that changes with every change of people, roles, departments, added fields or switched modules.

Each process keeps roles and the tree in memory under this number, so a changed role is in force with the next request.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import connection, models

# The row makes the number part of the transaction; the sequence makes it one that no rolled-back change ever had.
TRIGGER = """
CREATE SEQUENCE IF NOT EXISTS org_revision_number START 2;
CREATE OR REPLACE FUNCTION zhike_org_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE org_revision SET value = nextval('org_revision_number');
    RETURN NULL;
END $$;
INSERT INTO org_revision (id, value) VALUES (1, 1) ON CONFLICT DO NOTHING;
"""
STANDING = """
SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE c.relnamespace = current_schema()::regnamespace AND t.tgname = 'zhike_org_changed'
"""
WATCHED = (
    "org_department", "org_role", "org_person", "org_person_roles", "org_appointment",
    "fields_extrafield", "fields_extraoption", "fields_choiceoption", "modules_moduleswitch", "approval_approvalpolicy",
    "access_accessrequest", "layouts_layout", "numbering_numberpattern", "automation_automation", "completeness_completenessrule",
)  # fmt: skip


class Revision(models.Model):
    """The one row that counts."""

    value = models.BigIntegerField(default=1)

    class Meta:
        db_table = "org_revision"
        default_permissions = ()


@dataclass(frozen=True)
class Organisation:
    """Roles and the company tree as of one revision."""

    grants: dict[int, dict[str, dict[str, str | list[int]]]]
    children: dict[int, list[int]]
    field_rules: dict[int, dict[str, dict[str, str]]] = field(default_factory=dict)
    networks: dict[int, str] = field(default_factory=dict)
    two_step: frozenset[int] = frozenset()
    reckoned: dict[Hashable, Any] = field(default_factory=dict, compare=False)
    """What follows from all this and is asked for again and again, by whoever reckoned it."""

    @property
    def size(self) -> int:
        """How many departments there are."""
        return sum(map(len, self.children.values()))

    def below(self, department: int) -> list[int]:
        """The department and every one under it; a circle in the tree, made around the rules, is walked once."""
        found, waiting = {department}, [department]
        while waiting:
            below = set(self.children.get(waiting.pop(), [])) - found
            found |= below
            waiting += below
        return sorted(found)

    def above(self, department: int) -> set[int]:
        """The department and every one it belongs to, up to the company."""
        parents = {child: parent for parent, some in self.children.items() for child in some}
        found, at = set(), department
        while at in parents and at not in found:
            found.add(at)
            at = parents[at]
        return found


@lru_cache(maxsize=2)
def organisation(revision: int) -> Organisation:
    """Roles and tree of this revision; two queries the first time, none after."""
    role, department = apps.get_model("org.Role"), apps.get_model("org.Department")
    children: dict[int, list[int]] = {}
    for pk, parent in department._base_manager.values_list("pk", "parent_id"):
        children.setdefault(parent, []).append(pk)
    roles = list(role._base_manager.values_list("pk", "grants", "field_rules", "networks", "two_step"))
    rules = {pk: said for pk, _, said, _, _ in roles if said}
    allowed = {pk: written for pk, _, _, written, _ in roles if written}
    twice = frozenset(pk for pk, *_, two_step in roles if two_step)
    return Organisation({pk: grants for pk, grants, *_ in roles}, children, rules, allowed, twice)


def install_triggers(**_: Any) -> None:
    """Let the database itself count, so that a change made by raw SQL is in force too."""
    with connection.cursor() as cursor:
        cursor.execute(TRIGGER)
        cursor.execute(STANDING)
        standing = {table for (table,) in cursor.fetchall()}
        for table in connection.introspection.table_names(cursor):
            if table in WATCHED and table not in standing:
                cursor.execute(
                    f"CREATE OR REPLACE TRIGGER zhike_org_changed AFTER INSERT OR UPDATE OR DELETE ON {table} "
                    "FOR EACH STATEMENT EXECUTE FUNCTION zhike_org_changed()"
                )
