"""演示公司的分单与撞单: who got which lead and what she made of it, and who meant to have whose customer."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime, timedelta
from decimal import ROUND_FLOOR, Decimal

from zhike.packs.company import words
from zhike.packs.company.cast import Cast, Row

Story = Generator[tuple[str, list[Row]], list[int], None]
CENT, HUNDRED = Decimal("0.01"), Decimal(100)
REGIONS = (
    ("华东分单", ("31", "32", "33", "34"), ("上海", "苏州", "杭州", "宁波", "南京", "合肥")),
    ("华南分单", ("44",), ("深圳", "东莞", "广州", "佛山")),
    ("华北分单", ("11", "12", "13", "37"), ("北京", "石家庄", "天津", "青岛")),
    ("西南分单", ("50", "51"), ("成都", "重庆")),
    ("华中分单", ("42", "43"), ("武汉", "长沙")),
)
RETURNED = (("returned", "busy"), ("returned", "region"), ("overdue", ""))
WHY = (
    "3 位可以接单的人中与另外 1 位得分相同，等得最久：手上没有未处理的线索，近来接单与转化 1.00（新人为 1）（得分 1.00）",
    "2 位可以接单的人中得分最高：手上有 2 条未处理的线索，近来接单与转化 1.25（新人为 1）（得分 0.42）",
    "3 位可以接单的人中得分最高：手上有 1 条未处理的线索，近来接单与转化 0.80（新人为 1），优先资格 ×1.5（得分 0.60）",
)


def doors(cast: Cast) -> Story:
    """表单、在线咨询与分单规则: how leads come in, and to whom they go."""
    office, marketing = cast.of("xusm"), cast.people["hemarket"][0]
    yield "web-forms", [office | {
        "name": "官网预约演示", "heading": "预约产品演示", "intro": "留下联系方式，一个工作日内与您联系。",
        "thanks": "谢谢，我们会在一个工作日内与您联系。", "collection": "leads", "receiver": marketing, "questions": _questions(),
    }]  # fmt: skip
    yield "chat-channels", [office | {"name": "官网在线客服", "collection": "leads", "receiver": marketing}]
    rules = [_rule(cast, n, *region) | office for n, region in enumerate(REGIONS)]
    cast.rules = yield "dispatch-rules", rules
    best = {"person": cast.people["wangsales"][0], "kind": "priority", "factor": Decimal("1.5"), "quota": 120}
    last = {"person": cast.people["fengxue"][0], "kind": "suspended", "quota": 80}
    since = {"starts_on": (cast.now - timedelta(days=10)).date()}
    reasons = ({"reason": "上月评比第一名"}, {"reason": "连续 2 个月评比在最后三名"})
    yield "dispatch-rights", [office | right | why | since for right, why in zip((best, last), reasons, strict=True)]


def _questions() -> list[Row]:
    asked = (("name", "单位名称", True), ("contact_name", "您的姓名", True), ("phone", "手机", True), ("email", "邮箱", False),
             ("industry", "所属行业", False), ("address", "所在城市", False), ("needs", "想了解什么", False))  # fmt: skip
    rows = [{"field": field, "label": label, "required": must} for field, label, must in asked]
    return [*rows, {"field": "source", "fixed": "网站注册"}, {"field": "priority", "fixed": "高"}]


def _rule(cast: Cast, place: int, name: str, regions: tuple[str, ...], cities: tuple[str, ...]) -> Row:
    people = sorted({cast.people[who][0] for city in cities for who in words.CITIES[city][2]})
    seats = [{"person": pk, "weight": Decimal(1), "ceiling": 20} for pk in people]
    places = [{"place": {"code": code, "detail": ""}} for code in regions]
    return {"name": name, "position": 10 * (place + 1), "regions": places, "seats": seats}


def handed_over(cast: Cast, leads: list[Row]) -> list[Row]:
    """Before they are written: those confirmed have been dispatched."""
    desk = cast.people["fangbusiness"][0]
    for lead in leads:
        if lead["state"] in ("qualified", "converted"):
            offered = lead["state"] == "qualified" and cast.lots.random() < 0.4
            lead |= {"handover": "offered" if offered else "accepted", "dispatcher": desk}
    return leads


def dispatches(cast: Cast) -> list[Row]:
    """分单记录: every fifth lead went to somebody else first, who gave it back or let it lie."""
    rows: list[Row] = []
    for lead in (x for x in cast.leads if "handover" in x):
        before = [_offer(cast, lead, *cast.lots.choice(RETURNED))] if cast.lots.random() < 0.2 else []
        rows += [*before, _offer(cast, lead, lead["handover"]) | {"round": len(before) + 1}]
    return rows


def _offer(cast: Cast, lead: Row, state: str, reason: str = "") -> Row:
    owner = {n: lead[n] for n in ("owner", "department")}
    if state in ("returned", "overdue"):
        others = [cast.people[who] for who in words.CITIES[lead["name"][: 3 if lead["name"].startswith("石家庄") else 2]][2]]
        person, department = cast.lots.choice([o for o in others if o[0] != lead["owner"]] or others)
        owner = {"owner": person, "department": department}
    at: datetime = lead["qualified_at"]
    answered = None if state == "offered" else min(at + timedelta(hours=cast.lots.choice((1, 2, 3, 5, 8, 22))), cast.now)
    return cast.like(lead, at) | owner | {
        "lead": cast.id_of(lead), "name": lead["name"], "rule": _rule_of(cast, lead), "given_by": lead["dispatcher"],
        "state": state, "reason": reason, "offered_at": at, "answered_at": answered, "why": cast.lots.choice(WHY),
    }  # fmt: skip


def _rule_of(cast: Cast, lead: Row) -> int:
    """The rule of the region the company is in."""
    place = next(n for n, (_, _, cities) in enumerate(REGIONS) if lead["name"].startswith(cities))
    return cast.rules[place]


def conflicts(cast: Cast) -> Story:
    """撞单: one was only stopped, one waits for a decision, one has been decided and shared."""
    mine = [c for c in cast.customer_rows if c["owner"] == cast.people["wangsales"][0] and id(c) not in cast.aside]
    won = next(d for d in cast.deals if d["stage"] == "won" and d["owner"] == cast.people["wangsales"][0])
    customers = [mine[0], mine[1], next(c for c in cast.customer_rows if cast.id_of(c) == won["customer"])]
    stories = (("qianjing", "stopped", 1, 2), ("zhangwei", "appealed", 3, 1), ("qianjing", "settled", 2, 40))
    rows = [_conflict(cast, c, *told) for c, told in zip(customers, stories, strict=True)]
    rows[2] |= {"outcome": "共同跟进、业绩分成，您占 40%", "settled_at": cast.now - timedelta(days=37)}
    ids = yield "registration-conflicts", rows
    waiting = _case(cast, customers[1], rows[1], ids[1])
    decided = _case(cast, customers[2], rows[2], ids[2]) | {
        "state": "decided", "principle": "best_signing", "outcome": "shared", "holder_percent": Decimal(60),
        "claimant_percent": Decimal(40), "decided_by": cast.people["xusm"][0], "decided_at": cast.now - timedelta(days=37),
        "opinion": "双方都有实质投入，共同跟进有利于签约。",
    }  # fmt: skip
    cases = yield "arbitrations", [waiting, decided]
    yield "revenue-shares", _shares(cast, won, cases[1])


def _conflict(cast: Cast, held: Row, who: str, state: str, tries: int, days: int) -> Row:
    tried = cast.now - timedelta(days=days, minutes=37)
    return cast.of(who, tried) | {
        "name": f"{held['name'].removesuffix('有限公司')}公司", "reason": "名称相近", "team": held["department"],
        "registered_at": held["created_at"], "tried_at": tried, "tries": tries, "state": state,
        "grounds": "" if state == "stopped" else "客户信息中心主任主动联系，希望由我方对接，已安排现场演示。",
    }  # fmt: skip


def _case(cast: Cast, held: Row, conflict: Row, pk: int) -> Row:
    kept = {n: conflict[n] for n in ("name", "reason", "registered_at", "tried_at", "grounds")}
    return cast.of("xusm", conflict["tried_at"]) | kept | {
        "conflict": pk, "customer": cast.id_of(held), "holder": held["owner"], "holder_team": held["department"],
        "claimant": conflict["owner"], "claimant_team": conflict["department"], "evidence": _evidence(held, conflict),
    }  # fmt: skip


def _evidence(held: Row, conflict: Row) -> list[Row]:
    began, tried = held["created_at"], conflict["tried_at"]
    told = (
        (began, "holder", f"登记客户“{held['name']}”", "王珊"),
        (began + timedelta(days=3), "holder", "拜访：首次拜访，了解现状，暂无预算", "王珊"),
        (tried - timedelta(days=6), "claimant", "电话：客户来电咨询，希望尽快看演示", "申请人"),
        (tried - timedelta(days=2), "claimant", "会议：现场演示，客户要求本月出方案", "申请人"),
        (tried, "claimant", f"报备“{conflict['name']}”被拦截，共 {conflict['tries']} 次", "申请人"),
    )
    return [{"at": at, "side": side, "what": what, "by": by} for at, side, what, by in told]


def _shares(cast: Cast, deal: Row, case: int) -> list[Row]:
    """Six to four, the cents that are left to the first."""
    total = sum(((line["quantity"] * line["price"]).quantize(CENT) for line in deal["products"]), Decimal(0))
    second = (total * 40 / HUNDRED).quantize(CENT, ROUND_FLOOR)
    parts = (("wangsales", Decimal(60), total - second), ("qianjing", Decimal(40), second))
    return [
        cast.of(who, deal["stage_since"]) | {
            "name": deal["name"], "opportunity": cast.id_of(deal), "arbitration": case, "percent": percent, "won_amount": total,
            "amount": amount, "closed_on": deal["closed_on"],
        }
        for who, percent, amount in parts
    ]  # fmt: skip
