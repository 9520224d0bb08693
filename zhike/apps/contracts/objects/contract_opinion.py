"""审查意见: what one seat said of a contract, 同意 or 不同意 and why; it stays whatever becomes of the contract."""

from typing import Any

from django.utils import timezone

from zhike.kernel.declare import Record, Spec, f, option
from zhike.org.scopes import by_owner, through

DECISIONS = {"agree": option("同意", color="green"), "disagree": option("不同意", color="red")}


class ContractOpinion(Record):
    seat = f.Text("席位")
    contract: Any = f.Ref("contracts.Contract", "合同")
    round = f.Integer("轮次", default=1)
    decision = f.Choice("结论", DECISIONS, fixed="只能是同意或不同意")
    opinion = f.LongText("意见", blank=True)
    decided_at = f.DateTime("时间", default=timezone.now)

    spec = Spec(
        label="审查意见",
        collection="contract-opinions",
        title="seat",
        subtitle=("decision",),
        columns=("contract", "seat", "decision", "opinion", "owner", "decided_at", "round"),
        filters=("contract", "decision", "owner", "decided_at"),
        sections={"审查意见": ("contract", "seat", "round", "decision", "opinion", "decided_at")},
        order="-decided_at",
        scope=by_owner,
        readable=through("contracts.Contract", "contract"),
    )
