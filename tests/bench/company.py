"""The measured company: 1,000 departments four levels deep, 5,000 people, and the few of them who ask."""

from __future__ import annotations

from typing import Any

from zhike.kernel.writes import create, create_many, restore_many
from zhike.org.objects.department import Department
from zhike.org.objects.person import Person, System
from zhike.org.objects.role import Role
from zhike.org.sign_in import set_password

BUILDER = System("bench")
BRANCHES, REGIONS, DEPARTMENTS, PEOPLE = 8, 5, 1000, 5000
PASSWORD = "measured-by-the-clock-7"
# Sign-in → where she stands in the list of departments, and how far she may go.
ASKERS = {
    "seller": ("team", "self"),
    "team": ("team", "subtree"),
    "region": ("region", "subtree"),
    "branch": ("branch", "subtree"),
    "whole": ("company", "subtree"),
    "boss": ("company", "all"),
}


def found(share: float) -> list[tuple[int, int]]:
    """Departments and people, made when there are none yet. Returns each seller with her department."""
    if not Department.objects.exists():
        departments = _departments(max(int(DEPARTMENTS * share), 30))
        _people(departments, max(int(PEOPLE * share), 60))
    sellers = Person.objects.filter(username__startswith="p").order_by("pk")
    return list(sellers.values_list("pk", "department_id"))


def _departments(wanted: int) -> list[Any]:
    """公司 → 分公司 → 大区 → 团队; a region has about 25 departments of 1,000."""
    company = [create(Department, {"name": "总公司", "kind": "headquarters"}, actor=BUILDER)]
    branches = _below(company, BRANCHES, "branch", "分公司")
    regions = _below(branches, BRANCHES * REGIONS, "sales", "大区")
    teams = _below(regions, wanted - 1 - len(branches) - len(regions), "sales", "团队")
    return [*company, *branches, *regions, *teams]


def _below(parents: list[Any], count: int, kind: str, word: str) -> list[Any]:
    rows = [{"name": f"{word}{n + 1}", "kind": kind, "parent": parents[n % len(parents)].pk} for n in range(max(count, 1))]
    return create_many(Department, rows, actor=BUILDER)


def _people(departments: list[Any], count: int) -> None:
    teams = [d for d in departments if d.name.startswith("团队")]
    rows = [
        {"name": f"员工{n}", "username": f"p{n}", "department": teams[n % len(teams)].pk, "is_active": True} for n in range(count)
    ]
    create_many(Person, rows, actor=BUILDER)
    team = teams[0]
    places = {"team": team, "region": team.parent, "branch": team.parent.parent, "company": departments[0]}
    for username, (place, reach) in ASKERS.items():
        asker(username, places[place], reach)


def asker(username: str, department: Any, reach: str) -> None:
    """Somebody who signs in and asks, with a role of her own."""
    role = create(Role, {"name": f"测量：{username}"}, actor=BUILDER)
    role.grants = {"*": {"*": reach}}
    restore_many(Role, [role], ["grants"], actor=BUILDER, verb="change")
    kept = {"department": department.pk, "roles": [role.pk]}
    [person] = create_many(Person, [{"name": username, "username": username, "is_active": True, **kept}], actor=BUILDER)
    set_password(person, PASSWORD)
