"""业绩分成: what of a won deal counts for whom, after an arbitration has let two sides share the customer."""

from __future__ import annotations

from typing import Any

from django.db import models

from zhike.kernel.declare import Record, Spec, f
from zhike.org.scopes import by_owner


class RevenueShare(Record):
    """Its owner is the person it counts for. The shares of one deal make exactly what the deal was won at."""

    name = f.Text("销售机会", blank=True, editable=False, search=True)
    opportunity_id: int
    opportunity: Any = f.Ref("sales.Opportunity", "机会记录", editable=False, on_delete=models.CASCADE)
    arbitration: Any = f.Ref("registration.Arbitration", "依据的仲裁", blank=True, editable=False)
    percent = f.Decimal("分成(%)", blank=True, least=0, most=100, decimal_places=2, editable=False, total="avg")
    won_amount = f.Money("成交金额", blank=True, editable=False)
    amount = f.Money("计入金额", blank=True, editable=False)
    closed_on = f.Date("签约日期", blank=True, editable=False)
    notes = f.Text("说明", blank=True)

    spec = Spec(
        label="业绩分成",
        collection="revenue-shares",
        arises=True,
        menu="销售",
        place=23,
        subtitle=("owner", "amount"),
        columns=("name", "owner", "percent", "amount", "won_amount", "closed_on", "arbitration"),
        filters=("opportunity", "owner", "department", "closed_on", "amount"),
        sections={"业绩分成": ("name", "opportunity", "percent", "amount", "won_amount", "closed_on", "arbitration", "notes")},
        order="-closed_on",
        scope=by_owner,
    )

    def derive(self) -> None:
        self.name = self.name or str(self.opportunity)
