"""销售仪表盘: the funnel, what it is worth, what was won, by whom. Each viewer sees it over the records within her reach."""

from typing import Any

from zhike.apps.sales.choices import CLOSED
from zhike.features.dashboards import Card, Dashboard, offer

DEALS = "opportunities"
STILL_OPEN: dict[str, Any] = {"field": "stage", "op": "not_in", "value": list(CLOSED)}
WON: dict[str, Any] = {"field": "stage", "op": "eq", "value": "won"}
SETTLED: dict[str, Any] = {"field": "stage", "op": "in", "value": list(CLOSED)}

SALES = offer(
    Dashboard(
        name="sales",
        label="销售概览",
        cards=(
            Card(name="open_amount", label="在谈金额", type="number", collection=DEALS, filter=STILL_OPEN, measure="sum:amount"),
            Card(
                name="weighted_amount", label="加权金额", type="number", collection=DEALS, filter=STILL_OPEN,
                measure="sum:weighted_amount",
            ),
            Card(name="won_amount", label="赢单金额", type="number", collection=DEALS, filter=WON, measure="sum:won_amount"),
            Card(name="won_count", label="赢单数", type="number", collection=DEALS, filter=WON),
            Card(name="win_rate", label="赢单率", type="ratio", collection=DEALS, filter=WON, of=SETTLED),
            Card(name="mean_won", label="平均赢单金额", type="number", collection=DEALS, filter=WON, measure="avg:won_amount"),
            Card(name="funnel", label="销售漏斗", type="funnel", collection=DEALS, filter=STILL_OPEN, group=("stage",), width=12),
            Card(
                name="funnel_amount", label="各阶段金额", type="bar", collection=DEALS, filter=STILL_OPEN, group=("stage",),
                measure="sum:amount", width=12,
            ),
            Card(
                name="won_by_month", label="每月赢单金额", type="line", collection=DEALS, filter=WON, group=("closed_on:month",),
                dated="closed_on",
                measure="sum:won_amount", width=24,
            ),
            Card(
                name="won_by_department", label="部门赢单金额", type="bar", collection=DEALS, filter=WON, group=("department",),
                measure="sum:won_amount", order="-sum:won_amount", limit=20, width=12,
            ),
            Card(
                name="won_by_person", label="人员赢单金额", type="bar", collection=DEALS, filter=WON, group=("owner",),
                measure="sum:won_amount", order="-sum:won_amount", limit=20, width=12,
            ),
        ),
    )
)  # fmt: skip
