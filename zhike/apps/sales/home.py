"""工作台卡片 of leads and opportunities: what is on the way, what was won, what stands still."""

from zhike.apps.customers.home import COMPANY, MINE, OPEN_TASK, OVERVIEW, OWN, TEAM, during, since
from zhike.apps.sales.choices import CLOSED
from zhike.features.home import HomeCard, Line, offer
from zhike.features.home.cards import ABOVE_OTHERS, Filter

DEALS = "opportunities"
STILL_OPEN: Filter = {"field": "stage", "op": "not_in", "value": list(CLOSED)}
WON: Filter = {"field": "stage", "op": "eq", "value": "won"}
ENDED: Filter = {"field": "stage", "op": "in", "value": list(CLOSED)}
MY_OPEN: Filter = {"and": [MINE, STILL_OPEN]}
PAST_YEAR = since("closed_on", -365)
LATE: Filter = {"and": [STILL_OPEN, {"field": "expected_on", "op": "lt", "value": {"days": 0}}]}
OFFERED: Filter = {"field": "handover", "op": "eq", "value": "offered"}
UNTOUCHED: Filter = {"field": "state", "op": "in", "value": ["new", "screening"]}


def won(*also: Filter) -> Filter:
    return {"and": [WON, *also]}


def month_lines(*whose: Filter) -> tuple[Line, ...]:
    """This month beside as many days of the last one: signed, begun, met, said."""

    def both(label: str, collection: str, field: str, measure: str = "count", *also: Filter) -> Line:
        now, before = ({"and": [*whose, *also, during(field, period)]} for period in ("this_month", "last_month_to_date"))
        return Line(label=label, collection=collection, measure=measure, filter=now, against=before)

    return (
        both("赢单金额", DEALS, "closed_on", "sum:won_amount", WON),
        both("赢单数", DEALS, "closed_on", "count", WON),
        both("新建机会", DEALS, "created_at"),
        both("新增客户", "customers", "created_at"),
        both("跟进次数", "interactions", "happened_at"),
    )


offer(
    HomeCard(
        name="open_amount", label="在谈金额", type="number", collection=DEALS, filter=STILL_OPEN, measure="sum:amount",
        width=6, place=1, first=ABOVE_OTHERS,
    ),
    HomeCard(
        name="weighted_amount", label="加权金额", type="number", collection=DEALS, filter=STILL_OPEN,
        measure="sum:weighted_amount", width=6, place=2, first=ABOVE_OTHERS, hint="金额 × 赢率",
    ),
    HomeCard(
        name="won_this_month", label="本月赢单", type="number", collection=DEALS, filter=won(during("closed_on", "this_month")),
        measure="sum:won_amount", width=6, place=3, first=ABOVE_OTHERS,
    ),
    HomeCard(
        name="win_rate", label="近一年赢单率", type="ratio", collection=DEALS, filter=won(PAST_YEAR),
        of={"and": [ENDED, PAST_YEAR]}, width=6, place=4, first=(COMPANY, OVERVIEW),
    ),
    HomeCard(
        name="late_count", label="已过预计日期", type="number", collection=DEALS, filter=LATE, width=6, place=5, first=(TEAM,),
    ),
)  # fmt: skip

