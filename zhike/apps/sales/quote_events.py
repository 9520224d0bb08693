"""报价的消息: whoever may decide on a quote hears that it waits; whoever submitted it hears what was decided (V-44)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from zhike.apps.sales.authority import lowest_sufficient
from zhike.apps.sales.objects.price_authority import in_force
from zhike.apps.sales.objects.quote import Quote
from zhike.chinese.numbers import show_ratio
from zhike.features.notify.talk import who_sees
from zhike.features.notify.tell import tell
from zhike.kernel.events import Written, on_written
from zhike.kernel.reach import Actor
from zhike.org.held_roles import holding
from zhike.org.objects.person import Person

MOST_TOLD = 50


@on_written
def follow_decision(event: Written) -> None:
    """A quote was submitted, or decided on."""
    if event.model is not Quote:
        return
    for quote in event.records:
        if event.verb == "submit":
            words = f"报价“{quote}”等待您批准，总折扣 {show_ratio(quote.conceded.total)}"
            tell(_may_decide(quote), words, record=quote, actor=event.actor)
        elif event.verb == "approve":
            _tell_people(quote, f"报价“{quote}”已批准，可以发给客户", event.actor)
        elif event.verb == "send_back":
            _tell_people(quote, f"报价“{quote}”被退回：{quote.opinion}", event.actor)


def _tell_people(quote: Any, words: str, actor: Actor) -> None:
    tell([quote.submitted_by_id, quote.owner_id], words, record=quote, actor=actor)


def _may_decide(quote: Any) -> list[int]:
    """Those with the least authority that suffices, as far as their roles let them decide on this quote."""
    rows = in_force()
    enough = lowest_sufficient([row.as_authority() for row in rows], quote.conceded)
    held = Q(pk__in=[])
    for row in rows:
        if row.as_authority() in enough:
            held |= (Q(post=row.post_id) if row.post_id else Q()) & (holding([row.role_id]) if row.role_id else Q())
    holders = Person._base_manager.filter(held, is_active=True).exclude(pk=quote.submitted_by_id)
    people = list(Person.objects.acting().filter(pk__in=holders.values("pk")).order_by("pk")[:MOST_TOLD])
    return [p.pk for p, may in zip(people, who_sees(quote, people, "approve"), strict=True) if may]
