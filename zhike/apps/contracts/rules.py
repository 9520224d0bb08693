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
