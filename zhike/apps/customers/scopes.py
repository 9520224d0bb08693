"""客户域的可见范围: what is said to a customer and planned for her is seen by whoever sees the customer."""

from __future__ import annotations

from django.db.models import Q

from zhike.kernel.reach import Actor, Reach
from zhike.org.scopes import through

_through_customer = through("customers.Customer", "customer")
_through_lead = through("sales.Lead", "lead")


def with_customer(actor: Actor, reach: Reach) -> Q:
    """Those of every customer and every lead the actor may see."""
    return _through_customer(actor, reach) | _through_lead(actor, reach)


def given_or_with_customer(actor: Actor, reach: Reach) -> Q:
    """Also what she gave to a colleague: whoever hands out work sees what becomes of it."""
    return with_customer(actor, reach) | Q(created_by_id=actor.pk)
