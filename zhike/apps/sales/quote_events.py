"""报价的消息: whoever may decide on a quote hears that it waits; whoever submitted it hears what was decided (V-44)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q

from zhike.apps.consequence import Consequence
from zhike.apps.sales.authority import Authority, lowest_sufficient
from zhike.apps.sales.objects.price_authority import PriceAuthority, in_force
from zhike.apps.sales.objects.quote import Quote
from zhike.chinese.numbers import show_ratio
from zhike.features.notify.responsible import able
from zhike.features.notify.tell import tell_each
from zhike.kernel.events import Changed, ChangedMany, Written, on, on_written
from zhike.kernel.reach import Actor
from zhike.kernel.writes.mirror import mirror
from zhike.org.held_roles import holding, in_post

Told = Iterator[tuple[int, str, Any]]


@on_written
def follow_decision(event: Written) -> None:
    """Quotes were submitted, or decided on."""
    if event.model is not Quote:
        return
    if event.verb == "submit":
        tell_each(_waiting(event.records), quoting=("discount",), actor=event.actor)
    elif event.verb == "approve":
        tell_each(_asked((q, f"报价“{q}”已批准，可以发给客户") for q in event.records), actor=event.actor)
    elif event.verb == "send_back":
        tell_each(_asked((q, f"报价“{q}”被退回：{q.opinion}") for q in event.records), quoting=("opinion",), actor=event.actor)


@on(Changed)
def another_customer(event: Changed) -> None:
    """One quote is for somebody else now."""
    if isinstance(event.record, Quote) and event.verb == "change" and event.before["customer"] != event.after["customer"]:
        _forget_exceptions([event.record.pk], event.actor)


@on(ChangedMany)
def another_customer_of_many(event: ChangedMany) -> None:
    """Many are."""
    if event.model is Quote and event.verb == "change" and "customer" in event.fields:
        _forget_exceptions(event.ids, event.actor)


def _forget_exceptions(quotes: list[int], actor: Actor) -> None:
    """That one customer need not be met says nothing of another (V-45)."""
    excused = Quote._base_manager.filter(pk__in=quotes).exclude(exception="")
    mirror(excused, {"exception": "", "exception_reason": "", "exception_by": None}, actor=Consequence(actor))


def _waiting(quotes: list[Any]) -> Told:
    """To those with the least authority that suffices, as far as their roles let them decide on a quote."""
    rows, alike = in_force(), defaultdict(list)
    for quote in quotes:
        alike[tuple(lowest_sufficient((row.as_authority() for row in rows), quote.conceded))].append(quote)
    for enough, group in alike.items():  # as many as the matrix has limits, however many quotes
        may = able(group, "approve", _holders(rows, enough))
        for quote in group:
            words = f"报价“{quote}”等待您批准，总折扣 {show_ratio(quote.conceded.total)}"
            own = (quote.submitted_by_id, quote.owner_id)
            yield from ((person, words, quote) for person in may[quote.pk] if person not in own)


def _holders(rows: list[PriceAuthority], enough: tuple[Authority, ...]) -> Q:
    """Whoever has the post or the role of one of these rows; both, when a row names both."""
    held = Q(pk__in=[])
    for row in rows:
        if row.as_authority() in enough:
            held |= (in_post(row.post_id) if row.post_id else Q()) & (holding([row.role_id]) if row.role_id else Q())
    return held


def _asked(answers: Iterable[tuple[Any, str]]) -> Told:
    """To whoever submitted a quote and whoever has it."""
    for quote, words in answers:
        yield from ((person, words, quote) for person in {quote.submitted_by_id, quote.owner_id})
