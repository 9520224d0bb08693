"""报价的结果: one version is accepted and the deal follows it; a new version takes over the lines."""

from __future__ import annotations

from typing import Any

from django.db.models import Max, Q
from django.utils import timezone

from zhike.apps.consequence import Consequence
from zhike.apps.sales.choices import CLOSED, open_stages, stages_in_use
from zhike.kernel.declare import Refused
from zhike.kernel.writes import act, create, update

COPIED = ("name", "opportunity", "customer", "contact", "price_book", "discount", "terms")
BEFORE_SIGNING = "negotiating"


def family(quote: Any) -> Any:
    """Every version of this offer."""
    first = quote.root_id or quote.pk
    return type(quote)._base_manager.filter(Q(pk=first) | Q(root=first))


def accept(quote: Any, actor: Any) -> None:
    """One version only; the deal is in negotiation, if it is not farther, and worth what was accepted. Raises Refused."""
    if family(quote).filter(state="accepted").exclude(pk=quote.pk).exists():
        raise Refused("这份报价的另一个版本已被客户接受")
    if quote.valid_until < timezone.localdate():
        raise Refused("报价已过有效期，请生成新版本")
    deal = quote.opportunity
    if deal is not None and deal.stage not in CLOSED:
        by_rule = Consequence(actor)
        update(deal, {"amount": str(quote.amount)}, actor=by_rule)
        if stage := stage_to_reach(deal.stage):
            act(deal, "advance", {"to": stage}, actor=by_rule)


def stage_to_reach(now: str) -> str:
    """Negotiation, or the last stage before it where the company does without; empty for a deal that is there or farther."""
    way = list(open_stages())
    ahead = way[way.index(now) + 1 : way.index(BEFORE_SIGNING) + 1]
    return next((stage for stage in reversed(ahead) if stage in stages_in_use()), "")


def revise(quote: Any, actor: Any) -> Any:
    """The next version, a draft with the same lines at today's list prices."""
    kinds = quote.kinds()
    values = {n: kinds[n].plain(getattr(quote, kinds[n].attname)) for n in COPIED}
    values["items"] = [
        {"product": item.product_id, "quantity": str(item.quantity), "price": str(item.price), "tax_rate": str(item.tax_rate)}
        for item in quote.items.order_by("pk")
    ]
    last = family(quote).aggregate(last=Max("revision"))["last"]
    kept = {"root": quote.root_id or quote.pk, "revision": last + 1, "owner": quote.owner_id, "department": quote.department_id}
    return create(type(quote), values, actor=Consequence(actor), keep=kept, unfinished=True)
