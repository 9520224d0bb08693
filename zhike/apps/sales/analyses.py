"""现成的仪表盘: funnel and forecast, what the team does, won and lost by competitor, customers by level and region."""

from __future__ import annotations

from typing import Any

from zhike.apps.sales.dashboards import DEALS, SETTLED, STILL_OPEN, WON
from zhike.features.dashboards import Card, Dashboard, offer

LOST: dict[str, Any] = {"field": "stage", "op": "eq", "value": "lost"}
COUNT: dict[str, Any] = {"of": "count"}


def report(
    name: str, label: str, collection: str, picture: str, *, width: int = 12, height: int = 0, dated: str = "", **definition: Any
) -> Card:
    """A card told by its definition."""
    return Card(
        name=name, label=label, type="report", collection=collection, dated=dated, width=width, height=height,
        definition={"picture": picture, **definition},
    )  # fmt: skip


def total(of: str, label: str = "", **facts: Any) -> dict[str, Any]:
    return {"of": of, "label": label, **facts}


TEAMS: dict[str, Any] = {"field": "team", "op": "filled"}
NOW: dict[str, Any] = {"field": "kind", "op": "eq", "value": "now"}
LEFT: dict[str, Any] = {"field": "left_at", "op": "filled"}
AHEAD: dict[str, Any] = {"field": "outcome", "op": "in", "value": ["forward", "won"]}
ENDED: dict[str, Any] = {"field": "ended", "op": "filled"}
ENDED_WON: dict[str, Any] = {"field": "ended", "op": "eq", "value": "won"}

FORECAST = offer(
    Dashboard(
        name="forecast",
        label="漏斗与预测",
        cards=(
            report("open", "在谈", DEALS, "number", width=12, dated="expected_on", filter=STILL_OPEN,
                   measures=[total("count", "数量"), total("sum:amount", "金额"), total("sum:weighted_amount", "加权金额")]),
            report("won_now", "赢单", DEALS, "number", width=12, dated="closed_on", filter=WON,
                   measures=[total("count", "数量"), total("sum:won_amount", "金额")]),
            report("funnel", "销售漏斗", DEALS, "funnel", dated="expected_on", rows=["stage"], filter=STILL_OPEN,
                   measures=[COUNT]),
            report("methods", "三种预测与实际（按月）", "forecasts", "bar", width=24, height=8, rows=["month:month"],
                   filter=TEAMS,
                   measures=[total("sum:signed", "已赢单"), total("sum:by_stage", "按阶段赢率"),
                             total("sum:by_commitment", "按负责人承诺"), total("sum:by_history", "按历史赢率")]),
            report("errors", "回测误差 %：过去六个月", "forecasts", "line", rows=["month:month"],
                   filter={"and": [TEAMS, {"field": "kind", "op": "eq", "value": "past"}]},
                   measures=[total("avg:stage_error", "按阶段赢率"), total("avg:commitment_error", "按负责人承诺"),
                             total("avg:history_error", "按历史赢率")]),
            report("by_team", "本月各部门：已赢单与预测", "forecasts", "table", rows=["team"], order="-1",
                   filter={"and": [NOW, TEAMS]},
                   measures=[total("sum:signed", "已赢单"), total("sum:by_stage", "按阶段赢率"),
                             total("sum:by_commitment", "按负责人承诺"), total("sum:by_history", "按历史赢率"),
                             total("avg:stage_error", "阶段误差 %"), total("avg:commitment_error", "承诺误差 %"),
                             total("avg:history_error", "历史误差 %")]),
            report("conversion", "各阶段转化率与停留天数", "stage-stays", "table", width=24, dated="entered_at", rows=["stage"],
                   measures=[total("count", "进入"), total("count", "已离开", filter=LEFT),
                             total("count", "推进率", filter=AHEAD, show="ratio", over="count", over_filter=LEFT),
                             total("count", "最终赢单率", filter=ENDED_WON, show="ratio", over="count", over_filter=ENDED),
                             total("avg:days", "平均停留天数"), total("max:days", "最长停留天数")]),
            report("by_month", "按预计签约月份的预测", DEALS, "bar", dated="expected_on", rows=["expected_on:month"],
                   filter=STILL_OPEN, measures=[total("sum:amount", "金额"), total("sum:weighted_amount", "加权金额")]),
            report("by_stage_month", "预测明细：月份 × 阶段（加权）", DEALS, "pivot", width=24, dated="expected_on",
                   rows=["expected_on:month"], columns=["stage"], filter=STILL_OPEN,
                   measures=[total("sum:weighted_amount", "加权金额")]),
            report("by_owner", "人员在谈与预测", DEALS, "table", width=24, dated="expected_on", rows=["owner"],
                   filter=STILL_OPEN,
                   order="-2", limit=20, measures=[COUNT, total("sum:amount", "金额"), total("sum:weighted_amount", "加权金额"),
                                                    total("sum:weighted_amount", "占比", show="share")]),
        ),
    )
)  # fmt: skip

