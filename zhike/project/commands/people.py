"""用户: people who sign in, and tokens for programs, from the command line."""

import argparse
from datetime import timedelta
from typing import TYPE_CHECKING

from zhike.project.errors import CommandFailed
from zhike.project.ready import ready

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from zhike.org.objects.department import Department
    from zhike.org.objects.person import Person
    from zhike.org.objects.role import Role


def add_user(arguments: argparse.Namespace) -> int:
    with ready():
        from zhike.kernel.writes import act, create
        from zhike.org.objects.person import Person, System

        role, department = find_role(arguments.role), arguments.department and department_at(arguments.department)
        values = {"name": arguments.name, "username": arguments.name, "roles": [role.pk]}
        actor = System("cli")
        person = create(Person, values | ({"department": department.pk} if department else {}), actor=actor)
        password = act(person, "reset_password", actor=actor)["password"]
        print(f"已新增用户 {person.username}（{role.name}）\n初始密码：{password}\n首次登录后须修改。")
    return 0


def unlock(arguments: argparse.Namespace) -> int:
    with ready():
        from zhike.kernel.writes import act
        from zhike.org.failures import forget_failures
        from zhike.org.objects.person import System

        person = find_person(arguments.name)
        forget_failures(person.username)
        act(person, "reset_two_step", actor=System("cli"))
        print(f"{person.username} 可以只用密码登录了；已登录的设备都已退出。")
    return 0


def token(arguments: argparse.Namespace) -> int:
    with ready():
        from django.utils import timezone

        from zhike.org.tokens import issue

        ends = timezone.now() + timedelta(days=arguments.days) if arguments.days else None
        scope = {"reads_only": arguments.read_only, "collections": arguments.only}
        print(issue(find_person(arguments.name), arguments.label, expires_at=ends, **scope))
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


def department_at(path: str) -> "Department":
    """The department with this path, from anywhere in the tree; what is missing of the path is founded. One must fit."""
    from zhike.kernel.writes import create
    from zhike.org.objects.department import Department
    from zhike.org.objects.person import System

    names = [name.strip() for name in path.strip("/").split("/")]
    departments = list(_named(names)[:2])
    if len(departments) > 1:
        raise CommandFailed(f"有多个部门叫“{path}”；请写出上级，如 总公司/{path}")
    if departments:
        return departments[0]
    above = department_at("/".join(names[:-1])) if names[1:] else None
    founded: Department = create(Department, {"name": names[-1], "parent": above and above.pk}, actor=System("cli"))
    print(f"已新增部门 {path}")
    return founded


def _named(names: list[str]) -> "QuerySet[Department]":
    from zhike.org.objects.department import Department

    *above, name = names
    parents = {"__".join(["parent"] * depth) + "__name": parent for depth, parent in enumerate(reversed(above), start=1)}
    return Department.objects.filter(name=name, **parents)
