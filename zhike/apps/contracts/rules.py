"""合同制度的数字: every one a parameter with an effective date."""

from zhike.apps.sales.authority import STRICT, TOTAL, WORST_LINE
from zhike.features.parameters.declared import parameter

SMALL_CEILING = parameter("small_contract_ceiling", "小额合同金额上限", unit="元", default="200000")
SMALL_RATIO = parameter("small_contract_ratio", "小额合同最低折扣率", unit="折扣率（0.45 即 4.5折）", default="0.45", most="10")
SMALL_MEASURE = parameter(
    "small_contract_measure", "小额合同的折扣按什么判断", unit="0 取严，1 最低一行，2 总额", default="0", most="2", whole=True
)
MEASURES = {0: STRICT, 1: WORST_LINE, 2: TOTAL}
STATEMENT_DAY = parameter(
    "receivable_statement_day", "应收款明细表生成日", unit="号；没有这一天的月份取最后一天", default="31", least="1", most="31",
    whole=True,
)  # fmt: skip
EXPIRY_WARNING = parameter(
    "contract_expiry_warning", "合同到期前几天提醒", unit="天", default="30", least="1", most="365", whole=True
)
RANK_CUSTOMERS = parameter("rank_customers", "参加评比每月至少新增客户", unit="个", default="20", most="10000", whole=True)
RANK_DEALS = parameter("rank_deals", "参加评比每月至少新增机会", unit="个", default="5", most="10000", whole=True)
RANK_TOP = parameter("rank_top", "评比前几名优先分单", unit="名", default="3", most="1000", whole=True)
RANK_TOP_AGENTS = parameter("rank_top_agents", "代理商评比前几名优先分单", unit="名", default="10", most="1000", whole=True)
RANK_FACTOR = parameter("rank_factor", "优先分单的权重倍数", unit="倍", default="1.5", least="1", most="10")
RANK_QUOTA_MORE = parameter(
    "rank_quota_more", "评比前几名次月的行业客户额度", unit="%", default="120", least="100", most="1000", whole=True
)
RANK_QUOTA_LESS = parameter("rank_quota_less", "连续最后几名次月的行业客户额度", unit="%", default="80", most="100", whole=True)
RANK_BOTTOM = parameter("rank_bottom", "评比最后几名", unit="名", default="3", most="1000", whole=True)
RANK_BOTTOM_AGENTS = parameter("rank_bottom_agents", "代理商评比最后几名", unit="名", default="10", most="1000", whole=True)
RANK_MONTHS = parameter("rank_months", "连续几个月在最后几名取消分单", unit="个月", default="2", least="1", most="12", whole=True)
