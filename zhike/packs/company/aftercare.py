"""演示公司交给客户的文档和赢单之后: which papers went to whom, and what customer service has filled in about those who bought."""

from __future__ import annotations

from datetime import timedelta

from zhike.packs.company.cast import Cast, Row

FIELDS = (("统一社会信用代码", "credit_code"), ("注册地址", "address"), ("员工人数", "employees"))
PROCESS = (
    ("开票资料（开户行和账号）", "专票，开户行和账号见附件"),
    ("采购与付款流程", "使用部门申请，采购部比价，财务月底集中付款"),
    ("验收流程和负责人", "信息部试运行两周后签验收单"),
)
SHOWN, TAKES = 24, 10

HANDED = (
    # category, name, version, days after the deal began
    ("profile", "公司与产品介绍", "V3.2", 1),
    ("solution", "解决方案建议书", "V1.0", 6),
    ("solution", "解决方案建议书", "V2.0", 14),
    ("technical", "接口与部署说明", "V1.1", 16),
)
REACHED = ("prospecting", "engaging", "proposal", "negotiating")
LATEST_DEALS = 60


def documents(cast: Cast) -> list[Row]:
    """交付文档 of the latest deals: the further a deal has come, the more was handed over."""
    latest = sorted(cast.deals, key=lambda deal: deal["created_at"])[-LATEST_DEALS:]
    handed = [_handed(cast, deal, at) for deal in latest for at in range(_so_far(deal))]
    return [row for row in handed if row["created_at"] <= cast.now]


def _so_far(deal: Row) -> int:
    return REACHED.index(deal["stage"]) + 1 if deal["stage"] in REACHED else len(HANDED)


def _handed(cast: Cast, deal: Row, at: int) -> Row:
    category, name, edition, days = HANDED[at]
    moment = deal["created_at"] + timedelta(days)
    return cast.like(deal, moment) | {
        "name": name, "category": category, "edition": edition, "opportunity": cast.id_of(deal), "recipient": deal["contact"],
        "stage": REACHED[at], "delivered_on": moment.date(), "way": ("email", "meeting", "im")[at % 3],
    }  # fmt: skip


def completions(cast: Cast) -> list[Row]:
    """资料补充 of the customers that bought for the first time most recently; the latest ones are under way."""
    first: dict[int, Row] = {}
    for deal in sorted((d for d in cast.deals if d["stage"] == "won"), key=lambda d: d["closed_on"]):
        first.setdefault(deal["customer"], deal)
    latest = list(first.values())[-SHOWN:]
    hers = [deal for deal in cast.deals if deal["stage"] == "won" and deal["owner"] == cast.people["wangsales"][0]]
    latest += [deal for deal in hers[-1:] if deal not in latest]
    return [_completion(cast, number, deal) for number, deal in enumerate(latest)]


def _completion(cast: Cast, number: int, deal: Row) -> Row:
    due = deal["closed_on"] + timedelta(TAKES)
    done = due < cast.now.date()
    known = len(PROCESS) if done else number % len(PROCESS)
    items: list[Row] = [{"name": name, "field": field} for name, field in FIELDS]
    items += [{"name": name, "done": at < known, "content": said * (at < known)} for at, (name, said) in enumerate(PROCESS)]
    state = {"state": "done", "finished_on": due - timedelta(number % 4)} if done else {}
    return cast.like(deal, deal["stage_since"]) | state | {
        "customer": deal["customer"], "opportunity": cast.id_of(deal), "server": cast.people["baiservice"][0],
        "due_on": due, "items": items,
    }  # fmt: skip
