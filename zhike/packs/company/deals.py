"""演示公司的销售机会与线索: won, lost and under way over the past twelve months."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from zhike.packs.company import words
from zhike.packs.company.cast import SOURCES, Cast, Row
from zhike.packs.company.stages import commitment

# How often a deal of the story stands where; the funnel narrows as funnels do.
STAGES = ("won",) * 12 + ("lost",) * 8 + ("prospecting",) * 4 + ("engaging",) * 3 + ("proposal",) * 2 + ("negotiating",)
ENDED_BORN, OPEN_BORN = (430, 30), (110, 3)
"""Days ago: between them as many begin in one month as in another, and what is still open is not stale."""
LOST_REASONS = ("price", "function", "relation", "timing", "budget", "competitor", "no_decision")
LEAD_STATES = ("new", "screening") + ("qualified",) * 2 + ("converted",) * 7 + ("discarded",) * 8
UNDECIDED_FOR = {"new": 3, "screening": 7, "qualified": 30}
"""Days: what nobody has looked at cannot be old in a house that screens within a day."""
DISCARD_REASONS = ("no_need", "no_budget", "unreachable", "competitor", "invalid")
OFFICE_HOURS_AHEAD = timedelta(hours=3)


def deals(cast: Cast, count: int) -> list[Row]:
    """销售机会, each with its products; the customers of won ones are 合作中."""
    buyers = cast.dice.sample([row for row in cast.customer_rows if id(row) not in cast.aside], 180)
    cast.deals = [_deal(cast, buyers, STAGES[number % len(STAGES)]) for number in range(count)]
    _sign_lately(cast)
    return cast.deals


def _sign_lately(cast: Cast) -> None:
    """She whom the demo shows has signed a deal a few days ago, and what follows from it is under way."""
    hers = [
        deal
        for deal in cast.deals
        if deal["stage"] == "won"
        and deal["owner"] == cast.people["wangsales"][0]
        and deal["created_at"] < cast.now - timedelta(30)
    ]
    ended = (cast.now - timedelta(4)).replace(hour=7, minute=20, second=0, microsecond=0)
    hers[-1] |= {"closed_on": ended.date(), "expected_on": ended.date(), "stage_since": ended, "updated_at": ended}


def _deal(cast: Cast, buyers: list[Row], stage: str) -> Row:
    born = cast.ago(*(ENDED_BORN if stage in ("won", "lost") else OPEN_BORN))
    customer = cast.dice.choice([row for row in buyers if row["created_at"] + timedelta(2) < born])
    lines = [_line(cast) for _ in range(cast.dice.choice((1, 1, 2, 2, 3)))]
    contacts = cast.by_customer[cast.id_of(customer)]
    project = f"{cast.dice.choice(words.NEEDS)}{cast.dice.choice(words.PROJECTS)}项目"
    deal: Row = cast.like(customer, born) | {
        "name": f"{customer['short_name']}{project}", "customer": cast.id_of(customer), "registered_at": born,
        "contact": cast.id_of(cast.dice.choice(contacts)), "stage": stage, "products": lines,
        "competitors": cast.dice.sample(cast.rivals, cast.dice.choice((0, 1, 1, 2))), "engaged_on": born.date(),
        "expected_on": (cast.now + timedelta(days=cast.dice.randint(-10, 100))).date(),
        "intent": cast.dice.choice(("add", "add", "add", "change")),
    }  # fmt: skip
    if stage in ("won", "lost"):
        return deal | _closing(cast, deal)
    return deal | {"stage_since": max(cast.ago(45), born), "commitment": commitment(cast, stage)}


def _line(cast: Cast) -> Row:
    """A product at seven to ten tenths of its list price (7折 and up)."""
    pk, product = cast.dice.choice(cast.products)
    many = product["unit"] in ("台", "人天", "包")
    price = round(product["list_price"] * cast.dice.randint(70, 100) / 100, 2)
    return {"product": pk, "quantity": Decimal(cast.dice.randint(5, 40) if many else 1), "price": price}


def _closing(cast: Cast, deal: Row) -> Row:
    """How it ended, weeks after it began."""
    takes = timedelta(days=cast.dice.randint(7, 90))
    if deal["created_at"] + takes > cast.now - OFFICE_HOURS_AHEAD:
        takes = (cast.now - OFFICE_HOURS_AHEAD - deal["created_at"]) * cast.dice.uniform(0.6, 1)
    ended = (deal["created_at"] + takes).replace(minute=cast.dice.choice((0, 20, 40)), second=0, microsecond=0)
    closed = {"closed_on": ended.date(), "expected_on": ended.date(), "stage_since": ended, "updated_at": ended}
    if deal["stage"] == "won":
        return closed
    winner = cast.dice.choice(deal["competitors"]) if deal["competitors"] else None
    return closed | {
        "lost_reason": "competitor" if winner else cast.dice.choice(LOST_REASONS),
        "winner": winner, "lost_note": cast.dice.choice(words.LOST_NOTES),
    }  # fmt: skip


def leads(cast: Cast, count: int) -> list[Row]:
    """线索 of the past year, from the first enquiry to the decision; what became of each tells a deal at most once."""
    became = iter(cast.dice.sample(cast.deals, len(cast.deals)))
    cast.leads = [_lead(cast, number, cast.dice.choice(LEAD_STATES), became) for number in range(count)]
    cast.by_channel(cast.leads)
    return cast.leads


def _lead(cast: Cast, number: int, state: str, became: Iterator[Row]) -> Row:
    kept = _converted(cast, next(became)) if state == "converted" else _unconverted(cast, state)
    enquiry = cast.dice.choice(words.ENQUIRIES).format(
        product=cast.dice.choice(cast.products)[1]["name"], need=cast.dice.choice(words.NEEDS)
    )
    return {
        "position": cast.dice.choice(words.POSTS)[0], "phone": f"1990{number:03d}{cast.dice.randint(0, 9999):04d}",
        "source": cast.dice.choice(SOURCES), "priority": cast.dice.choice(("high", "medium", "medium", "low")),
        "products": [cast.dice.choice(cast.products)[0]], "needs": enquiry, "state": state,
    } | kept  # fmt: skip


def _unconverted(cast: Cast, state: str) -> Row:
    """A company nobody deals with yet, and how far it was looked into."""
    city, trade = cast.dice.choice(list(words.CITIES)), cast.dice.choice(list(words.TRADES))
    born = cast.ago(UNDECIDED_FOR.get(state, 360))
    next_day = min(born + timedelta(days=1), cast.now)
    seen: Row = {"screened_at": None if state == "new" else next_day}
    if state == "discarded":
        seen |= {"discard_reason": cast.dice.choice(DISCARD_REASONS), "updated_at": next_day}
    if state == "qualified":
        seen |= {"qualified_at": next_day}
    return cast.of(_keeper(cast, city, state), born) | seen | {
        "name": f"{city}{cast.dice.choice(words.BRANDS)}{cast.dice.choice(words.TRADES[trade])}有限公司",
        "contact_name": cast.dice.choice(words.SURNAMES) + cast.dice.choice(words.MALE + words.FEMALE),
        "industry": trade, "address": {"code": words.CITIES[city][0], "detail": ""},
    }  # fmt: skip


def _converted(cast: Cast, deal: Row) -> Row:
    """The enquiry a deal began with, a few weeks before it was one."""
    customer = next(c for c in cast.customer_rows if cast.id_of(c) == deal["customer"])
    contact = next(c for c in cast.by_customer[deal["customer"]] if cast.id_of(c) == deal["contact"])
    born = deal["created_at"] - timedelta(days=cast.dice.randint(3, 25))
    next_day = born + timedelta(days=1)
    return cast.like(deal, born) | {n: deal[n] for n in ("customer", "contact")} | {
        "name": customer["name"], "contact_name": contact["name"], "industry": customer["industry"],
        "address": {"code": customer["address"]["code"], "detail": ""}, "opportunity": cast.id_of(deal),
        "screened_at": next_day, "qualified_at": next_day, "converted_at": deal["created_at"], "updated_at": deal["created_at"],
    }  # fmt: skip


def _keeper(cast: Cast, city: str, state: str) -> str:
    """New ones lie with the marketing people, the others with whoever covers the city."""
    return "hemarket" if state == "new" else cast.dice.choice(words.CITIES[city][2])
