"""商机未跟进: every night, what was taken long enough ago and never followed up becomes a case; repeated, it ends the right."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Count, Exists, F, OuterRef
from django.utils import timezone

from zhike.apps.consequence import Consequence
from zhike.apps.sales.objects.dispatch_rule import DispatchRight
from zhike.apps.sales.objects.lead_dispatch import LeadDispatch
from zhike.apps.sales.objects.lead_neglect import CONFIRMED, DISMISSED, LeadNeglect
from zhike.apps.sales.rules import LEAD_FOLLOW_UP, LEAD_NEGLECTS, LEAD_PENALTY
from zhike.features.notify.tell import tell_each
from zhike.kernel.reach import Actor
from zhike.kernel.writes import create_many
from zhike.org.objects.department import Department

YEAR = timedelta(days=365)


def find_neglect(now: datetime, *, actor: Actor) -> int:
    """A case for each; whoever had the lead hears of it, and so does the head of her department. A fixed number of queries."""
    late = list(_silent(now).order_by("answered_at", "pk"))
    counted, percent = _cases(now, {one.owner_id for one in late}), LEAD_PENALTY.on()
    rows = [_row(one, now, counted) | {"percent": percent} for one in late]
    if not rows:
        return 0
    made = create_many(LeadNeglect, rows, actor=actor)
    heads = dict(Department._base_manager.filter(pk__in={r["department"] for r in rows}).values_list("pk", "manager_id"))
    texts = [(case, f"商机“{case.name}”接单 {case.days} 天没有跟进记录，待认定") for case in made]
    people = ((who, text, case) for case, text in texts for who in {case.owner_id, heads.get(case.department_id)})
    tell_each(people, actor=actor)
    return len(made)


def _silent(now: datetime) -> Any:
    """Effective leads still with whoever took them so long ago, about which nothing was written since; each taking once."""
    said = apps.get_model("customers.Interaction")._base_manager.filter(
        lead=OuterRef("lead"), happened_at__gte=OuterRef("answered_at")
    )
    before = now - timedelta(days=int(LEAD_FOLLOW_UP.on()))
    taken = LeadDispatch._base_manager.filter(
        state="accepted", answered_at__lt=before, lead__state="qualified", lead__handover="accepted", lead__owner=F("owner")
    )
    return taken.filter(~Exists(said), ~Exists(LeadNeglect._base_manager.filter(dispatch=OuterRef("pk"))))


def _cases(now: datetime, people: set[int]) -> Counter[int]:
    """How often it has been so within a year, as far as it was not dismissed."""
    known = LeadNeglect._base_manager.filter(owner__in=people, created_at__gte=now - YEAR).exclude(state=DISMISSED)
    return Counter(dict(known.order_by().values_list("owner_id").annotate(n=Count("pk"))))


def _row(one: Any, now: datetime, counted: Counter[int]) -> dict[str, Any]:
    counted[one.owner_id] += 1
    return {
        "lead": one.lead_id, "name": one.name, "dispatch": one.pk, "owner": one.owner_id, "department": one.department_id,
        "taken_at": one.answered_at, "days": (now - one.answered_at).days, "times": counted[one.owner_id],
    }  # fmt: skip


def suspend_if_repeated(case: Any, actor: Actor) -> None:
    """屡犯: so many confirmed within a year, this one included, and she is dispatched no leads until somebody says otherwise."""
    confirmed = LeadNeglect._base_manager.filter(owner=case.owner_id, state=CONFIRMED, decided_at__gte=timezone.now() - YEAR)
    times = confirmed.exclude(pk=case.pk).count() + 1
    standing = DispatchRight._base_manager.filter(person=case.owner_id, kind="suspended", ends_on=None)
    if times >= LEAD_NEGLECTS.on() and not standing.exists():
        right = {"person": case.owner_id, "kind": "suspended", "reason": f"一年内 {times} 次接单后不跟进"}
        create_many(DispatchRight, [right], actor=Consequence(actor))
