"""角色: what somebody may do, and how far."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Value

from zhike.kernel.declare import Input, Invalid, Record, Spec, action, f
from zhike.kernel.reach import Actor, Reach
from zhike.kernel.registry import objects
from zhike.org.networks import listed
from zhike.org.scopes import everyone

REACHES = {"none": "无", "self": "本人", "department": "本部门", "subtree": "本部门及下级", "all": "全部"}
Cell = str | list[int]
"""One cell of a role: the name of a reach, or the ids of chosen departments."""
Grants = dict[str, dict[str, Cell]]


class Grant(Input):
    """One cell of the permission matrix."""

    collection = f.Text("对象")
    verb = f.Text("操作")
    reach = f.Choice("范围", REACHES)


class Role(Record):
    """A role template: object × verb → reach. Roles of one person add up."""

    name = f.Text("角色名称", unique=True, search=True)
    description = f.LongText("说明", blank=True)
    code = f.Text("角色代码", blank=True, unique=True, max_length=40)
    two_step = f.Boolean("必须两步验证", default=False, help="有此角色的人须先设置两步验证（验证器或通行密钥），才能做别的")
    networks = f.Text(
        "允许的网络",
        blank=True,
        max_length=1000,
        help="有此角色的人只能从这些网络使用系统，如 10.0.0.0/8、203.0.113.7；留空为不限",
    )
    # {"customers": {"view": "subtree", "export": [7, 9]}, "*": {"view": "self"}}; “*” stands for every object or verb not named.
    grants = models.JSONField(default=dict, editable=False)
    # {"customers": {"phone": "masked"}}: what of an object's fields is hidden, masked or read-only; see org/field_rules.py.
    field_rules = models.JSONField(default=dict, db_default=Value({}, models.JSONField()), editable=False)

    spec = Spec(
        label="角色",
        collection="roles",
        menu="组织",
        place=93,
        columns=("name", "description", "updated_at"),
        filters=("name",),
        sections={"基本信息": ("name", "code", "description"), "登录": ("two_step", "networks")},
        order="name",
        scope=everyone,
    )

    def validate(self) -> None:
        try:
            listed(self.networks)
        except ValueError:
            raise Invalid.of({"networks": "应为网络或地址，如 10.0.0.0/8、203.0.113.7"}, {"networks": "允许的网络"}) from None

    @action("调整权限", input=Grant, bulk=False)
    def grant(self, actor: Actor, data: Any) -> None:
        """Set how far this role goes with one verb on one object."""
        model = objects().get(data.collection)
        if model is None or data.verb not in model.verbs():
            raise Invalid.of({"verb": "没有这个对象或操作"}, {"verb": "操作"})
        granted = {**self.grants.get(data.collection, {}), data.verb: data.reach}
        self.grants = {**self.grants, data.collection: granted}

    def reach(self, verb: str, collection: str) -> Reach:
        """How far this role goes."""
        return granted(self.grants, verb, collection)


def granted(grants: Grants, verb: str, collection: str) -> Reach:
    """The reach that grants give; what is named counts before “*”."""
    for name in (collection, "*"):
        verbs = grants.get(name, {})
        if verb in verbs or "*" in verbs:
            return Reach.said(verbs.get(verb, verbs.get("*", "none")))
    return Reach.NONE
