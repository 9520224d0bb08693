"""阶段历程: each stage a deal goes through is kept with its time, its outcome, and what the deal looked like when it left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import DateTimeField, DecimalField, Exists, ExpressionWrapper, F, OuterRef, Subquery
from django.db.models.functions import Extract

from zhike.apps.sales.choices import CLOSED, OPEN
from zhike.kernel.reach import Actor
from zhike.kernel.writes import create_many
from zhike.kernel.writes.mirror import mirror

SHOWN = ("amount", "expected_on", "commitment", "owner", "department")
A_DAY, AT_ONCE = 86400, 2000


def keep(deals: list[Any], verb: str, actor: Actor) -> None:
    """Close the stays that are over, begin those that have begun, and let open ones show what their deals show."""
    stays = apps.get_model("sales.StageStay")
    rows = {row["opportunity"]: row for row in _open(deals).values("opportunity", "stage", *SHOWN)}
    standing = {pk: row["stage"] for pk, row in rows.items()}
    _follow([deal for deal in deals if deal.pk in rows and _shown(deal) != {n: rows[deal.pk][n] for n in SHOWN}], actor)
    moved = [deal for deal in deals if standing.get(deal.pk) not in (None, deal.stage)]
    for outcome, some in _by_outcome(moved, standing).items():
        _close(_open(some), outcome, actor)
    begun = [deal for deal in deals if deal.stage in OPEN and standing.get(deal.pk) != deal.stage]
    if begun:
        create_many(stays, [_stay(deal) for deal in begun], actor=actor)
    _settle([deal for deal in moved if deal.stage in CLOSED], actor)
    if verb == "reopen":
        _reopen(begun, actor)


def begin_missing(actor: Actor) -> int:
    """Open deals that stand in no stage on record, as after an upgrade, stand there since they entered it."""
    deals, total = apps.get_model("sales.Opportunity"), 0
    standing = apps.get_model("sales.StageStay")._base_manager.filter(opportunity=OuterRef("pk"), left_at__isnull=True)
    missing = deals._base_manager.filter(~Exists(standing), stage__in=OPEN).order_by("pk")
    while chunk := list(missing[:AT_ONCE]):
        keep(chunk, "", actor)
        total += len(chunk)
    return total


def _open(deals: Iterable[Any]) -> Any:
    return apps.get_model("sales.StageStay")._base_manager.filter(opportunity__in=[d.pk for d in deals], left_at__isnull=True)


def _shown(deal: Any) -> dict[str, Any]:
    return {n: getattr(deal, f"{n}_id" if n in ("owner", "department") else n) for n in SHOWN}


def _stay(deal: Any) -> dict[str, Any]:
    return {"opportunity": deal.pk, "stage": deal.stage, "entered_at": deal.stage_since, **_shown(deal)}


def _follow(deals: list[Any], actor: Actor) -> None:
    if not deals:
        return
    deal = apps.get_model("sales.Opportunity")._base_manager.filter(pk=OuterRef("opportunity"))
    mirror(_open(deals), {name: Subquery(deal.values(name)[:1]) for name in SHOWN}, actor=actor)


def _by_outcome(deals: list[Any], standing: dict[int, str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for deal in deals:
        ahead = deal.stage in OPEN and OPEN.index(deal.stage) > OPEN.index(standing[deal.pk])
        found[deal.stage if deal.stage in CLOSED else "forward" if ahead else "back"].append(deal)
    return found


def _close(rows: Any, outcome: str, actor: Actor) -> None:
    since = apps.get_model("sales.Opportunity")._base_manager.filter(pk=OuterRef("opportunity")).values("stage_since")[:1]
    left = Subquery(since, output_field=DateTimeField())
    lasted = ExpressionWrapper(Extract(left - F("entered_at"), "epoch") / A_DAY, output_field=DecimalField())
    mirror(rows, {"left_at": left, "outcome": outcome, "days": lasted}, actor=actor)


def _settle(deals: list[Any], actor: Actor) -> None:
    """Every stay of a deal that has ended tells how it ended."""
    for ended in CLOSED:
        ids = [deal.pk for deal in deals if deal.stage == ended]
        if ids:
            mirror(apps.get_model("sales.StageStay")._base_manager.filter(opportunity__in=ids), {"ended": ended}, actor=actor)


def _reopen(deals: list[Any], actor: Actor) -> None:
    rows = apps.get_model("sales.StageStay")._base_manager.filter(opportunity__in=[d.pk for d in deals]).exclude(ended="")
    mirror(rows, {"ended": ""}, actor=actor)
