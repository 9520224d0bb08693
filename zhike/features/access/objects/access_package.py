"""可申请权限: a role that people may ask for, and for how long at the most. What stands in no package cannot be asked for."""

from __future__ import annotations

from typing import Any

from zhike.kernel.declare import Invalid, Record, Spec, f, related
from zhike.kernel.reach import Reach
from zhike.org.scopes import everyone

RULING = (("roles", "grant"), ("roles", "change"), *(("people", verb) for verb in ("add", "change", "import", "reset_password")))
"""Who may do one of these rules over permissions, or comes in as whoever does; that is given by hand, never asked for."""


class AccessPackage(Record):
    name = f.Text("名称", max_length=60, unique=True, search=True)
    role: Any = f.Ref("org.Role", "角色")
    most_days = f.Integer("最长天数", blank=True, least=1, most=3660, help="申请的权限最多用多少天；留空为不限", total="none")
    description = f.Text("说明", blank=True, max_length=200, help="申请人看到的用途")

    spec = Spec(
        label="可申请权限",
        collection="access-packages",
        menu="组织",
        place=95,
        subtitle=("role",),
        columns=("name", "role", "most_days", "description", "updated_at"),
        filters=("name", "role"),
        sections={"可申请权限": ("name", "role", "most_days", "description")},
        order="name",
        scope=everyone,
        related=(related("access.AccessRequest", "package", "权限申请"),),
    )

    def validate(self) -> None:
        if rules_over_permissions(self.role):
            raise Invalid.of({"role": "这个角色能改别人的权限，只能由管理员直接给"}, {"role": "角色"})


def rules_over_permissions(role: Any) -> bool:
    return any(role.reach(verb, collection) is not Reach.NONE for collection, verb in RULING)
