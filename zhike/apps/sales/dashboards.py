"""销售仪表盘: the funnel, what it is worth, what was won, by whom. Each viewer sees it over the records within her reach.

A period of the page means what is expected to close within it, and what was closed within it.
"""

from typing import Any

from zhike.apps.sales.choices import CLOSED
from zhike.features.dashboards import Card, Dashboard, offer

DEALS = "opportunities"
STILL_OPEN: dict[str, Any] = {"field": "stage", "op": "not_in", "value": list(CLOSED)}
WON: dict[str, Any] = {"field": "stage", "op": "eq", "value": "won"}
SETTLED: dict[str, Any] = {"field": "stage", "op": "in", "value": list(CLOSED)}

OPEN: dict[str, Any] = {"collection": DEALS, "dated": "expected_on", "filter": STILL_OPEN}
SOLD: dict[str, Any] = {"collection": DEALS, "dated": "closed_on", "filter": WON}
LARGEST: dict[str, Any] = {"measure": "sum:won_amount", "order": "-sum:won_amount", "limit": 20, "width": 12}

SALES = offer(
    Dashboard(
        name="sales",
        label="销售概览",
        cards=(
            Card(name="open_amount", label="在谈金额", type="number", measure="sum:amount", **OPEN),
            Card(name="weighted_amount", label="加权金额", type="number", measure="sum:weighted_amount", **OPEN),
            Card(name="won_amount", label="赢单金额", type="number", measure="sum:won_amount", **SOLD),
            Card(name="won_count", label="赢单数", type="number", **SOLD),
            Card(name="win_rate", label="赢单率", type="ratio", of=SETTLED, **SOLD),
            Card(name="mean_won", label="平均赢单金额", type="number", measure="avg:won_amount", **SOLD),
            Card(name="funnel", label="销售漏斗", type="funnel", group=("stage",), width=12, **OPEN),
            Card(name="funnel_amount", label="各阶段金额", type="bar", group=("stage",), measure="sum:amount", width=12, **OPEN),
            Card(
                name="won_by_month", label="每月赢单金额", type="line", group=("closed_on:month",), measure="sum:won_amount",
                width=24, **SOLD,
            ),
            Card(name="won_by_department", label="部门赢单金额", type="bar", group=("department",), **LARGEST, **SOLD),
            Card(name="won_by_person", label="人员赢单金额", type="bar", group=("owner",), **LARGEST, **SOLD),
        ),
    )
)  # fmt: skip
