"""审批规则: which deeds wait for whose agreement. Data that an administrator writes, in force with the next request."""

from __future__ import annotations

from typing import Any

from zhike.features.approval.definition import check, read, read_text, wrong
from zhike.features.approval.objects.deeds import DeedChoice
from zhike.features.reports.objects.subject import ObjectChoice
from zhike.kernel.declare import Record, Spec, f
from zhike.org.scopes import everyone


class ApprovalPolicy(Record):
    """One policy. Of those that hold for a deed, the first in order decides; what waits keeps the policy as it was."""

    name = f.Text("名称", max_length=60, search=True)
    collection = ObjectChoice("对象")
    verb = DeedChoice("操作", default="add", depends="collection")
    definition = f.LongText("规则", blank=True, help="由审批设计器写成")
    position = f.Integer("次序", default=0, least=0, most=10_000, help="几条都适用时，小的先", total="none")
    starts_on: Any = f.Date("生效日期", blank=True, help="留空为立即生效")
    is_active = f.Boolean("启用")
    description = f.Text("说明", blank=True, max_length=200)

    spec = Spec(
        label="审批规则",
        collection="approval-policies",
        subtitle=("collection", "verb"),
        columns=("name", "collection", "verb", "position", "starts_on", "is_active", "updated_at"),
        filters=("name", "collection", "verb", "is_active"),
        sections={
            "审批规则": ("name", "collection", "verb", "position", "starts_on", "is_active", "description"),
        },
        order="collection,position,name",
        scope=everyone,
    )

    def validate(self) -> None:
        given = read_text(self.definition or "")
        if not self.is_active:
            read(given)
        elif not check(self.collection, self.verb, given).steps:
            raise wrong("启用之前至少要有一个步骤")
