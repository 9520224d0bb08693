"""阶段历程: each stage a deal goes through is kept with its time, its outcome, and what the deal looked like when it left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef

from zhike.apps.money import NOTHING, cents
from zhike.apps.sales.choices import CLOSED, open_stages, stage_rates
from zhike.kernel.reach import Actor
from zhike.kernel.writes import create_many
from zhike.kernel.writes.mirror import mirror, mirror_each

SHOWN = ("amount", "expected_on", "commitment", "owner", "department")
SHOWN_AS = ("amount", "expected_on", "commitment", "owner_id", "department_id")
WRITTEN = (*SHOWN, "left_at", "days", "outcome", "advanced")
LED = ("talks", "moved_by")
AT_ONCE = 2000


def keep(deals: list[Any], verb: str, actor: Actor) -> None:
    """Close the stays that are over, begin those that have begun, and let open ones show what their deals show."""
    standing = {stay.opportunity_id: stay for stay in _open(deals)}
    stood = {pk: stay.stage for pk, stay in standing.items()}
    turned = [stay for deal in deals if (stay := standing.get(deal.pk)) and _follow(stay, deal)]
    _look_back([stay for stay in turned if stay.left_at])
    mirror_each(turned, [*WRITTEN, *LED], actor=actor)
    begun = [deal for deal in deals if deal.stage not in CLOSED and stood.get(deal.pk) != deal.stage]
    if begun:
        create_many(apps.get_model("sales.StageStay"), [_stay(deal) for deal in begun], actor=actor)
    _settle([deal for deal in deals if deal.stage in CLOSED and deal.pk in stood], actor)
    if verb == "reopen":
        _reopen(begun, actor)


def _follow(stay: Any, deal: Any) -> bool:
    """Show what the deal shows, and the end of the stay when it stands elsewhere; whether anything is new."""
    before = [getattr(stay, name) for name in (*SHOWN_AS, "left_at")]
    for name in SHOWN_AS:
        setattr(stay, name, getattr(deal, name))
    if deal.stage != stay.stage:
        stay.left_at, stay.outcome = deal.stage_since, _outcome(stay.stage, deal.stage)
        stay.advanced = _advanced(stay, deal.stage)
        stay.derive()
    return before != [getattr(stay, name) for name in (*SHOWN_AS, "left_at")]


def lead_on(deals: set[int], actor: Actor) -> None:
    """What has been written about deals, perhaps later than it was said, counts for the stage in which it was said (V-31)."""
    stays = list(apps.get_model("sales.StageStay")._base_manager.filter(opportunity__in=deals).order_by("pk"))
    before = {stay.pk: (stay.talks, stay.moved_by_id) for stay in stays}
    _look_back(stays)
    mirror_each([stay for stay in stays if before[stay.pk] != (stay.talks, stay.moved_by_id)], LED, actor=actor)


def _look_back(stays: list[Any]) -> None:
    """How often people were in touch during each stay, and which exchange was the last before the deal moved on (V-31)."""
    if not stays:
        return
    told = apps.get_model("customers.Interaction")._base_manager.filter(opportunity__in={stay.opportunity_id for stay in stays})
    said: dict[int, list[tuple[Any, int]]] = defaultdict(list)
    for deal, at, pk in told.order_by("happened_at", "pk").values_list("opportunity_id", "happened_at", "pk"):
        said[deal].append((at, pk))
    for stay in stays:
        during = [
            pk for at, pk in said[stay.opportunity_id] if stay.entered_at <= at and (not stay.left_at or at <= stay.left_at)
        ]
        stay.talks, stay.moved_by_id = len(during), during[-1] if during and stay.left_at else None


def _outcome(stood: str, stands: str) -> str:
    if stands in CLOSED:
        return stands
    place = {stage: n for n, stage in enumerate(open_stages())}
    return "forward" if place.get(stands, 0) > place.get(stood, 0) else "back"


def _advanced(stay: Any, stands: str) -> Decimal:
    """推进金额: the amount × how much likelier the deal is than where it stood (V-90); a loss counts for nothing."""
    rates = stage_rates()
    return NOTHING if stands == "lost" else cents((stay.amount or NOTHING) * (rates[stands] - rates[stay.stage]))


def begin_missing(actor: Actor) -> int:
    """Open deals that stand in no stage on record, as after an upgrade, stand there since they entered it."""
    deals, total, last = apps.get_model("sales.Opportunity"), 0, 0
    standing = apps.get_model("sales.StageStay")._base_manager.filter(opportunity=OuterRef("pk"), left_at__isnull=True)
    missing = deals._base_manager.filter(~Exists(standing), stage__in=list(open_stages())).order_by("pk")
    while chunk := list(missing.filter(pk__gt=last)[:AT_ONCE]):  # those before have theirs: they are not looked at again
        keep(chunk, "", actor)
        total, last = total + len(chunk), chunk[-1].pk
    return total


def _open(deals: Iterable[Any]) -> Any:
    standing = apps.get_model("sales.StageStay")._base_manager.filter(opportunity__in=[d.pk for d in deals], left_at__isnull=True)
    return standing.only("opportunity", "stage", "entered_at", *WRITTEN, *LED)


def _stay(deal: Any) -> dict[str, Any]:
    shown = {name: getattr(deal, stored) for name, stored in zip(SHOWN, SHOWN_AS, strict=True)}
    return {"opportunity": deal.pk, "stage": deal.stage, "entered_at": deal.stage_since, **shown}


def _settle(deals: list[Any], actor: Actor) -> None:
    """Every stay of a deal that has ended tells how it ended."""
    for ended in CLOSED:
        ids = [deal.pk for deal in deals if deal.stage == ended]
        if ids:
            mirror(apps.get_model("sales.StageStay")._base_manager.filter(opportunity__in=ids), {"ended": ended}, actor=actor)


def _reopen(deals: list[Any], actor: Actor) -> None:
    """A deal that goes on has not ended, and has advanced as far as the stage it goes on from."""
    stages = {deal.pk: deal.stage for deal in deals}
    rows = apps.get_model("sales.StageStay")._base_manager.filter(opportunity__in=stages)
    closing = list(rows.filter(outcome__in=CLOSED).order_by("opportunity", "-left_at", "-pk").distinct("opportunity"))
    for stay in closing:
        stay.advanced = _advanced(stay, stages[stay.opportunity_id])
    mirror_each(closing, ["advanced"], actor=actor)
    mirror(rows.exclude(ended=""), {"ended": ""}, actor=actor)
