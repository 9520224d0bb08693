"""演示公司的跟进与任务: what was said, and what is to be done."""

from __future__ import annotations

from datetime import date, timedelta

from zhike.packs.company import words
from zhike.packs.company.cast import Cast, Row

CHANNELS = ("phone",) * 5 + ("visit",) * 3 + ("wechat",) * 3 + ("meeting",) * 2 + ("email",) * 2 + ("wecom",)
PLANNED, RECENT, YEAR, ENQUIRY = 60, 27, 360, 20


def talks(cast: Cast, count: int) -> list[Row]:
    """跟进: most about deals, some with customers at large, a few with leads; the last ones plan a next step."""
    about_leads, about_deals = count // 12, count * 4 // 10
    rows = [_with_lead(cast) for _ in range(about_leads)]
    rows += [_about_deal(cast) for _ in range(about_deals)]
    rows += [_latest(cast, customer) for customer in cast.customer_rows]
    rows += [_with_customer(cast, *_earlier(cast)) for _ in range(count - len(rows))]
    rows.sort(key=lambda row: row["happened_at"])
    for row in rows[-PLANNED:]:
        row |= {"next_step": cast.dice.choice(words.NEXT_STEPS), "next_on": _soon(cast, 1, 20)}
    return rows


def _soon(cast: Cast, least: int, most: int) -> date:
    return (cast.now + timedelta(days=cast.dice.randint(least, most))).date()


def _latest(cast: Cast, customer: Row) -> Row:
    """Of most customers somebody has heard within the month, of those that are neglected not for as long as is told."""
    silent = cast.silent.get(id(customer))
    return _with_customer(cast, customer, *((RECENT, 0) if silent is None else (silent, silent)))


def _earlier(cast: Cast) -> tuple[Row, float, float]:
    """Any customer, some time in the year before it was last heard of."""
    customer = cast.dice.choice(cast.customer_rows)
    heard = cast.silent.get(id(customer), RECENT)
    return customer, max(min(YEAR, (cast.now - customer["created_at"]).days), heard), heard


def _about_deal(cast: Cast) -> Row:
    deal = cast.dice.choice(cast.deals)
    since = max((cast.now - deal["created_at"]).days, 1)
    until = (cast.now - deal["updated_at"]).days if deal["stage"] in ("won", "lost") else 0
    customer = next(c for c in cast.customer_rows if cast.id_of(c) == deal["customer"])
    return _with_customer(cast, customer, since, min(until, since)) | {"opportunity": cast.id_of(deal)}


def _with_customer(cast: Cast, customer: Row, since: float = 330, until: float = 0) -> Row:
    contact = cast.dice.choice(cast.by_customer[cast.id_of(customer)])
    happened = cast.ago(since, until)
    return _said(cast, contact["name"]) | cast.like(customer, happened) | {
        "happened_at": happened, "customer": cast.id_of(customer), "contact": cast.id_of(contact),
    }  # fmt: skip


def _with_lead(cast: Cast) -> Row:
    lead = cast.dice.choice(cast.leads)
    since = max((cast.now - lead["created_at"]).days, 1)
    happened = cast.ago(since, max(since - ENQUIRY, 0))
    became = {n: lead.get(n) for n in ("customer", "opportunity")}
    said = _said(cast, lead["contact_name"], channel="phone")
    return said | cast.like(lead, happened) | became | {"happened_at": happened, "lead": cast.id_of(lead)}


def _said(cast: Cast, contact: str, channel: str = "") -> Row:
    channel = channel or cast.dice.choice(CHANNELS)
    sentence = cast.dice.choice(words.TALK[channel])
    product = cast.dice.choice(cast.products)[1]["name"]
    return {"channel": channel, "content": sentence.format(contact=contact, product=product, need=cast.dice.choice(words.NEEDS))}


def tasks(cast: Cast, count: int) -> list[Row]:
    """任务: beside those that the next steps above have become."""
    return [_task(cast, cast.dice.choice(cast.deals)) for _ in range(count - PLANNED)]


def _task(cast: Cast, deal: Row) -> Row:
    state = "open" if deal["stage"] not in ("won", "lost") else cast.dice.choice(("done", "done", "cancelled"))
    due = _soon(cast, -4, 21) if state == "open" else deal["updated_at"].date()
    done = {"done_at": deal["updated_at"], "result": "已完成"} if state == "done" else {}
    return cast.like(deal, deal["updated_at"]) | done | {
        "subject": cast.dice.choice(words.TASKS), "due_on": due, "state": state, "customer": deal["customer"],
        "contact": deal["contact"], "opportunity": cast.id_of(deal),
        "priority": cast.dice.choice(("high", "medium", "medium", "low")),
    }  # fmt: skip
