"""演示公司的报价、合同与回款: every won deal was quoted, signed, invoiced and mostly paid; the others are on their way."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from zhike.packs.company.cast import Cast, Row
from zhike.packs.company.executions import executions, orders
from zhike.packs.company.outlays import dunnings, returns
from zhike.packs.company.past import came_in
from zhike.packs.company.targets import targets
from zhike.packs.company.waiting import deepen, review

Story = Generator[tuple[str, list[Row]], list[int], None]
CENT = Decimal("0.01")
TERMS = (("预付款", 30, 0), ("到货款", 40, 30), ("验收款", 20, 75), ("质保金", 10, 330))
# How a quote of an open deal stands, how many of the receivables have been invoiced before they were paid.
QUOTED = {
    "proposal": ("draft", "submitted", "submitted", "approved"), "negotiating": ("sent", "accepted", "accepted"),
}  # fmt: skip
BILLED = 2
PUNCTUAL = ("paid",) * 6 + ("late",) * 3 + ("slow",) * 2 + ("owing",)


def money(cast: Cast) -> Story:
    """Quotes, contracts, orders and their execution, what is owed, invoices and what has come in."""
    quotes = [_quote(cast, deal) for deal in cast.deals if deal["stage"] in ("won", *QUOTED)]
    deepen(cast, quotes)
    cast.adopt(quotes, (yield "quotes", quotes))
    contracts = [_contract(cast, quote) for quote in quotes if quote["state"] == "accepted"]
    review(cast, contracts)
    cast.adopt(contracts, (yield "contracts", contracts))
    placed = orders(cast, contracts)
    cast.adopt(placed, (yield "orders", placed))
    yield from executions(cast, contracts, placed)
    yield from _payments(cast, [contract for contract in contracts if contract["state"] == "signed"])
    yield "order-returns", returns(cast, placed)
    yield "sales-targets", targets(cast, contracts)


def _payments(cast: Cast, contracts: list[Row]) -> Story:
    """What is owed, invoices and what has come in; most on time, and who is late is asked for it."""
    owed = [row for contract in contracts for row in _receivables(cast, contract)]
    cast.adopt(owed, (yield "receivables", owed))
    paid = [row for row in owed if _came_in(cast, row)]
    settled = {id(row) for row in paid}
    yield "invoices", [_invoice(cast, row) for row in owed if id(row) in settled or cast.dice.randrange(BILLED)]
    yield "receipts", [_receipt(cast, row) for row in paid]
    yield "past", came_in(cast, paid)
    yield "dunnings", dunnings(cast, [row for row in owed if id(row) not in settled], 30)


def _quote(cast: Cast, deal: Row) -> Row:
    """As the deal was priced; the customer of a won one has accepted it a week before the signature."""
    won = deal["stage"] == "won"
    state = "accepted" if won else cast.dice.choice(QUOTED[deal["stage"]])
    made = min(_signing(deal) - timedelta(days=10), cast.now) if won else cast.ago(20, 8 if state == "accepted" else 1)
    items = [{**line, "tax_rate": Decimal(13 if line["quantity"] > 1 else 6)} for line in deal["products"]]
    quote = cast.like(deal, made) | {
        "name": f"{deal['name']} 报价", "opportunity": cast.id_of(deal), "customer": deal["customer"], "contact": deal["contact"],
        "quoted_on": made.date(), "valid_until": (made + timedelta(days=30)).date(), "items": items, "state": state,
    }  # fmt: skip
    return quote | _approval(cast, deal, state, made)


def _signing(deal: Row) -> Any:
    """The moment a won deal was closed."""
    return deal["stage_since"]


def _approval(cast: Cast, deal: Row, state: str, made: Any) -> Row:
    """Who submitted and approved it, as far as it has come."""
    if state == "draft":
        return {}
    told: Row = {"submitted_by": deal["owner"], "submitted_at": made}
    if state != "submitted":
        told |= {"decided_by": cast.house.heads[deal["department"]], "decided_at": made + timedelta(hours=5), "opinion": "同意"}
    if state in ("sent", "accepted"):
        told |= {"sent_at": made + timedelta(hours=7)}
    return told | ({"answered_at": made + timedelta(days=6), "answer": "按此签约"} if state == "accepted" else {})


def _contract(cast: Cast, quote: Row) -> Row:
    """Of a won deal it is signed; what the customer has accepted lately is a draft."""
    won = quote["opportunity"] in {cast.id_of(deal) for deal in cast.deals if deal["stage"] == "won"}
    signed = min(quote["created_at"] + timedelta(days=10 if won else 7), cast.now)
    items = [{n: item[n] for n in ("product", "quantity", "price", "tax_rate")} for item in quote["items"]]
    terms = [{"name": name, "percent": Decimal(share), "days": days} for name, share, days in TERMS]
    drafted = signed - timedelta(days=4) if won else signed
    row = cast.like(quote, drafted) | {
        "name": quote["name"].replace("报价", "合同"), "quote": cast.id_of(quote), "opportunity": quote["opportunity"],
        "customer": quote["customer"], "text": cast.dice.choice(("standard", "standard", "standard", "own")),
        "priced_on": quote["quoted_on"], "items": items, "terms_of_payment": terms, "state": "draft",
    }  # fmt: skip
    return row | (_signature(signed, quote) if won else {})


def _signature(signed: datetime, quote: Row) -> Row:
    return {
        "state": "signed", "agreed_at": signed - timedelta(days=1), "signed_on": signed.date(),
        "expires_on": (signed + timedelta(days=365)).date(), "deeds": [("submit", signed - timedelta(days=3), quote["owner"])],
    }  # fmt: skip


def _receivables(cast: Cast, contract: Row) -> list[Row]:
    """One for each payment term; the last takes the cents that are left."""
    total = sum(((i["quantity"] * i["price"]).quantize(CENT, ROUND_HALF_UP) for i in contract["items"]), Decimal(0))
    shares = [(total * share / 100).quantize(CENT, ROUND_HALF_UP) for _, share, _ in TERMS]
    shares[-1] += total - sum(shares)
    return [_receivable(cast, contract, term, amount) for term, amount in zip(TERMS, shares, strict=True)]


def _receivable(cast: Cast, contract: Row, term: tuple[str, int, int], amount: Decimal) -> Row:
    """Due so many days after the signature, or with the milestone it waits for."""
    name, _, days = term
    milestone, due_on = cast.waiting.get((cast.id_of(contract), name), (None, contract["signed_on"] + timedelta(days=days)))
    return cast.like(contract, contract["agreed_at"] + timedelta(days=1)) | {
        "name": name, "contract": cast.id_of(contract), "customer": contract["customer"], "amount": amount,
        "due_on": due_on, "milestone": milestone,
    }  # fmt: skip


def _came_in(cast: Cast, owed: Row) -> bool:
    """Whether it has been paid by now: most on time, some weeks late, a few not at all."""
    habit = cast.dice.choice(PUNCTUAL)
    slow, never = cast.dice.randint(60, 120), 9999 if cast.dice.randrange(4) == 0 else 95
    late = {"paid": cast.dice.randint(-3, 5), "late": cast.dice.randint(10, 45), "slow": slow, "owing": never}[habit]
    owed_since = owed["due_on"] + timedelta(days=late)
    cast.paid_on[id(owed)] = owed_since
    return bool(owed_since <= cast.now.date())


def _invoice(cast: Cast, owed: Row) -> Row:
    number = f"24312{cast.dice.randint(10**14, 10**15 - 1)}"
    return cast.like(owed, owed["created_at"]) | {
        "contract": owed["contract"], "receivable": cast.id_of(owed), "customer": owed["customer"], "amount": owed["amount"],
        "state": "issued", "invoice_number": number, "issued_on": min(owed["due_on"], cast.now.date()),
    }  # fmt: skip


def _receipt(cast: Cast, owed: Row) -> Row:
    day = cast.paid_on[id(owed)]
    return cast.like(owed, owed["created_at"]) | {
        "customer": owed["customer"], "amount": owed["amount"], "received_on": day, "automatic": False,
        "allocations": [{"receivable": cast.id_of(owed), "amount": owed["amount"]}],
    }  # fmt: skip
