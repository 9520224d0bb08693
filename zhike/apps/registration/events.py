"""报备域对事件的反应: a won deal of a shared customer counts for both; a case that nobody decides is asked about again."""

from __future__ import annotations

from typing import Any

from zhike.apps.consequence import Consequence
from zhike.apps.money import NOTHING, split
from zhike.apps.registration.flows.find_shares import Decisions, Shares
from zhike.apps.registration.flows.open_case import DECISION
from zhike.apps.registration.objects.arbitration import Arbitration
from zhike.apps.registration.objects.revenue_share import RevenueShare
from zhike.apps.sales.objects.opportunity import Opportunity
from zhike.features.clocks.running import Struck
from zhike.features.notify.tell import tell
from zhike.kernel.events import Written, on, on_written
from zhike.kernel.reach import Actor
from zhike.kernel.writes import create_many, delete_many


@on_written
def deals_ended(event: Written) -> None:
    """Deals were won, or reopened after that."""
    if event.model is Opportunity and event.verb == "win":
        _share_out(event.records, event.actor)
    elif event.model is Opportunity and event.verb == "reopen":
        delete_many(RevenueShare.objects.filter(opportunity__in=event.ids), actor=Consequence(event.actor))


def _share_out(deals: list[Any], actor: Actor) -> None:
    """业绩分成: by the latest decision about the deal, else about its customer; to the cent, nothing lost."""
    decisions = Decisions(deal.customer_id for deal in deals)
    agreed = [(deal, case) for deal in deals if (case := decisions.of(deal.pk, deal.customer_id))]
    if agreed:
        rows = [row for deal, case in agreed for row in _rows(deal, case, decisions.shares(case))]
        create_many(RevenueShare, rows, actor=Consequence(actor))


def _rows(deal: Any, case: Any, shares: Shares) -> list[dict[str, Any]]:
    won = deal.won_amount or deal.products_amount or NOTHING
    amounts = split(won, [percent for *_, percent in shares]) if won else [won, won]
    return [
        {
            "name": deal.name, "opportunity": deal.pk, "arbitration": case.pk, "percent": percent, "won_amount": won,
            "amount": amount, "closed_on": deal.closed_on, "owner": person, "department": home,
        }
        for (person, home, percent), amount in zip(shares, amounts, strict=True)
    ]  # fmt: skip


@on(Struck)
def not_decided(event: Struck) -> None:
    """The judge is reminded; when the time is over, the parties hear that it is."""
    if event.kind != DECISION:
        return
    for case in Arbitration._base_manager.filter(pk__in=[c.record for c in event.clocks], state="open"):
        late = event.mark == "act"
        told = [case.owner_id, case.holder_id, case.claimant_id] if late else [case.owner_id]
        tell(told, f"撞单“{case.name}”的仲裁{'已超过期限' if late else '即将到期'}", actor=event.actor)
