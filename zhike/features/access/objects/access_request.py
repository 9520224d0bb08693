"""权限申请: a role somebody asks for, perhaps for a time only. Agreed to, it is in force until its last day is over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import prefetch_related_objects
from django.utils import timezone

from zhike.features.access.objects.access_package import rules_over_permissions
from zhike.kernel.declare import Input, Invalid, Record, Refused, Spec, action, f, option
from zhike.org.acting import refuse_delegates
from zhike.org.scopes import by_owner

DRAFT, GIVEN, ENDED = "draft", "given", "ended"
STATES = {
    DRAFT: option("草稿", color="default"),
    GIVEN: option("生效中", color="green"),
    ENDED: option("已结束", color="default"),
}
LABELS = {"until": "有效期至", "package": "申请的权限"}


class Ending(Input):
    reason = f.Text("原因", blank=True, max_length=200)


class AccessRequest(Record):
    """`person`, `role` and `terms` are written down when it comes into force: what the superior was told is what is kept."""

    name = f.Text("申请", blank=True, editable=False, max_length=60, search=True)
    package: Any = f.Ref("access.AccessPackage", "申请的权限")
    until: Any = f.Date("有效期至", blank=True, help="最后一天，过后自动结束；留空为长期")
    reason = f.LongText("理由")
    state = f.State("状态", STATES)
    terms = f.LongText("申请内容", blank=True, editable=False)
    person: Any = f.Person("谁的权限", blank=True, editable=False)
    role: Any = f.Ref("org.Role", "角色", blank=True, editable=False)
    given_at = f.DateTime("生效时间", blank=True, editable=False)
    ended_at = f.DateTime("结束时间", blank=True, editable=False)
    ended_because = f.Text("结束原因", blank=True, editable=False, max_length=200)

    spec = Spec(
        label="权限申请",
        collection="access-requests",
        menu="组织",
        place=94,
        subtitle=("owner", "state"),
        columns=("name", "owner", "state", "until", "given_at", "updated_at"),
        filters=("state", "package", "owner", "department", "until"),
        sections={
            "权限申请": ("package", "until", "reason"),
            "办理": ("state", "terms", "person", "role", "given_at", "ended_at", "ended_because"),
        },
        order="-created_at",
        scope=by_owner,
        quick=("package", "until", "reason"),
        pending={"field": "state", "op": "eq", "value": DRAFT},
    )

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["person", "role"], name="access_in_force", condition=models.Q(state=GIVEN)),
        ]

    @classmethod
    def gather(cls, records: list[Any]) -> None:
        prefetch_related_objects(records, "package")

    def derive(self) -> None:
        self.name = self.package.name

    def validate(self) -> None:
        """How long may be asked for. What is in force or over is no longer measured by it."""
        if self.state != DRAFT:
            return
        today, most = timezone.localdate(), self.package.most_days
        if self.until and self.until < today:
            raise Invalid.of({"until": "不能早于今天"}, LABELS)
        if most and (self.until is None or self.until > today + timedelta(days=most)):
            raise Invalid.of({"until": f"这项权限最多申请 {most} 天"}, LABELS)

    @action("提交", source=DRAFT, target=GIVEN, bulk=False)
    def submit(self, actor: Any) -> None:
        """It is in force as soon as whoever the approval policies name has agreed; without a policy it never is."""
        refuse_delegates(actor)
        if actor.pk != self.owner_id:
            raise Refused("只能由申请人自己提交")
        self.validate()
        if rules_over_permissions(self.package.role):
            raise Refused("这个角色能改别人的权限，只能由管理员直接给")
        self.person_id, self.role_id, self.given_at = self.owner_id, self.package.role_id, timezone.now()
        self.terms = f"{self.package.name}，{f'至 {self.until}' if self.until else '长期'}。{self.reason}"

    @action("结束权限", source=GIVEN, target=ENDED, input=Ending, danger=True)
    def end(self, actor: Any, data: Ending) -> None:
        """From the next request on it is gone."""
        self.ended_at, self.ended_because = timezone.now(), data.reason
