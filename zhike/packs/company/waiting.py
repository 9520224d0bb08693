"""演示公司等人点头的事: offers beyond the usual discount, contracts under review, claims and corrections of customers."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from zhike.features.packs.asking import Answer, Asked
from zhike.packs.company.cast import Cast, Row

CENT = Decimal("0.01")
SMALL = Decimal(200_000)
DEPARTMENT = "销售部门经理、渠道部门经理、分公司总经理"
DEEP = (
    (Decimal("0.47"), "总裁助理"),
    (Decimal("0.46"), "总裁助理"),
    (Decimal("0.43"), "研发副总裁、实施服务副总裁、副总裁、总裁"),
)
AGREED = "毛利可以接受，付款条件合理，请会签"


def deepen(cast: Cast, quotes: list[Row]) -> None:
    """What waits for a department manager, and a few offers that go further than she may."""
    submitted = [quote for quote in quotes if quote["state"] == "submitted"]
    for quote in submitted:
        quote["needed"] = DEPARTMENT
    prices = {pk: product["list_price"] for pk, product in cast.products}
    for quote, (ratio, needed) in zip(submitted, DEEP, strict=False):
        quote["needed"] = needed
        quote["items"] = [item | {"price": (prices[item["product"]] * ratio).quantize(CENT)} for item in quote["items"]]


def review(cast: Cast, contracts: list[Row]) -> None:
    """合同审查: of what the customers have accepted lately most has been submitted, and some has come half the way."""
    drafts = sorted((c for c in contracts if c["state"] == "draft"), key=lambda c: c["created_at"])
    for number, contract in enumerate(drafts):
        asked_at = min(contract["created_at"] + timedelta(hours=3), cast.now)
        if number % 5 == 4:
            contract |= {"state": "agreed", "agreed_at": asked_at, "deeds": [("submit", asked_at, contract["owner"])]}
        elif number % 5 != 3:
            contract["asks"] = [_submitted(cast, contract, asked_at, half=number % 2 == 1)]


def _submitted(cast: Cast, contract: Row, at: datetime, *, half: bool) -> Asked:
    amount = sum((item["quantity"] * item["price"] for item in contract["items"]), Decimal(0))
    countersigned = contract["text"] != "standard" or amount > SMALL
    first = ((cast.people["xusm"][0], min(at + timedelta(hours=5), cast.now), AGREED),) if half and countersigned else ()
    return Asked("submit", contract["owner"], at, agreed=first)


def claim(cast: Cast, claims: list[Row]) -> None:
    """费用报销: what a colleague of each department laid out last waits for its head; a large one has come further."""
    latest: dict[int, list[Row]] = {}
    for row in sorted(claims, key=lambda c: c["created_at"], reverse=True):
        latest.setdefault(row["owner"], []).append(row)
    many = {
        owner: 3 if cast.house.heads[rows[0]["department"]] == cast.people["linmanager"][0] else 1
        for owner, rows in latest.items()
    }
    for number, row in enumerate(row for owner, rows in latest.items() for row in rows[: many[owner]]):
        row |= {"state": "draft"}
        row.pop("approved_at", None), row.pop("paid_on", None)
        asked_at = cast.ago(6)
        row |= dict.fromkeys(("created_at", "updated_at"), asked_at - timedelta(hours=2))
        row["asks"] = [Asked("submit", row["owner"], asked_at, agreed=_enlarged(cast, row, asked_at) if number % 6 == 4 else ())]


def _enlarged(cast: Cast, row: Row, at: datetime) -> tuple[Answer, ...]:
    """More than a head of department may agree to alone; she has agreed to it."""
    row |= {
        "name": cast.dice.choice(("客户技术交流会", "行业沙龙场地", "标杆客户参观接待")),
        "items": [row["items"][0] | {"category": "event", "amount": Decimal(cast.dice.randint(52, 98) * 100)}],
    }
    return ((cast.house.heads[row["department"]], min(at + timedelta(hours=20), cast.now), "活动带来两个立项，同意"),)


def correct(cast: Cast, customers: list[Row]) -> None:
    """客户关键资料变更: companies of one department have been renamed by the register."""
    theirs = [c for c in customers if c["department"] == cast.people["wangsales"][1] and id(c) not in cast.aside]
    for number, row in enumerate(theirs[3:6]):
        renamed = row["name"].removesuffix("有限公司") + "科技有限公司"
        row["asks"] = [Asked("change", row["owner"], cast.now - timedelta(days=number + 1, hours=2), {"name": renamed})]


DUTIES = (
    # username, what she is to do, in how many days, how urgent
    ("linmanager", "与华东各部门过一遍本月预计签约的机会", 0, "high"),
    ("linmanager", "陪同拜访杭州重点客户", 2, "medium"),
    ("linmanager", "准备下季度华东目标分解", 6, "medium"),
    ("xusm", "汇总本周业务检查结果并通报", 0, "high"),
    ("xusm", "督促逾期 60 天以上的应收款", 1, "high"),
    ("xusm", "核对月度评比名单", 4, "medium"),
    ("zhouboss", "与华南分公司总经理谈年度收官", 1, "high"),
    ("pengassistant", "整理特价报价的月度分析", 3, "medium"),
    ("songassistant", "核对本部门新登记客户的工商信息", 0, "high"),
    ("songassistant", "催交上周拜访记录", 1, "medium"),
    ("hemarket", "跟进展会名片录入", 0, "medium"),
    ("fangbusiness", "复核待审核订单与合同明细", 0, "high"),
    ("ningbusiness", "整理到货签收单", 1, "medium"),
    ("jinfinance", "与客户对账并寄送对账单", 0, "high"),
    ("wangsales", "整理苏州项目的方案汇报材料", 0, "high"),
    ("wangsales", "给客户寄送合同用印件", 1, "medium"),
    ("wangsales", "约客户信息中心主任看标杆案例", 3, "medium"),
    ("chensh", "与王珊复盘苏州项目的报价策略", 1, "medium"),
)


def duties(cast: Cast) -> list[Row]:
    """任务 of those who look after others: what they have planned for these days."""
    return [
        cast.of(who, cast.ago(4, 1)) | {
            "subject": subject, "due_on": cast.now.date() + timedelta(days), "priority": priority, "state": "open",
        }
        for who, subject, days, priority in DUTIES
    ]  # fmt: skip
