"""演示公司的费用、催收与退货: what colleagues laid out on visits, how they asked for money, and what came back."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from zhike.packs.company.cast import Cast, Row

MEANT = {
    "travel": ("高铁往返", 380, 1600), "transport": ("市内打车", 40, 180), "hospitality": ("工作餐", 180, 900),
    "event": ("交流会场地", 800, 3500),
}  # fmt: skip
PROGRESS = (
    "客户已立项，预算在走流程",
    "技术部门认可方案，等待采购排期",
    "确认了试点范围",
    "分管领导同意继续推进",
    "明确了验收标准",
)
VALUES = ("拿到评分办法", "见到决策人", "确认了竞争对手的报价区间", "敲定下次演示时间", "取得现场数据样本")
STATES = ("draft", "approved", "paid", "paid", "paid")
SAID = (
    ("phone", "财务答应月底前付", 12), ("phone", "流程在分管领导处，下周可付", 6), ("letter", "催款函已签收，要求核对发票", None),
    ("visit", "与财务负责人当面确认付款计划", 20), ("phone", "验收单未盖章，盖章后付款", None),
)  # fmt: skip


def claims(cast: Cast, talks: list[Row], count: int) -> list[Row]:
    """报销单: visits of the past quarter, each with what it cost and what it brought."""
    quarter = cast.now - timedelta(days=90)
    visits = [talk for talk in talks if talk["channel"] in ("visit", "meeting") and talk["happened_at"] > quarter]
    return [_claim(cast, visit) for visit in cast.dice.sample(visits, min(count, len(visits)))]


def _claim(cast: Cast, visit: Row) -> Row:
    state = cast.dice.choice(STATES)
    when = min(visit["happened_at"] + timedelta(days=cast.dice.randint(1, 6)), cast.now)
    category = cast.dice.choice(list(MEANT))
    items = [_item(cast, visit, category)] + ([_item(cast, visit, "transport")] if category == "travel" else [])
    claim = cast.like(visit, when) | {"name": MEANT[category][0], "items": items, "state": state}
    approved = when + timedelta(hours=20)
    if state == "draft" or approved > cast.now:
        return claim | {"state": "draft"}
    return claim | {"approved_at": approved} | ({"paid_on": approved.date()} if state == "paid" else {})


def _item(cast: Cast, visit: Row, category: str) -> Row:
    _, least, most = MEANT[category]
    return {
        "spent_on": visit["happened_at"].date(), "category": category, "amount": Decimal(cast.dice.randint(least, most)),
        "interaction": cast.id_of(visit), "customer": visit["customer"], "opportunity": visit.get("opportunity"),
        "progress": cast.dice.choice(PROGRESS), "value": cast.dice.choice(VALUES),
    }  # fmt: skip


def dunnings(cast: Cast, owed: list[Row], count: int) -> list[Row]:
    """催收记录 of what is overdue: some promises still to come, some not kept."""
    late = [row for row in owed if row["due_on"] < cast.now.date() - timedelta(days=5)]
    return [_dunning(cast, row) for row in cast.dice.sample(late, min(count, len(late)))]


def _dunning(cast: Cast, owed: Row) -> Row:
    channel, said, days = cast.dice.choice(SAID)
    asked = cast.ago(min(40, (cast.now.date() - owed["due_on"]).days - 1))
    promise: dict[str, Any] = {"promised_on": (asked + timedelta(days=days)).date()} if days else {}
    told = {"receivable": cast.id_of(owed), "channel": channel, "content": said, "happened_at": asked}
    return cast.like(owed, asked) | told | promise


def returns(cast: Cast, orders: list[Row]) -> list[Row]:
    """退货: one that waits for review and one whose goods are on their way back."""
    delivered = [order for order in orders if order["delivery"] == "all" and order["items"]]
    chosen = cast.dice.sample(delivered, min(2, len(delivered)))
    return [_return(cast, order, state) for order, state in zip(chosen, ("draft", "accepted"), strict=False)]


def _return(cast: Cast, order: Row, state: str) -> Row:
    line = order["items"][0]
    item = {"product": line["product"], "quantity": min(line["quantity"], Decimal(2))}
    moment = cast.ago(10)
    reason = cast.dice.choice(("型号与现场接口不符", "项目范围缩小，多出的部分退回", "到货开箱损坏"))
    told = {"order": cast.id_of(order), "reason": reason, "returned_on": moment.date(), "items": [item], "state": state}
    return cast.like(order, moment) | told
