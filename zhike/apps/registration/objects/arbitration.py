"""仲裁: one case between two colleagues about one customer, with what both have on file, and its decision (V-43)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models

from zhike.apps.registration.objects.registration_conflict import SUBJECTS
from zhike.kernel.declare import Input, Line, Record, Refused, Spec, action, f, option
from zhike.org.scopes import by_owner

STATES = {
    "open": option("待裁决", color="gold"),
    "decided": option("已裁决", color="green"),
    "withdrawn": option("已撤回", color="default"),
}
PRINCIPLES = {"first_come": "先录先得", "best_signing": "最有利签约"}
OUTCOMES = {
    "holder": option("维持先报备方", color="blue"),
    "claimant": option("转给申请方", color="purple"),
    "shared": option("共同跟进、业绩分成", color="green"),
}
SIDES = {"holder": option("先报备方", color="blue"), "claimant": option("申请方", color="purple")}
HUNDRED = Decimal(100)


class Decision(Input):
    """Whose it is, by which principle, and how the revenue is shared."""

    principle = f.Choice("裁决原则", PRINCIPLES, default="first_come", fixed="制度规定的两条原则")
    outcome = f.Choice("裁决结果", OUTCOMES, fixed="程序只会按这三种结果办理")
    holder_percent = f.Decimal(
        "先报备方分成(%)", blank=True, least=Decimal("0.01"), most=Decimal("99.99"), decimal_places=2,
        help="共同跟进时填写，其余归申请方", when={"outcome": ("shared",)},
    )  # fmt: skip
    opinion = f.LongText("裁决意见")


class Arbitration(Record):
    """Its owner decides: the head of the nearest department above both sides who is no party herself."""

    number = f.Number("仲裁编号", "ZC{yyyy}{mm}-{seq:4}")
    name = f.Text("报备名称", editable=False, search=True)
    subject = f.Choice("报备对象", SUBJECTS, default="customer", editable=False, fixed="程序只认得这两种")
    customer_id: int
    customer: Any = f.Ref("customers.Customer", "客户", blank=True, editable=False)
    opportunity: Any = f.Ref("sales.Opportunity", "销售机会", blank=True, editable=False)
    conflict_id: int | None
    conflict: Any = f.Ref("registration.RegistrationConflict", "撞单记录", blank=True, editable=False, on_delete=models.CASCADE)
    reason = f.Text("相同之处", blank=True, editable=False)
    holder_id: int | None
    holder: Any = f.Person("先报备人", blank=True, editable=False)
    holder_team: Any = f.Department("先报备部门", blank=True, editable=False)
    registered_at = f.DateTime("先报备时间", blank=True, editable=False)
    claimant_id: int | None
    claimant: Any = f.Person("申请人", blank=True, editable=False)
    claimant_team: Any = f.Department("申请部门", blank=True, editable=False)
    tried_at = f.DateTime("申请方报备时间", blank=True, editable=False)
    grounds = f.LongText("申请理由", blank=True, editable=False)
    files = f.File("证据材料", blank=True, editable=False)
    evidence: Any = f.Lines("registration.ArbitrationEvidence", "双方证据")
    notes = f.LongText("调查记录", blank=True)
    state = f.State("状态", STATES)
    principle = f.Choice("裁决原则", PRINCIPLES, blank=True, editable=False, fixed="制度规定的两条原则")
    outcome = f.Choice("裁决结果", OUTCOMES, blank=True, editable=False, fixed="程序只会按这三种结果办理")
    holder_percent = f.Decimal("先报备方分成(%)", blank=True, decimal_places=2, editable=False, total="none")
    claimant_percent = f.Decimal("申请方分成(%)", blank=True, decimal_places=2, editable=False, total="none")
    opinion = f.LongText("裁决意见", blank=True, editable=False)
    decided_by: Any = f.Person("裁决人", blank=True, editable=False)
    decided_at = f.DateTime("裁决时间", blank=True, editable=False)

    spec = Spec(
        label="仲裁",
        collection="arbitrations",
        menu="客户",
        place=17,
        subtitle=("number", "state"),
        columns=("name", "number", "holder", "claimant", "tried_at", "state", "outcome", "owner"),
        filters=("name", "state", "outcome", "principle", "holder", "claimant", "holder_team", "claimant_team", "tried_at"),
        sections={
            "案件": ("name", "number", "subject", "reason", "state"),
            "先报备方": ("holder", "holder_team", "registered_at", "customer", "opportunity"),
            "申请方": ("claimant", "claimant_team", "tried_at", "conflict", "grounds", "files"),
            "双方证据": ("evidence", "notes"),
            "裁决": (
                "principle", "outcome", "holder_percent", "claimant_percent", "opinion", "decided_by", "decided_at",
            ),
        },
        order="-tried_at",
        scope=by_owner,
        arises=True,
        entrusted=True,
    )  # fmt: skip

    def validate(self) -> None:
        if self.pk and "evidence" in self.incoming:
            raise Refused("证据在立案时固定，不能修改", {"evidence": "不能修改"})

    @action("裁决", source="open", target="decided", input=Decision, bulk=False)
    def decide(self, actor: Any, data: Decision) -> None:
        """Ownership moves or is shared as it says; both sides hear of it."""
        from zhike.apps.registration.flows.decide_case import decide_case

        decide_case(self, data, actor)

    @action("撤销案件", source="open", target="withdrawn", bulk=False)
    def drop(self, actor: Any) -> None:
        """There is nothing to decide any more; whoever holds it goes on."""
        from zhike.apps.registration.flows.decide_case import drop_case

        drop_case(self, actor)


class ArbitrationEvidence(Line):
    """证据: one dated thing on file for one side, as it was when the case was opened."""

    case: Any = f.Parent("registration.Arbitration", "evidence")
    at = f.DateTime("时间")
    side = f.Choice("哪一方", SIDES, fixed="案件只有两方")
    what = f.Text("内容", max_length=300)
    by = f.Text("记录人", blank=True, max_length=60)
