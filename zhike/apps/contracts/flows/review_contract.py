"""合同审查: the route a contract takes. Who is asked on it, and in which order, the approval policies say (V-50…V-53)."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from zhike.apps.contracts.review import Limits, route
from zhike.apps.contracts.rules import MEASURES, SMALL_CEILING, SMALL_MEASURE, SMALL_RATIO
from zhike.apps.money import NOTHING
from zhike.apps.sales.flows.decide_quote import refuse_unreviewed
from zhike.kernel.declare import Refused

AGREED = Q(state="agreed", amount__gt=0)
"""Supplements that only wait for their signatures: the contract is as good as worth so much more."""


def limits_on(day: Any) -> Limits:
    """What counts as a small contract on a day."""
    return Limits(SMALL_CEILING.on(day), SMALL_RATIO.on(day), MEASURES[int(SMALL_MEASURE.on(day))])


def gather_limits(contracts: list[Any]) -> None:
    """Let each of many contracts know today's limits, and a supplement what its contract is worth already."""
    limits = limits_on(timezone.localdate()) if contracts else None
    mains = {contract.parent_id for contract in contracts if contract.parent_id}
    rows = apps.get_model("contracts.Contract")._base_manager
    worth = dict(rows.filter(pk__in=mains).values_list("pk", "changed_amount")) if mains else {}
    coming = list(rows.filter(AGREED, parent__in=mains).values_list("pk", "parent", "amount")) if mains else []
    for contract in contracts:
        beside = sum((more for pk, main, more in coming if main == contract.parent_id and pk != contract.pk), NOTHING)
        contract.limits, contract.joins = limits, (worth.get(contract.parent_id) or NOTHING) + beside


def choose_route(contract: Any) -> None:
    """The route by today's limits; none while there is no amount.

    A supplement is as large as the contract will be with it: what is too large for one signature is not made small by halves.
    """
    if "limits" not in vars(contract):
        gather_limits([contract])
    limits, joins = vars(contract).pop("limits"), vars(contract).pop("joins")
    standard = contract.text == "standard"
    whole = None if contract.amount is None else joins + contract.amount
    contract.route = "" if whole is None else route(whole, contract.conceded, standard, limits)


def refuse_unready(contract: Any) -> None:
    """Raises Refused when there is nothing to review, or the customer is not reviewed herself."""
    if contract.amount is None:
        raise Refused("合同没有明细也没有约定金额，不能提交", {"stated_amount": "填写明细或约定金额"})
    refuse_unreviewed(contract.customer)
    choose_route(contract)
