"""演示公司的一年: customers, people, talks, deals, told step by step. Yields (collection, rows), is sent back the ids made.

The same story at every telling, placed in the twelve months before today. It writes nothing itself.
"""

from __future__ import annotations

import json
from collections.abc import Generator
from datetime import datetime
from importlib.resources import files
from random import Random
from typing import Any

from zhike.packs.company.aftercare import completions, documents
from zhike.packs.company.cast import Cast
from zhike.packs.company.deals import deals, leads
from zhike.packs.company.money import money
from zhike.packs.company.neglect import limits, pool_history, set_aside
from zhike.packs.company.outlays import claims
from zhike.packs.company.past import moves
from zhike.packs.company.sharing_out import conflicts, dispatches, doors, handed_over
from zhike.packs.company.stages import stays
from zhike.packs.company.talks import talks, tasks
from zhike.packs.company.waiting import claim, correct, duties

Row = dict[str, Any]
Story = Generator[tuple[str, list[Row]], list[int], None]


def records(now: datetime, people: dict[str, tuple[int, int]]) -> Story:
    """The records of the demo company. `people` are id and department by username."""
    cast = Cast(now, people, Random(20260101))
    yield from _catalogue(cast)
    customers = cast.customers(400)
    set_aside(cast, customers)
    correct(cast, customers)
    yield "tracking-limits", limits(cast)
    cast.adopt(customers, (yield "customers", customers))
    yield "pool-entries", pool_history(cast)
    contacts = cast.contacts(700, customers)
    cast.adopt(contacts, (yield "contacts", contacts))
    offers = deals(cast, 300)
    cast.adopt(offers, (yield "opportunities", offers))
    yield "delivered-documents", documents(cast)
    yield "data-completions", completions(cast)
    yield from doors(cast)
    enquiries = handed_over(cast, leads(cast, 260))
    cast.adopt(enquiries, (yield "leads", enquiries))
    yield "lead-dispatches", dispatches(cast)
    yield from conflicts(cast)
    gone_through = stays(cast)
    yield "stage-stays", gone_through
    yield "past", moves(gone_through)
    said = talks(cast, 4000)
    cast.adopt(said, (yield "interactions", said))
    yield "tasks", [*tasks(cast, 250), *duties(cast)]
    spent = claims(cast, said, 80)
    claim(cast, spent)
    yield "expense-claims", spent
    yield from money(cast)


def _catalogue(cast: Cast) -> Story:
    """What there is to sell, against whom, and the words to sort customers by."""
    found = json.loads(files(__package__).joinpath("catalogue.json").read_text(encoding="utf-8"))
    office = cast.of("xusm")
    yield "tags", [{**office, **t} for t in found["tags"]]
    categories: dict[str, int] = {}
    for top in (True, False):
        level = [c for c in found["categories"] if (c["parent"] is None) is top]
        rows = [{**office, "name": c["name"], "parent": categories.get(c["parent"])} for c in level]
        categories |= zip((c["name"] for c in level), (yield "product-categories", rows), strict=True)
    products = [cast.product(p, categories) | office for p in found["products"]]
    cast.offer(products, (yield "products", products))
    rivals = [{**office, **c} for c in found["competitors"]]
    cast.rivals = yield "competitors", rivals
