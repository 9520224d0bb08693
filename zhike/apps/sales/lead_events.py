"""线索的时限与分派: what follows from each step of a lead, and from the clock (V-22…V-25)."""

from __future__ import annotations

from typing import Any

from zhike.apps.consequence import Consequence
from zhike.apps.sales.flows.dispatch_leads import ACCEPTANCE, begin_clock, end_clock, place, settle
from zhike.apps.sales.objects.lead import Lead
from zhike.apps.sales.rules import LEAD_HANDOVER, LEAD_REMINDER, LEAD_SCREENING
from zhike.features.clocks.marks import ACT, WARN, hours, workdays
from zhike.features.clocks.running import Struck, kind, start, stop
from zhike.features.notify.tell import tell_each
from zhike.kernel.events import Written, on, on_written
from zhike.kernel.reach import Actor
from zhike.kernel.writes import put_many
from zhike.kernel.writes.mirror import mirror
from zhike.org.objects.department import Department
from zhike.org.objects.person import System

SCREENING = kind("lead_screening", "线索初筛期限")
HANDOVER = kind("lead_handover", "线索移交期限")
INBOUND = ("phone", "website", "consultation")
ENDED = ("qualify", "convert", "discard")


@on_written
def stepped(event: Written) -> None:
    """Leads came in, or a step was taken with them."""
    if event.model is Lead and event.verb != "delete":
        _stepped(event.records, event.verb, event.actor)


def _stepped(leads: list[Any], verb: str, actor: Actor) -> None:
    _time(leads, verb)
    if verb == "qualify":
        place([lead for lead in leads if lead.handover == "none"], actor, automatic=True)
    elif verb == "dispatch":
        place(leads, actor)
    elif verb == "assign":
        begin_clock(leads)
    elif verb == "take":
        settle(leads, "accepted", actor)
        end_clock(leads)
    elif verb == "give_back":
        [lead] = leads
        end_clock(leads)
        settle(leads, "returned", actor, reason=lead.return_reason, note=lead.return_note)
        place(leads, actor)
    elif verb == "convert":
        _answered(leads, "accepted", "accepted", actor)  # whoever makes a deal of it has taken it
    elif verb == "discard" or (verb == "transfer" and not isinstance(actor, System)):
        _answered(leads, "withdrawn", "none", actor)  # nobody is waited for any more


def _answered(leads: list[Any], outcome: str, handover: str, actor: Actor) -> None:
    """Those still on offer are so no more."""
    offered = [lead for lead in leads if lead.handover == "offered"]
    if offered:
        end_clock(offered)
        settle(offered, outcome, actor)
        rows = Lead.objects.filter(pk__in=[lead.pk for lead in offered])
        put_many(rows, "handover", lambda lead: handover, actor=Consequence(actor))


def _time(leads: list[Any], verb: str) -> None:
    """初筛 and 移交 are timed for what comes in by phone, form or chat."""
    inbound = [lead for lead in leads if lead.source in INBOUND]
    if not inbound:
        return
    if verb == "add":
        _begin(SCREENING, [lead for lead in inbound if lead.state == "new"], int(LEAD_SCREENING.on()), "初筛")
    elif verb in ("screen", "reopen"):
        stop(SCREENING, inbound)
        _begin(HANDOVER, inbound, int(LEAD_HANDOVER.on()), "确认有效或放弃")
    elif verb in ENDED:
        stop(SCREENING, inbound)
        stop(HANDOVER, inbound)


def _begin(kind_: str, leads: list[Any], days: int, about: str) -> None:
    if leads:
        start(kind_, leads, {WARN: hours(int(LEAD_REMINDER.on())), ACT: workdays(days)}, about=about)


@on(Struck)
def time_is_up(event: Struck) -> None:
    """A reminder first; then what is not taken goes to the next one, and what is not screened or handed over is marked."""
    if event.kind not in (ACCEPTANCE, SCREENING, HANDOVER):
        return
    rows = Lead._base_manager.filter(pk__in=[c.record for c in event.clocks])
    if event.mark == WARN:
        _remind(rows, event)
    elif event.kind == ACCEPTANCE:
        _take_away(list(rows.filter(handover="offered")), event.actor)
    else:
        _mark_late(rows, "screening" if event.kind == SCREENING else "handover", event)


def _remind(rows: Any, event: Struck) -> None:
    wanted = {ACCEPTANCE: "等待您接单", SCREENING: "等待初筛", HANDOVER: "等待确认和移交"}[event.kind]
    words = ((lead.owner_id, f"线索“{lead.name}”{wanted}", lead) for lead in rows.only("name", "owner"))
    tell_each(words, actor=event.actor)


def _take_away(leads: list[Any], actor: Actor) -> None:
    settle(leads, "overdue", actor)
    put_many(Lead.objects.filter(pk__in=[lead.pk for lead in leads]), "handover", lambda lead: "waiting", actor=actor)
    place(leads, actor)


def _mark_late(rows: Any, late: str, event: Struck) -> None:
    """Marked, and the head of the department hears of it."""
    mirror(rows, {"late": late}, actor=event.actor)
    heads = dict(Department._base_manager.filter(pk__in=rows.values("department")).values_list("pk", "manager_id"))
    words = "初筛超时" if late == "screening" else "移交超时"
    late_ones = [(lead, {lead.owner_id, heads.get(lead.department_id)}) for lead in rows.only("name", "owner", "department")]
    tell_each(((p, f"线索“{lead.name}”{words}", lead) for lead, people in late_ones for p in people), actor=event.actor)
