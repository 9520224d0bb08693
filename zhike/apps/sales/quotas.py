"""客户额度: how many 商机客户 and 行业客户 somebody may hold (V-92); the best of a month more, the last fewer (V-74, V-76).

It is asked of what people take for themselves: what they enter, convert and claim. What a manager hands over is her decision, and
whoever lays the rule down is not held to it: the customers a company brings along come in through her.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from zhike.apps.customers.objects.customer import Customer
from zhike.apps.customers.objects.pool_entry import PoolEntry
from zhike.apps.customers.objects.registration_rule import RegistrationRule
from zhike.apps.sales.objects.dispatch_rule import DispatchRight
from zhike.kernel.errors import Refused
from zhike.kernel.guards import Intent, guard
from zhike.kernel.reach import Reach
from zhike.org.objects.person import System
from zhike.org.one_at_a_time import hold

DEVELOPED, WHOLE = "developed", 100
LIMITS = {"dispatched": "most_dispatched", DEVELOPED: "most_developed"}


@guard
def refuse_beyond_quota(intent: Intent) -> None:
    """Raise Refused when the actor would hold more customers of a kind than she may."""
    actor = intent.actor
    if isinstance(actor, System) or actor.reach("change", RegistrationRule) is Reach.ALL:
        return
    origins, rule = _taken(intent)
    for origin in sorted(origins) if rule else ():
        most = _quota(rule, origin, actor.pk)
        if most is not None and _held(origin, actor.pk) > most:
            kind: Any = Customer.kinds()["origin"]
            raise Refused(f"您负责的{kind.labels()[origin]}最多 {most} 个，不能再增加", {"origin": "额度已满"})


def _taken(intent: Intent) -> tuple[set[str], Any]:
    """Which kinds of customers the actor takes, and the rule that limits them."""
    if intent.model is PoolEntry and intent.verb == "claim":
        return {entry.customer.origin for entry in intent.records}, _rule()
    if intent.model is not Customer or intent.verb not in ("add", "change"):
        return set(), None
    own = [c for c in intent.records if c.owner_id == intent.actor.pk and "origin" in intent.changed[c.pk]]
    rule = own[0].entry_rule if own and intent.verb == "add" else _rule() if own else None
    return {customer.origin for customer in own}, rule


def _rule() -> Any:
    return RegistrationRule.in_force(timezone.localdate())


def _quota(rule: Any, origin: str, person: int) -> int | None:
    """How many she may hold today; None for any number."""
    most: int | None = getattr(rule, LIMITS[origin])
    return most if most is None or origin != DEVELOPED else most * _share(person) // WHOLE


def _share(person: int) -> int:
    """行业客户额度 in percent: what she has lost counts before what she has earned."""
    rights = DispatchRight.in_force(timezone.localdate()).filter(person=person).values_list("kind", "quota")
    lost, earned = ([quota for kind, quota in rights if (kind == "suspended") is wanted] for wanted in (True, False))
    return min(lost, default=max(earned, default=WHOLE))


def _held(origin: str, person: int) -> int:
    """How many she holds with those just taken."""
    hold(person)
    return Customer._base_manager.filter(owner=person, origin=origin, in_pool=False).count()