offer(
    HomeCard(
        name="my_funnel", label="我的漏斗", type="funnel", collection=DEALS, filter=MY_OPEN, group=("stage",),
        measure="sum:amount", place=14, first=(OWN,),
    ),
    HomeCard(
        name="my_month", label="我的本月与上月同期", type="figures", collection=DEALS, lines=month_lines(MINE), place=15,
        first=(OWN,),
    ),
    HomeCard(
        name="my_closing", label="我的机会：30 天内预计签约", type="list", collection=DEALS,
        filter={"and": [MY_OPEN, {"field": "expected_on", "op": "lte", "value": {"days": 30}}]}, order="expected_on", limit=7,
        fields=("expected_on", "amount", "stage"), due="expected_on", place=16, first=(OWN,),
    ),
    HomeCard(
        name="since_yesterday", label="昨天以来", type="figures", collection=DEALS, place=17, first=(OWN,),
        lines=(
            Line(label="新线索", collection="leads", filter=since("created_at")),
            Line(label="新客户", collection="customers", filter=since("created_at")),
            Line(label="新机会", collection=DEALS, filter=since("created_at")),
            Line(label="换了阶段的机会", collection=DEALS, filter=since("stage_since")),
            Line(label="写下的跟进", collection="interactions", filter=since("happened_at")),
            Line(label="完成的任务", collection="tasks", filter=since("done_at")),
        ),
    ),
    HomeCard(
        name="funnel", label="团队漏斗", type="funnel", collection=DEALS, filter=STILL_OPEN, group=("stage",),
        measure="sum:amount", place=20, offered=ABOVE_OTHERS, first=ABOVE_OTHERS,
    ),
    HomeCard(
        name="deals_late", label="有风险：已过预计签约日期", type="list", collection=DEALS, filter=LATE, order="expected_on",
        limit=7, fields=("expected_on", "amount", "owner"), due="expected_on", place=24, offered=ABOVE_OTHERS,
        first=(TEAM, COMPANY),
    ),
    HomeCard(
        name="leads_untouched", label="待分派的新线索", type="list", collection="leads", filter=UNTOUCHED, order="-created_at",
        limit=7, fields=("created_at", "source", "owner"), place=26, offered=ABOVE_OTHERS, first=(TEAM, COMPANY),
        hint="还没有确认或放弃的线索，最新的在前",
    ),
    HomeCard(
        name="leads_offered", label="待接单的线索", type="list", collection="leads", filter={"and": [MINE, OFFERED]},
        order="created_at", limit=7, fields=("contact_name", "industry", "source"), act="take", place=13, todo=True,
        hint="分给您、还没有接单或退回的线索",
    ),
    HomeCard(
        name="my_leads", label="我的待处理线索", type="list", collection="leads", filter={"and": [MINE, UNTOUCHED]},
        order="-created_at", limit=7, fields=("created_at", "source", "priority"), place=18,
    ),
    HomeCard(
        name="data_to_complete", label="赢单后待补充的资料", type="list", collection="data-completions",
        filter={"and": [{"or": [MINE, {"field": "server", "op": "eq", "value": "me"}]}, OPEN_TASK]}, order="due_on", limit=7,
        fields=("due_on", "server"), due="due_on", place=17, first=(OWN,),
        hint="由您协调，或由您填写的客户资料",
    ),
    HomeCard(
        name="team_month", label="本月与上月同期", type="figures", collection=DEALS, lines=month_lines(), place=28,
        offered=ABOVE_OTHERS, first=(TEAM, OVERVIEW),
    ),
)  # fmt: skip

offer(
    HomeCard(
        name="won_by_month", label="每月赢单金额", type="line", collection=DEALS, filter=won(PAST_YEAR),
        group=("closed_on:month",), measure="sum:won_amount", width=24, place=19, offered=ABOVE_OTHERS, first=(OVERVIEW,),
    ),
    HomeCard(
        name="won_by_department", label="近一年各部门赢单", type="bar", collection=DEALS, filter=won(PAST_YEAR),
        group=("department",), measure="sum:won_amount", order="-sum:won_amount", limit=10, place=30, offered=ABOVE_OTHERS,
        first=(COMPANY, OVERVIEW),
    ),
    HomeCard(
        name="forecast", label="各月预计签约（加权）", type="line", collection=DEALS,
        filter={"and": [STILL_OPEN, {"field": "expected_on", "op": "gte", "value": {"days": 0}}]}, group=("expected_on:month",),
        measure="sum:weighted_amount", place=32, first=(COMPANY,), hint="未关闭机会的加权金额，按预计签约月份",
    ),
    HomeCard(
        name="top_customers", label="近一年成交最多的客户", type="bar", collection=DEALS, filter=won(PAST_YEAR),
        group=("customer",), measure="sum:won_amount", order="-sum:won_amount", limit=10, place=31, first=(OVERVIEW,),
    ),
    HomeCard(
        name="won_by_person", label="近一年个人赢单", type="bar", collection=DEALS, filter=won(PAST_YEAR), group=("owner",),
        measure="sum:won_amount", order="-sum:won_amount", limit=10, place=36, offered=ABOVE_OTHERS, first=(COMPANY,),
    ),
    HomeCard(
        name="lost_reasons", label="近一年输单原因", type="bar", collection=DEALS,
        filter={"and": [{"field": "stage", "op": "eq", "value": "lost"}, PAST_YEAR]}, group=("lost_reason",), order="-count",
        place=38, offered=ABOVE_OTHERS,
    ),
)  # fmt: skip
