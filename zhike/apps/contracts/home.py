"""工作台卡片 of what is owed: how much, how late, what falls due next, what was not invoiced."""

from zhike.apps.customers.home import COMPANY, OVERVIEW, OWN, TEAM, during
from zhike.features.home import HomeCard, offer
from zhike.features.home.cards import ABOVE_OTHERS, Filter

OWED = "receivables"
OPEN: Filter = {"field": "standing", "op": "in", "value": ["open", "part"]}
OVERDUE: Filter = {"and": [OPEN, {"field": "due_on", "op": "lt", "value": {"days": 0}}]}
TARGETS = "sales-targets"
RUNNING: Filter = {"and": [
    {"field": "starts_on", "op": "lte", "value": {"days": 0}}, {"field": "ends_on", "op": "gte", "value": {"days": 0}},
]}  # fmt: skip
MY_TARGETS: Filter = {"and": [RUNNING, {"field": "person", "op": "eq", "value": "me"}]}
TEAM_TARGETS: Filter = {"and": [RUNNING, *({"field": name, "op": "empty"} for name in ("person", "product"))]}

offer(
    HomeCard(
        name="my_targets", label="我的目标", type="progress", collection=TARGETS, filter=MY_TARGETS, order="ends_on,name",
        limit=6, reached="actual", goal="base", coming="expected", place=13, first=(OWN,),
        hint="实际完成对基本目标，浅色为加上期内预计签约",
    ),
    HomeCard(
        name="team_targets", label="目标完成", type="progress", collection=TARGETS, filter=TEAM_TARGETS, order="ends_on,name",
        limit=6, reached="actual", goal="base", coming="expected", place=18, offered=ABOVE_OTHERS,
        first=(TEAM, COMPANY, OVERVIEW),
        hint="部门和公司的实际完成对基本目标，浅色为加上期内预计签约",
    ),
)  # fmt: skip

offer(
    HomeCard(
        name="owed", label="未收款", type="number", collection=OWED, filter=OPEN, measure="sum:outstanding", width=6, place=6,
        offered=ABOVE_OTHERS, first=(COMPANY,),
    ),
    HomeCard(
        name="owed_late", label="逾期未收", type="number", collection=OWED, filter=OVERDUE, measure="sum:outstanding", width=6,
        place=7, offered=ABOVE_OTHERS, first=(COMPANY,),
    ),
    HomeCard(
        name="came_in", label="本月到款", type="number", collection="receipts", filter=during("received_on", "this_month"),
        measure="sum:amount", width=6, place=8, offered=ABOVE_OTHERS, first=(COMPANY,),
    ),
    HomeCard(
        name="invoiced", label="本月开票", type="number", collection="invoices", filter=during("issued_on", "this_month"),
        measure="sum:amount", width=6, place=9, offered=ABOVE_OTHERS, first=(COMPANY,),
    ),
    HomeCard(
        name="ageing", label="账龄", type="bar", collection=OWED, filter=OVERDUE, group=("ageing",), measure="sum:outstanding",
        place=65, offered=ABOVE_OTHERS, first=(COMPANY,),
    ),
    HomeCard(
        name="owed_soon", label="待收款：逾期和未来 7 天到期", type="list", collection=OWED,
        filter={"and": [OPEN, {"field": "due_on", "op": "lte", "value": {"days": 7}}]}, order="due_on", limit=7,
        fields=("due_on", "customer", "outstanding", "owner"), due="due_on", place=66, first=(COMPANY,),
    ),
)  # fmt: skip
