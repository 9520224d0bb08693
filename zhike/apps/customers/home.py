"""工作台卡片 of customers, follow-ups and tasks."""

from zhike.features.home import HomeCard, Line, Standing, offer
from zhike.features.home.cards import ABOVE_OTHERS, Filter

OWN, TEAM, COMPANY, OVERVIEW = Standing.OWN, Standing.TEAM, Standing.COMPANY, Standing.OVERVIEW
QUIET_DAYS = 30

MINE: Filter = {"field": "owner", "op": "eq", "value": "me"}
OPEN_TASK: Filter = {"field": "state", "op": "eq", "value": "open"}
DUE: Filter = {"and": [MINE, OPEN_TASK, {"field": "due_on", "op": "lte", "value": {"days": 0}}]}
SOON: Filter = {"and": [MINE, OPEN_TASK, {"field": "due_on", "op": "lte", "value": {"days": 7}}]}
LATE: Filter = {"and": [OPEN_TASK, {"field": "due_on", "op": "lt", "value": {"days": 0}}]}
ALIVE: Filter = {"field": "lifecycle", "op": "ne", "value": "lost"}
LONG_AGO = {"days": 1 - QUIET_DAYS}
"""What lies before this day has been so for the whole of `QUIET_DAYS`, as the mark in the list counts them."""
NEVER: Filter = {
    "and": [{"field": "last_contact_at", "op": "empty"}, {"field": "created_at", "op": "lt", "value": LONG_AGO}],
}
QUIET: Filter = {"or": [{"field": "last_contact_at", "op": "lt", "value": LONG_AGO}, NEVER]}


def since(field: str, day: int = -1) -> Filter:
    """From that many days ago on."""
    return {"field": field, "op": "gte", "value": {"days": day}}


def during(field: str, period: str) -> Filter:
    return {"field": field, "op": "during", "value": period}


# What waits for somebody is not of one object: these two are for whoever meets customers.
offer(
    HomeCard(
        name="approvals_waiting", label="待我审批", type="approvals", collection="customers", limit=5, place=10,
        first=ABOVE_OTHERS, hint="等您同意的申请，等得最久的在前",
    ),
    HomeCard(
        name="my_deadlines", label="快到期限的事", type="deadlines", collection="customers", limit=7, place=11,
        first=(OWN,), hint="七天内到期、要您完成的事，包括快要收回到公共客户的客户",
    ),
)  # fmt: skip

offer(
    HomeCard(
        name="my_tasks", label="我的待办", type="list", collection="tasks", filter=SOON, order="due_on", limit=7,
        fields=("due_on", "customer", "priority"), due="due_on", act="complete", place=10,
        first=(OWN, TEAM, COMPANY),
        hint="逾期、今天和未来七天到期的任务，包括跟进时约定的下一步",
    ),
    HomeCard(
        name="tasks_due", label="今天要办", type="list", collection="tasks", filter=DUE, order="due_on", limit=10,
        fields=("due_on", "customer"), due="due_on", act="complete", place=11, todo=True, hint="今天到期和已逾期的任务",
    ),
    HomeCard(
        name="customers_quiet", label="久未联系的客户", type="list", collection="customers",
        filter={"and": [MINE, ALIVE, QUIET]}, order="last_contact_at", limit=7, fields=("last_contact_at", "level", "phone"),
        warn="last_contact_at", place=12, first=(OWN,), hint=f"{QUIET_DAYS} 天以上没有跟进",
    ),
    HomeCard(
        name="team_customers_quiet", label="团队久未联系的客户", type="list", collection="customers",
        filter={"and": [ALIVE, QUIET]}, order="last_contact_at", limit=7, fields=("last_contact_at", "level", "owner"),
        warn="last_contact_at", place=47, offered=ABOVE_OTHERS,
    ),
    HomeCard(
        name="tasks_late", label="团队逾期任务", type="bar", collection="tasks", filter=LATE, group=("owner",), order="-count",
        limit=8, place=34, offered=ABOVE_OTHERS, first=(COMPANY,),
    ),
    HomeCard(
        name="activity_by_person", label="本周跟进", type="bar", collection="interactions",
        filter=during("happened_at", "this_week"), group=("owner",), order="-count", limit=8, place=22,
        offered=ABOVE_OTHERS, first=(TEAM,), hint="本周每人写了多少条跟进",
    ),
    HomeCard(
        name="activity_by_channel", label="近 30 天跟进方式", type="bar", collection="interactions",
        filter=during("happened_at", "last_30_days"), group=("channel",), order="-count", place=48,
    ),
    HomeCard(
        name="customers_by_level", label="客户级别", type="bar", collection="customers", group=("level",), place=49,
    ),
    HomeCard(
        name="customers_moved", label="昨天以来的客户", type="figures", collection="customers", place=45,
        lines=(
            Line(label="新增客户", collection="customers", filter=since("created_at")),
            Line(label="新增联系人", collection="contacts", filter=since("created_at")),
            Line(label="写下的跟进", collection="interactions", filter=since("happened_at")),
            Line(label="完成的任务", collection="tasks", filter=since("done_at")),
        ),
    ),
)  # fmt: skip
