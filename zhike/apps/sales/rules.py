"""销售制度的数字: every one a parameter with an effective date."""

from collections.abc import Iterator
from datetime import date

from zhike.apps.sales.choices import OPEN, open_stages
from zhike.features.parameters.declared import Parameter, family, number, parameter

QUOTE_VALIDITY = parameter("quote_validity", "报价有效期", unit="天", default="30", least="1", most="3650", whole=True)
QUOTE_REMINDER = parameter("quote_reminder", "报价到期前几天提醒", unit="天", default="3", least="1", most="365", whole=True)
SPECIAL_RATIO = parameter("special_ratio", "低于它的报价算特价", unit="折扣率（0.45 即 4.5折）", default="0.5", most="10")
UPKEEP_DAYS = parameter(
    "upkeep_days", "联营和代理维护客户资料的周期", unit="天", default="90", least="1", most="3650", whole=True
)
UPKEEP_SHARE = parameter("upkeep_share", "过期客户资料多于它时不受理特价", unit="%", default="20", most="100", whole=True)
LEAD_SCREENING = parameter("lead_screening", "线索初筛期限", unit="工作日", default="1", least="1", most="60", whole=True)
LEAD_HANDOVER = parameter("lead_handover", "线索移交期限", unit="工作日", default="2", least="1", most="60", whole=True)
LEAD_ACCEPTANCE = parameter("lead_acceptance", "接单期限", unit="工作日", default="1", least="1", most="60", whole=True)
LEAD_REMINDER = parameter("lead_reminder", "线索提醒", unit="小时", default="4", least="1", most="240", whole=True)
LEAD_MERIT = parameter("lead_merit", "分单业绩统计", unit="天", default="90", least="1", most="730", whole=True)
LEAD_FOLLOW_UP = parameter("lead_follow_up", "接单后须有跟进记录", unit="天", default="7", least="1", most="365", whole=True)
LEAD_NEGLECTS = parameter("lead_neglects", "一年内几次不跟进取消分单", unit="次", default="2", least="1", most="100", whole=True)
LEAD_PENALTY = parameter("lead_penalty", "商机不跟进建议扣减当月绩效", unit="%", default="10", most="100")
CLOSE_WITHIN = parameter(
    "close_within", "结果已知的机会须在几个工作日内关闭", unit="个工作日", default="1", least="1", most="30", whole=True
)
STALE_ELSEWHERE = parameter(
    "stale_elsewhere", "自行增加的阶段几天没有进展算停滞", unit="天", default="21", least="1", most="365", whole=True
)
"""For the stages an administrator has added, as long as she has not said it of each."""
STALE_IN = {
    "初步接触": "初步接触几天没有进展算停滞",
    "需求确认": "需求确认几天没有进展算停滞",
    "方案报价": "方案报价几天没有进展算停滞",
    "商务谈判": "商务谈判几天没有进展算停滞",
}


@family
def stale_after() -> Iterator[Parameter]:
    """One for each open stage, by the name it has now (V-28)."""
    for stage, label in open_stages().items():
        told = STALE_IN.get(label) or f"{label}几天没有进展算停滞"
        otherwise = None if stage in OPEN else STALE_ELSEWHERE
        yield number(
            f"stale_{stage}", told, unit="天", default="21", least="1", most="365", whole=True, otherwise=otherwise
        )  # fmt: skip


def stale_days(day: date) -> dict[str, int]:
    """Each open stage with the days after which a deal in it stands still, as in force on a day."""
    return {one.key.removeprefix("stale_"): int(one.on(day)) for one in stale_after()}
