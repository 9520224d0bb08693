"""用户: people who sign in, and tokens for programs, from the command line."""

import argparse
from typing import TYPE_CHECKING

from zhike.project.errors import CommandFailed
from zhike.project.ready import ready

if TYPE_CHECKING:
    from zhike.org.objects.department import Department
    from zhike.org.objects.person import Person
    from zhike.org.objects.role import Role


def add_user(arguments: argparse.Namespace) -> int:
    with ready():
        from zhike.kernel.writes import act, create
        from zhike.org.objects.person import Person, System

        role, department = find_role(arguments.role), arguments.department and find_department(arguments.department)
        values = {"name": arguments.name, "username": arguments.name, "roles": [role.pk]}
        actor = System("cli")
        person = create(Person, values | ({"department": department.pk} if department else {}), actor=actor)
        password = act(person, "reset_password", actor=actor)["password"]
        print(f"已新增用户 {person.username}（{role.name}）\n初始密码：{password}\n首次登录后须修改。")
    return 0


def token(arguments: argparse.Namespace) -> int:
    with ready():
        from zhike.org.tokens import issue

        print(issue(find_person(arguments.name), "命令行"))
    return 0


def find_person(username: str) -> "Person":
    from zhike.org.objects.person import Person

    person: Person | None = Person.objects.acting().filter(username=username, is_active=True).first()
    if person is None:
        raise CommandFailed(f"没有启用的用户“{username}”；可用 zhike user add 新增")
    return person


def find_role(name: str) -> "Role":
    from django.db.models import Q

    from zhike.org.objects.role import Role

    role: Role | None = Role.objects.filter(Q(name=name) | Q(code=name)).first()
    if role is None:
        known = "、".join(Role.objects.order_by("name").values_list("name", flat=True)) or "还没有角色，请先运行 zhike migrate"
        raise CommandFailed(f"没有角色“{name}”；可选：{known}")
    return role


def find_department(path: str) -> "Department":
    """By its path from anywhere in the tree, as long as only one department fits."""
    from zhike.org.objects.department import Department

    *above, name = path.strip("/").split("/")
    found = Department.objects.filter(name=name)
    for depth, parent in enumerate(reversed(above), start=1):
        found = found.filter(**{"__".join(["parent"] * depth) + "__name": parent})
    departments: list[Department] = list(found[:2])
    if len(departments) != 1:
        raise CommandFailed(f"没有部门“{path}”" if not departments else f"有多个部门叫“{path}”；请写出上级，如 总公司/{path}")
    return departments[0]
