"""合同审查: the route a contract takes, and the opinions given on the way (V-50…V-53)."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.utils import timezone

from zhike.apps.consequence import Consequence
from zhike.apps.contracts.objects.review_seat import seats_of
from zhike.apps.contracts.review import Limits, Seat, open_seats, route
from zhike.apps.contracts.rules import MEASURES, SMALL_CEILING, SMALL_MEASURE, SMALL_RATIO
from zhike.apps.sales.flows.decide_quote import refuse_unreviewed
from zhike.kernel.declare import Refused
from zhike.kernel.writes import create


def limits_on(day: Any) -> Limits:
    """What counts as a small contract on a day."""
    return Limits(SMALL_CEILING.on(day), SMALL_RATIO.on(day), MEASURES[int(SMALL_MEASURE.on(day))])


def submit(contract: Any, actor: Any) -> None:
    """Begin a round of review. Raises Refused when there is nothing to review or nobody to do it."""
    if contract.amount is None:
        raise Refused("合同没有明细也没有约定金额，不能提交", {"stated_amount": "填写明细或约定金额"})
    refuse_unreviewed(contract.customer)
    limits = limits_on(timezone.localdate())
    contract.route = route(contract.amount, contract.conceded, contract.text == "standard", limits)
    contract.round += 1
    contract.submitted_by_id, contract.submitted_at = actor.pk, timezone.now()
    _wait(contract, set())


def give_opinion(contract: Any, actor: Any, decision: str, opinion: str) -> bool:
    """Keep the opinion of the actor's seat, and say whether everybody has agreed. Raises Refused when it is not her turn."""
    agreed = _agreed(contract)
    seat = _seat_of(actor, open_seats(seats_of(contract.route), agreed), contract)
    values = {"contract": contract.pk, "seat": seat.name, "round": contract.round, "decision": decision, "opinion": opinion}
    create(apps.get_model("contracts.ContractOpinion"), values, actor=Consequence(actor))
    return decision == "agree" and not _wait(contract, {*agreed, seat.name})


def _agreed(contract: Any) -> set[str]:
    """The seats that have agreed in this round."""
    given = apps.get_model("contracts.ContractOpinion")._base_manager.filter(contract=contract.pk, round=contract.round)
    return set(given.filter(decision="agree").values_list("seat", flat=True))


def _wait(contract: Any, agreed: set[str]) -> list[Seat]:
    """Say on the contract whose turn it is. Raises Refused when the route has no seats."""
    seats = seats_of(contract.route)
    if not seats:
        raise Refused("还没有设置合同审查席位，请先在“合同审查席位”中设置")
    turn = open_seats(seats, agreed)
    contract.waiting_for = "、".join(seat.name for seat in turn)
    return turn


def _seat_of(actor: Any, turn: list[Seat], contract: Any) -> Seat:
    """The seat the actor takes; nobody reviews what she submitted herself."""
    if actor.pk == contract.submitted_by_id:
        raise Refused("不能审查自己提交的合同")
    post = getattr(actor, "post_id", None)
    taken = next((seat for seat in turn if post in seat.posts), None)
    if taken is None:
        raise Refused(f"现在等待{contract.waiting_for}的意见")
    return taken
