"""销售域共用的选项: the pipeline, and why deals are lost."""

from decimal import Decimal
from typing import Any

from django.apps import apps

from zhike.kernel.declare import Option, option

STAGES = {
    "prospecting": option("初步接触", probability="0.10", color="default"),
    "engaging": option("需求确认", probability="0.30", color="blue"),
    "proposal": option("方案报价", probability="0.50", color="cyan"),
    "negotiating": option("商务谈判", probability="0.75", color="gold"),
    "won": option("赢单", probability="1", color="green", end=True),
    "lost": option("输单", probability="0", color="red", end=True),
}
OPEN = ("prospecting", "engaging", "proposal", "negotiating")
CLOSED = ("won", "lost")


def percent(stage: Option) -> Decimal:
    """The 赢率 a deal has on entering a stage, in hundredths."""
    return Decimal(stage.facts.get("probability") or 0) * 100


def open_stages() -> dict[str, str]:
    """The stages of a deal that is neither won nor lost with their names, in their order, those somebody has added included."""
    return {stage: one.label for stage, one in _stages().options.items() if stage not in CLOSED}


def stages_in_use() -> frozenset[str]:
    """Those a deal may still come to: not retired by an administrator."""
    return frozenset(_stages().open())


def stage_rates() -> dict[str, Decimal]:
    """The 赢率 of every stage as a share of one, as an administrator has set it."""
    return {name: percent(stage) / 100 for name, stage in _stages().options.items()}


def _stages() -> Any:
    return apps.get_model("sales.Opportunity")._meta.get_field("stage")


COMMITMENTS = {
    "commit": option("承诺", weight="1", color="green"),
    "best": option("争取", weight="0.5", color="gold"),
    "open": option("在谈", weight="0", color="default"),
}
"""What the owner stands for (预测类别), and which share of it a forecast by commitment counts."""


CLOSING = {
    "none": option("未提交", color="default"),
    "waiting": option("待确认", color="gold"),
    "confirmed": option("已确认", color="green"),
}


LOST_REASONS = {
    "price": "价格",
    "function": "功能不满足",
    "relation": "客情关系",
    "timing": "时机不成熟",
    "budget": "预算取消",
    "competitor": "败给竞争对手",
    "no_decision": "客户未决策",
    "other": "其他",
}

INTENTS = {"add": "新增", "change": "变更", "remove": "取消"}
