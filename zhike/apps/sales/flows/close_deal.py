"""关闭: a deal with a known result is closed within a working day and confirmed by another; what stands still is flagged."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Case, Q, Value, When

from zhike.apps.sales.choices import CLOSED, open_stages
from zhike.apps.sales.rules import CLOSE_WITHIN, stale_days
from zhike.features.clocks import running
from zhike.features.clocks.marks import ACT, workdays
from zhike.kernel.declare import Refused
from zhike.kernel.query.relative import start_of
from zhike.kernel.reach import Actor
from zhike.kernel.writes.mirror import mirror

CLOSE = running.kind("close_deal", "关闭销售机会")


def refuse_unfit(deal: Any, actor: Any) -> None:
    """Nobody confirms what she closed herself, nor what is not whole. Raises Refused."""
    if actor.pk == deal.owner_id:
        raise Refused("须由部门经理或销售助理确认，不能确认自己负责的机会")
    if deal.incomplete or (deal.stage == "won" and not deal.won_amount):
        raise Refused("资料不全，请先补充完整再确认关闭")


def begin_to_close(deals: list[Any]) -> None:
    """The result is known: so many working days are left to close them (V-34)."""
    still = [deal for deal in deals if deal.stage not in CLOSED]
    if still:
        running.start(CLOSE, still, {ACT: workdays(int(CLOSE_WITHIN.on()))}, about="结果已知，须在系统中关闭")


def has_closed(deals: list[Any]) -> None:
    if deals:
        running.stop(CLOSE, deals)


def flag(today: date, *, actor: Actor) -> None:
    """阶段停滞 and 签约日期已过, set and taken away by two statements (V-28, V-29)."""
    rows = apps.get_model("sales.Opportunity")._base_manager.all()
    late = Q(stage__in=list(open_stages()), expected_on__lt=today)
    still = Q()
    for stage, days in stale_days(today).items():
        still |= Q(stage=stage, stage_since__lt=start_of(today - timedelta(days=days)))
    for name, rule in (("past_due", late), ("stale", still)):
        moved = rows.filter(Q(rule, **{name: False}) | Q(~rule, **{name: True}))
        mirror(moved, {name: Case(When(rule, then=Value(True)), default=Value(False))}, actor=actor)
