"""报价有效期: what is on offer runs out on its last day; whoever made it hears in time, and it is listed among what runs out."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from zhike.apps.sales.objects.quote import OFFERED, Quote
from zhike.apps.sales.rules import QUOTE_REMINDER
from zhike.features.clocks.marks import ACT, WARN, days
from zhike.features.clocks.running import Marks, Struck, kind, start, stop
from zhike.features.notify.tell import tell_each
from zhike.kernel.events import Written, on, on_written

VALIDITY = kind("quote_validity", "报价有效期")
SETTLED = ("accept", "reject", "expire", "revise")


@on_written
def offered_or_settled(event: Written) -> None:
    """Quotes may go to the customer from now on, or are on offer no more."""
    if event.model is not Quote:
        return
    if event.verb == "approve":
        _begin(event.records)
    elif event.verb in SETTLED:
        stop(VALIDITY, [quote for quote in event.records if quote.state not in OFFERED])


def _begin(quotes: list[Any]) -> None:
    today, early = timezone.localdate(), int(QUOTE_REMINDER.on())

    def marks(quote: Any) -> Marks:
        left = (quote.valid_until - today).days
        return {WARN: days(left - early), ACT: days(left)} if left > early else {ACT: days(left)}

    start(VALIDITY, quotes, marks, about="客户答复")


@on(Struck)
def runs_out(event: Struck) -> None:
    """A few days are left; what happens on the last one is said of the quote itself (已过期)."""
    if event.kind != VALIDITY or event.mark != WARN:
        return
    rows = Quote._base_manager.filter(pk__in=[c.record for c in event.clocks], state__in=OFFERED).order_by("pk")
    words = ((q.owner_id, f"报价“{q.name}”的有效期到 {q.valid_until} 为止，请跟进客户答复", q) for q in rows)
    tell_each(words, quoting=("valid_until",), actor=event.actor)