ACTIVITY = offer(
    Dashboard(
        name="activity",
        label="团队活动",
        cards=(
            report("people", "人员跟进：按方式", "interactions", "stacked", width=24, dated="happened_at", rows=["owner"],
                   columns=["channel"], measures=[COUNT], order="-0", limit=20),
            report("course", "每月跟进", "interactions", "area", dated="happened_at", rows=["happened_at:month"],
                   columns=["channel"], measures=[COUNT]),
            report("channels", "方式占比", "interactions", "pie", dated="happened_at", rows=["channel"], measures=[COUNT]),
            report("change", "每月跟进较上月", "interactions", "table", width=24, dated="happened_at",
                   rows=["happened_at:month"], measures=[COUNT, total("count", show="before"), total("count", show="change")]),
            report("heat", "人员 × 月份", "interactions", "heat", width=24, dated="happened_at", rows=["owner"],
                   columns=["happened_at:month"], measures=[COUNT], order="-0", limit=15),
        ),
    )
)  # fmt: skip

RATE = total("count", "赢单率", filter=WON, show="ratio", over="count", over_filter=SETTLED)

RIVALS = offer(
    Dashboard(
        name="rivals",
        label="输赢分析",
        cards=(
            report("rate", "赢单率", DEALS, "gauge", width=8, height=5, dated="closed_on", filter=SETTLED,
                   measures=[RATE], goal="1"),
            report("reasons", "输单原因", DEALS, "pie", width=16, dated="closed_on", rows=["lost_reason"], filter=LOST,
                   measures=[COUNT]),
            report("rivals", "对手交锋：赢单与输单", DEALS, "stacked", dated="closed_on", rows=["competitors"],
                   columns=["stage"],
                   filter=SETTLED, measures=[COUNT]),
            report("winners", "输给谁", DEALS, "bar", dated="closed_on", rows=["winner"], filter=LOST, measures=[COUNT],
                   order="-0"),
            report("table", "各对手的赢单率", DEALS, "table", width=24, dated="closed_on", rows=["competitors"], filter=SETTLED,
                   measures=[total("count", "交锋"), total("count", "赢单", filter=WON), total("count", "输单", filter=LOST),
                             RATE,
                             total("sum:won_amount", "赢单金额", filter=WON)], order="-0"),
        ),
    )
)  # fmt: skip

CUSTOMERS = offer(
    Dashboard(
        name="customers",
        label="客户分布",
        cards=(
            report("map", "客户地区分布", "customers", "map", dated="created_at", rows=["address:province"], measures=[COUNT]),
            report("levels", "客户级别", "customers", "bar", height=7, dated="created_at", rows=["level"], measures=[COUNT]),
            report("new", "每月新增客户", "customers", "line", height=6, dated="created_at",
                   rows=["created_at:month"], measures=[COUNT]),
            report("level_region", "地区 × 级别", "customers", "pivot", dated="created_at", rows=["address:province"],
                   columns=["level"], measures=[COUNT], order="-0"),
            report("top", "客户贡献（二八）", DEALS, "table", width=24, height=7, dated="closed_on",
                   rows=["customer"], filter=WON, limit=20,
                   measures=[total("sum:won_amount", "成交金额"), total("sum:won_amount", "占比", show="share"),
                             total("sum:won_amount", "累计占比", show="cumulative")]),
        ),
    )
)  # fmt: skip
