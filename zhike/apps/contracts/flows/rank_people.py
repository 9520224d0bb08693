"""月度评比: the month's places, and what follows from them next month for leads and for industry customers (V-74, V-76).

Salespeople and agents are two groups. Rights are data an administrator may take back; nothing touches pay.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps

from zhike.apps.contracts import rules
from zhike.apps.contracts.ranking import Doing, Place, placed
from zhike.apps.months import month_of
from zhike.apps.sales.choices import OPEN
from zhike.apps.sales.objects.dispatch_rule import DispatchRight
from zhike.kernel.reach import Actor
from zhike.kernel.writes import create_many
from zhike.kernel.writes.mirror import mirror_each
from zhike.org.objects.department import Department

COUNTED = ("new_customers", "new_deals", "contacts", "signed", "collected", "advanced")
FUNNEL = (*OPEN, "other_stages")
PLACES = ("score", "place_in_month", "from_last")


def rank(month: date, *, actor: Actor) -> int:
    """Write everybody's place, and give and take rights to leads for the following month; says how many people there were."""
    sellers, agents = put_places(month, actor=actor)
    rights = [
        *_rights(month, sellers, int(rules.RANK_TOP.on()), int(rules.RANK_BOTTOM.on())),
        *_rights(month, agents, int(rules.RANK_TOP_AGENTS.on()), int(rules.RANK_BOTTOM_AGENTS.on())),
    ]
    if rights:
        create_many(DispatchRight, rights, actor=actor)
    return len(sellers) + len(agents)


def put_places(month: date, *, actor: Actor) -> tuple[list[Place], list[Place]]:
    """The places of salespeople and of agents, shown on their figures of the month."""
    rows = list(_rows(month).filter(owner__is_active=True).order_by("owner"))
    agencies = set(Department.below(list(Department._base_manager.filter(kind="agent").values_list("pk", flat=True))))
    sellers = _place([row for row in rows if row.department_id not in agencies])
    agents = _place([row for row in rows if row.department_id in agencies])
    mirror_each(rows, PLACES, actor=actor)
    return sellers, agents


def _rows(month: date) -> Any:
    return apps.get_model("contracts.MonthlyFigure")._base_manager.filter(month=month)


def _place(rows: list[Any]) -> list[Place]:
    """Reckon the places of a group and put them on its rows."""
    customers, deals = rules.RANK_CUSTOMERS.on(), rules.RANK_DEALS.on()
    doings = [Doing(r.owner_id, _figures(r), r.new_customers >= customers and r.new_deals >= deals) for r in rows]
    found = placed(doings) if doings else []
    of = {one.person: one for one in found}
    for row in rows:
        one = of[row.owner_id]
        row.score, row.place_in_month, row.from_last = one.score, one.place, one.from_last
    return found


def _figures(row: Any) -> tuple[Decimal, ...]:
    """Quantity: customers, deals and talks of the month; quality: the funnel and its advance, what was signed and came in."""
    return (*(Decimal(getattr(row, name)) for name in COUNTED), sum((getattr(row, stage) for stage in FUNNEL), Decimal(0)))


def _rights(month: date, places: list[Place], top: int, bottom: int) -> list[dict[str, Any]]:
    best = [one for one in places if one.qualified and one.place <= top]
    span = {"starts_on": month_of(month, 1), "ends_on": month_of(month, 2) - timedelta(days=1)}
    earned = {"kind": "priority", "factor": rules.RANK_FACTOR.on(), "quota": int(rules.RANK_QUOTA_MORE.on())}
    given = [earned | {"person": p.person, "reason": f"{month.year}年{month.month}月评比第 {p.place} 名"} for p in best]
    lost = _last_again(month, places, {one.person for one in best}, bottom)
    times = int(rules.RANK_MONTHS.on())
    why = f"{month.year}年{month.month}月评比，连续 {times} 个月在最后 {bottom} 名"
    taken = [{"person": pk, "kind": "suspended", "quota": int(rules.RANK_QUOTA_LESS.on()), "reason": why} for pk in lost]
    return [right | span for right in (*given, *taken)]


def _last_again(month: date, places: list[Place], best: set[int], bottom: int) -> list[int]:
    """Those among the last now and in the months before, where there are others beside them."""
    last = {one.person for one in places if one.from_last <= bottom and len(places) > bottom} - best
    for back in range(1, int(rules.RANK_MONTHS.on())):
        last &= set(_rows(month_of(month, -back)).filter(owner__in=last, from_last__lte=bottom).values_list("owner", flat=True))
    return sorted(last)
