"""What the measured company's books say: believable rows, the same at every run."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from zhike.chinese.credit_code import check_digit

CITIES = (
    "上海", "苏州", "杭州", "宁波", "南京", "合肥", "深圳", "东莞", "广州", "佛山", "北京", "石家庄", "天津",
    "青岛", "成都", "重庆", "武汉", "长沙", "西安", "郑州", "济南", "福州", "昆明", "贵阳", "大庆", "南昌",
)  # fmt: skip
FIRST = "恒瑞华金天博盛中宏嘉明鑫远东国安立新亿汇德凯鹏九同万启佳力长南银泰三正星隆海云宝"
SECOND = "泰丰远鼎成创达启图信德源航升安方锐通科智力盛程州辉象和青河联大辰基川峰利福兴业荣"
TRADES = {
    "manufacturing": ("机械制造", "精密仪器", "电气设备"),
    "energy": ("电力", "新能源科技"),
    "mining": ("石油装备",),
    "construction": ("建设工程",),
    "retail": ("商贸", "贸易"),
    "transport": ("物流",),
    "software": ("软件", "信息技术"),
    "medical": ("医疗器械",),
    "education": ("教育科技",),
    "agriculture": ("食品",),
}
TRADE_OF = [(industry, trade) for industry, trades in TRADES.items() for trade in trades]
FORMS = ("有限公司", "股份有限公司", "集团有限公司", "有限责任公司")
RARE, FREQUENT = "鹮霁", "科技"
RARE_EVERY = 5_003
TALKS = (
    "电话沟通，客户表示预算已列入计划，需要补充报价单",
    "上门拜访，介绍了新产品，对方技术负责人比较认可",
    "确认合同条款，付款方式还要再谈",
    "发送了解决方案，约定下周视频会议",
    "客户反馈竞争对手报价更低，请示是否可以让利",
    "参加招标说明会，了解到评分标准",
)
STAGES = ("prospecting", "engaging", "proposal", "negotiating", "won", "won", "won", "lost", "lost")
# Customers whom no deal moves any further, so that the books are written once.
LIFE = ("active", "active", "active", "won_back")
FOUNDED = datetime(2023, 1, 2, 1, tzinfo=UTC)
DAYS = 1000
Held = tuple[int, int, int]
"""A customer with her owner and department: what is said to her and sold to her is theirs too."""


class Book:
    """Everything numbered: the n-th customer is the same at every run, whoever asks for it."""

    def __init__(self, people: list[tuple[int, int]]) -> None:
        self.people = people

    def owner(self, n: int) -> dict[str, Any]:
        """Who holds the n-th record: people take turns in an order that follows no other column."""
        person, department = self.people[n * 7919 % len(self.people)]
        return {"owner": person, "department": department}

    def customer(self, n: int) -> dict[str, Any]:
        chance = Random(n)
        born = FOUNDED + timedelta(seconds=n * DAYS * 86_400 // 1_000_000)
        name, short, industry = self._named(n, chance)
        return self.owner(n) | {
            "name": name,
            "short_name": short,
            "credit_code": coded(n),
            "industry": industry,
            "level": chance.choice("abcd"),
            "category": chance.choice(("potential", "key", "existing")),
            "lifecycle": LIFE[n % 4],
            "phone": f"13{n % 10}{chance.randrange(10**8):08}",
            "address": {"code": "510104", "detail": f"人民南路{n % 900 + 1}号"},
            "employees": chance.randrange(5, 5000),
            "tags": ["重点"] if n % 20 == 0 else [],
            "created_at": born,
            "updated_at": born + timedelta(minutes=chance.randrange(200_000)),
        }

    def _named(self, n: int, chance: Random) -> tuple[str, str, str]:
        industry, words = chance.choice(TRADE_OF)
        brand = chance.choice(FIRST) + chance.choice(SECOND) + chance.choice(SECOND)
        brand = RARE + brand[2:] if n % RARE_EVERY == 77 else brand
        return f"{chance.choice(CITIES)}{brand}{words}{chance.choice(FORMS)}", brand, industry

    def opportunity(self, held: Held) -> dict[str, Any]:
        customer, owner, department = held
        chance = Random(-customer)
        born = FOUNDED + timedelta(seconds=customer * DAYS * 86_400 // 1_000_000)
        stage = chance.choice(STAGES)
        closed = stage in ("won", "lost")
        day = date(2024, 1, 1) + timedelta(chance.randrange(DAYS))
        return {
            "owner": owner,
            "department": department,
            "name": f"{chance.choice(FIRST)}{chance.choice(SECOND)}{chance.choice(TRADE_OF)[1]}项目",
            "customer": customer,
            "stage": stage,
            "amount": Decimal(chance.randrange(10_000, 50_000_000)) / 100,
            "expected_on": day,
            "closed_on": day if closed else None,
            "created_at": born,
            "updated_at": born + timedelta(minutes=chance.randrange(200_000)),
        }

    def interaction(self, held: Held, which: int) -> dict[str, Any]:
        customer, owner, department = held
        chance = Random(customer * 10 + which)
        happened = FOUNDED + timedelta(minutes=chance.randrange(DAYS * 1440))
        return {
            "owner": owner,
            "department": department,
            "content": f"{chance.choice(TALKS)}。",
            "channel": chance.choice(("phone", "visit", "meeting", "wechat")),
            "customer": customer,
            "happened_at": happened,
            "created_at": happened,
            "updated_at": happened,
        }


def coded(n: int) -> str:
    """A valid 统一社会信用代码, another for every n."""
    first = f"91510100MA{n:07}"
    return first + check_digit(first)
