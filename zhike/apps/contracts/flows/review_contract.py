"""合同审查: the route a contract takes. Who is asked on it, and in which order, the approval policies say (V-50…V-53)."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from zhike.apps.contracts.review import Limits, route
from zhike.apps.contracts.rules import MEASURES, SMALL_CEILING, SMALL_MEASURE, SMALL_RATIO
from zhike.apps.sales.flows.decide_quote import refuse_unreviewed
from zhike.kernel.declare import Refused


def limits_on(day: Any) -> Limits:
    """What counts as a small contract on a day."""
    return Limits(SMALL_CEILING.on(day), SMALL_RATIO.on(day), MEASURES[int(SMALL_MEASURE.on(day))])


def gather_limits(contracts: list[Any]) -> None:
    """Let each of many contracts know today's limits."""
    limits = limits_on(timezone.localdate()) if contracts else None
    for contract in contracts:
        contract.limits = limits


def choose_route(contract: Any) -> None:
    """The route by today's limits; none while there is no amount."""
    limits = vars(contract).pop("limits", None) or limits_on(timezone.localdate())
    standard = contract.text == "standard"
    contract.route = "" if contract.amount is None else route(contract.amount, contract.conceded, standard, limits)


def refuse_unready(contract: Any) -> None:
    """Raises Refused when there is nothing to review, or the customer is not reviewed herself."""
    if contract.amount is None:
        raise Refused("合同没有明细也没有约定金额，不能提交", {"stated_amount": "填写明细或约定金额"})
    refuse_unreviewed(contract.customer)
    choose_route(contract)
