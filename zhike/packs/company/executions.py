"""演示公司的订单执行: orders under review, and what delivery, collection and implementation have made of the confirmed ones."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date, timedelta
from random import Random

from zhike.packs.company.cast import Cast, Row

Story = Generator[tuple[str, list[Row]], list[int], None]
STEPS = (
    # name, kind, who does it, days after the signature, the payment that waits for it
    ("发货与到货签收", "delivery", "ningbusiness", 28, "到货款"),
    ("部署与初始化", "implementation", "luopresales", 40, ""),
    ("用户培训", "implementation", "baiservice", 55, ""),
    ("上线验收", "implementation", "luopresales", 72, "验收款"),
    ("收款跟进", "collection", "jinfinance", 90, ""),
)
FOLLOWED, UNREVIEWED, FINISHED = 240, 12, 110
"""Days after the signature: how long back executions are told, how young an order waits for its review, when all is done."""
DELAYS = (-2, 0, 0, 1, 1, 3, 6)
RESULTS = {"delivery": "已签收，数量与清单一致", "implementation": "客户确认", "collection": "已与客户财务对账"}


def orders(cast: Cast, contracts: list[Row]) -> list[Row]:
    """Most contracts have an order; the youngest ones wait for the business manager."""
    rows = [_order(cast, contract) for contract in contracts if contract["state"] == "signed" and cast.dice.randrange(3)]
    youngest = sorted(rows, key=lambda row: row["ordered_on"])[-5:]
    for row, state in zip(_one_beyond_credit(cast, youngest), _young(), strict=True):
        row |= {"state": state, "delivery": "none", "delivered_on": None}
        if state == "reviewing":
            row |= {"reviewed_by": None, "reviewed_at": None, "opinion": ""}
    return rows


def _one_beyond_credit(cast: Cast, youngest: list[Row]) -> list[Row]:
    """The same, the last of those whose customer may not owe as much at the end: her order is held."""
    limits = {cast.id_of(customer): customer["credit_limit"] for customer in cast.customer_rows}
    worth = {id(row): sum(item["quantity"] * item["price"] for item in row["items"]) for row in youngest}
    beyond = [row for row in youngest if (limit := limits[row["customer"]]) is not None and worth[id(row)] > limit * 2]
    return [row for row in youngest if row is not beyond[-1]] + beyond[-1:] if beyond else youngest


def _young() -> tuple[str, ...]:
    return ("executing", "confirmed", "confirmed", "reviewing", "reviewing")


def _order(cast: Cast, contract: Row) -> Row:
    """Delivered within two months, unless it was signed a short while ago."""
    done = contract["signed_on"] + timedelta(days=FINISHED) < cast.now.date()
    delivered = contract["signed_on"] + timedelta(days=28) < cast.now.date()
    items = [{n: item[n] for n in ("product", "quantity", "price")} for item in contract["items"]]
    signed = contract["agreed_at"] + timedelta(days=1)
    row = cast.like(contract, signed) | {
        "contract": cast.id_of(contract), "customer": contract["customer"], "items": items, "ordered_on": contract["signed_on"],
        "wanted_on": contract["signed_on"] + timedelta(days=60), "payment_method": "transfer",
        "state": "completed" if done else "executing",
        "delivery": "all" if done else cast.dice.choice(("part", "all")) if delivered else "none",
        "delivered_on": contract["signed_on"] + timedelta(days=28) if delivered else None,
    }  # fmt: skip
    reviewed = signed + timedelta(hours=6)
    desk = {"reviewed_by": cast.people["fangbusiness"][0], "reviewed_at": reviewed, "opinion": "与合同一致，同意执行"}
    return row | (desk if reviewed < cast.now else {})


def executions(cast: Cast, contracts: list[Row], placed: list[Row]) -> Story:
    """执行单, their milestones and the tasks of whoever has to reach them; payments that wait for one are told by contract."""
    lots, called = Random(20260404), {cast.id_of(contract): contract for contract in contracts}
    since = cast.now.date() - timedelta(days=FOLLOWED)
    begun = [o for o in placed if o["state"] in ("executing", "completed") and o["ordered_on"] >= since]
    rows = [_execution(cast, order, called[order["contract"]]) for order in begun]
    cast.adopt(rows, (yield "execution-orders", rows))
    reached = [_milestone(cast, row, step, lots) for row in rows for step in STEPS]
    ids = yield "milestones", reached
    for number, (milestone, pk) in enumerate(zip(reached, ids, strict=True)):
        order = begun[number // len(STEPS)]
        if payment := STEPS[number % len(STEPS)][4]:
            cast.waiting[order["contract"], payment] = (pk, milestone.get("reached_on") or milestone["due_on"])
    yield "tasks", [_task(begun[number // len(STEPS)], row) for number, row in enumerate(reached)]


def _execution(cast: Cast, order: Row, contract: Row) -> Row:
    steps = [
        {"name": name, "kind": kind, "person": cast.people[who][0], "due_on": order["ordered_on"] + timedelta(days)}
        for name, kind, who, days, _ in STEPS
    ]
    state = "done" if order["state"] == "completed" else "running"
    return cast.like(order, order["created_at"] + timedelta(days=1)) | {
        "created_by": cast.people["fangbusiness"][0],
        "order": cast.id_of(order), "name": contract["name"].replace("合同", "执行单"), "steps": steps, "state": state,
    }  # fmt: skip


def _milestone(cast: Cast, execution: Row, step: tuple[str, str, str, int, str], lots: Random) -> Row:
    name, kind, who, *_ = step
    due: date = next(s["due_on"] for s in execution["steps"] if s["name"] == name)
    row = cast.of(who, execution["created_at"]) | {
        "name": f"{name}：{execution['name'].removesuffix(' 执行单')}"[:200], "execution_order": cast.id_of(execution),
        "due_on": due, "state": "open",
    }  # fmt: skip
    day = due + timedelta(days=lots.choice(DELAYS))
    if execution["state"] != "done" and day > cast.now.date():
        return row
    return row | {"state": "reached", "reached_on": min(day, cast.now.date()), "result": RESULTS[kind]}


def _task(order: Row, milestone: Row) -> Row:
    done = milestone["state"] == "reached"
    told = {n: milestone[n] for n in ("owner", "department", "created_by", "created_at", "updated_at", "due_on")}
    return told | {
        "subject": milestone["name"], "customer": order["customer"], "state": "done" if done else "open",
        "done_at": None if not done else milestone["created_at"] + (milestone["reached_on"] - milestone["created_at"].date()),
        "result": milestone.get("result", ""),
    }  # fmt: skip
