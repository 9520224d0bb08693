"""演示公司赢单之后: what customer service has filled in about those who bought, and what is still missing."""

from __future__ import annotations

from datetime import timedelta

from zhike.packs.company.cast import Cast, Row

FIELDS = (("统一社会信用代码", "credit_code"), ("注册地址", "address"), ("员工人数", "employees"), ("偏好", "preferences"))
PROCESS = (
    ("开票资料（开户行和账号）", "专票，开户行和账号见附件"),
    ("采购与付款流程", "使用部门申请，采购部比价，财务月底集中付款"),
    ("验收流程和负责人", "信息部试运行两周后签验收单"),
)
SHOWN, TAKES = 24, 10


def completions(cast: Cast) -> list[Row]:
    """资料补充 of the customers that bought for the first time most recently; the latest ones are under way."""
    first: dict[int, Row] = {}
    for deal in sorted((d for d in cast.deals if d["stage"] == "won"), key=lambda d: d["closed_on"]):
        first.setdefault(deal["customer"], deal)
    return [_completion(cast, number, deal) for number, deal in enumerate(list(first.values())[-SHOWN:])]


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
