"""催收记录: one time somebody asked for money, what the customer promised, and whether the promise was kept (V-57)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils import timezone

from zhike.apps.contracts.objects.dunning_step import CHANNELS
from zhike.apps.money import NOTHING
from zhike.kernel.declare import Record, Refused, Spec, f, last_day, option
from zhike.org.scopes import by_owner, through

OUTCOMES = {
    "waiting": option("待兑现", color="gold"),
    "kept": option("已兑现", color="green"),
    "broken": option("未兑现", color="red"),
}


class Dunning(Record):
    name = f.Text("催收", blank=True, editable=False, search=True)
    receivable: Any = f.Ref("contracts.Receivable", "应收款")
    customer: Any = f.Ref("customers.Customer", "客户", blank=True, editable=False)
    step: Any = f.Ref("contracts.DunningStep", "步骤", blank=True, editable=False)
    channel = f.Choice("方式", CHANNELS, default="phone")
    happened_at = f.DateTime("时间", default=timezone.now)
    content = f.Text("催收结果", max_length=500, search=True)
    promised_on = f.Date("承诺付款日期", blank=True)
    promised = f.Money("承诺金额", blank=True, least=Decimal("0.01"), help="留空为全部未收金额", when={"promised_on": ()})
    remainder = f.Money("兑现后余额", blank=True, editable=False)
    outcome = f.Choice("承诺结果", OUTCOMES, blank=True, editable=False, fixed="程序按到账情况得出")

    spec = Spec(
        label="催收记录",
        collection="dunnings",
        menu="合同",
        place=44,
        subtitle=("customer", "promised_on"),
        columns=("name", "customer", "channel", "content", "promised_on", "promised", "outcome", "owner", "happened_at"),
        filters=("receivable", "customer", "channel", "promised_on", "outcome", "happened_at", "owner", "department"),
        sections={
            "催收": ("name", "receivable", "customer", "step", "channel", "happened_at", "content"),
            "承诺": ("promised_on", "promised", "remainder", "outcome"),
        },
        order="-happened_at",
        scope=by_owner,
        readable=through("contracts.Receivable", "receivable"),
        quick=("receivable", "channel", "content", "promised_on"),
        pending={"field": "outcome", "op": "eq", "value": "waiting"},
        calendar="promised_on",
        last_days=(last_day("promised_on", "承诺付款", about="核对到账", of="customer"),),
    )

    def derive(self) -> None:
        owed = self.receivable
        self.customer_id, self.name = owed.customer_id, f"催收 {owed.name}"[:200]
        if self._state.adding:
            self.step_id = owed.step_id
            if self.promised_on:
                self.promised = owed.outstanding if self.promised is None else self.promised
                self.remainder, self.outcome = owed.outstanding - self.promised, "waiting"

    def validate(self) -> None:
        if self.promised is not None and self.promised_on is None:
            raise Refused("承诺了金额就要有承诺日期", {"promised_on": "请填写承诺付款日期"})
        if self._state.adding and self.remainder is not None and self.remainder < NOTHING:
            raise Refused("承诺金额超过未收金额", {"promised": f"最多 {self.receivable.outstanding}"})
