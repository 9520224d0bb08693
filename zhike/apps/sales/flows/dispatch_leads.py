"""分派线索: many at once in a fixed number of statements; back to whoever dispatched them when nobody fits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from fractions import Fraction
from typing import Any

from django.db.models import Count, Max, Q
from django.utils import timezone

from zhike.apps.consequence import Consequence
from zhike.apps.sales.dispatching import Choice, Rule, Seat, Tally, choose
from zhike.apps.sales.objects.dispatch_rule import DispatchRegion, DispatchRight, DispatchRule, DispatchSeat
from zhike.apps.sales.objects.lead import UNDECIDED, Lead
from zhike.apps.sales.objects.lead_dispatch import LeadDispatch
from zhike.apps.sales.rules import LEAD_ACCEPTANCE, LEAD_MERIT, LEAD_REMINDER
from zhike.features.clocks.marks import ACT, WARN, hours, workdays
from zhike.features.clocks.running import kind, start, stop
from zhike.features.notify.tell import tell
from zhike.kernel.declare import Refused
from zhike.kernel.reach import Actor
from zhike.kernel.writes import act_many, create_many, put_many, transfer_many
from zhike.kernel.writes.mirror import mirror
from zhike.org.objects.person import Person, System
from zhike.org.one_at_a_time import hold_all

ACCEPTANCE = kind("lead_acceptance", "接单期限")
IN_HAND = Q(handover__in=("offered", "accepted"), state__in=UNDECIDED)


def place(leads: Iterable[Any], actor: Actor, *, automatic: bool = False) -> None:
    """Find somebody for each of these leads; with `automatic`, by the rules that ask nobody, and leave the others alone."""
    waiting = list(leads)
    rules = _rules(automatic) if waiting else []
    if not waiting or (automatic and not rules):
        return
    for lead in waiting:
        lead.dispatcher_id = lead.dispatcher_id or actor.pk
    seats = [seat for rule in rules for seat in rule.seats]
    hold_all({seat.person for seat in seats if seat.ceiling is not None})
    tallies, passed = _tallies({seat.person for seat in seats}), _passed(waiting)
    found = {lead.pk: choose(_fitting(rules, lead), tallies, {p for p, _ in passed[lead.pk]}) for lead in waiting}
    placed = {pk: choice for pk, choice in found.items() if choice}
    _offer([lead for lead in waiting if lead.pk in placed], placed, passed, actor)
    if not automatic:
        _nobody([lead for lead in waiting if lead.pk not in placed], actor)


def _fitting(rules: list[Rule], lead: Any) -> list[Rule]:
    return [r for r in rules if r.fits((lead.address or {}).get("code", ""), lead.industry, lead.source)]


def _rules(automatic: bool) -> list[Rule]:
    """The rules in force in their order, with those who may take leads today."""
    kept = DispatchRule._base_manager.filter(active=True, **({"automatic": True} if automatic else {})).order_by("position", "pk")
    rules = {rule.pk: rule for rule in kept}
    regions: dict[int, list[str]] = defaultdict(list)
    for rule_id, place_ in DispatchRegion._base_manager.filter(rule__in=rules).values_list("rule_id", "place"):
        regions[rule_id].append(place_["code"])
    seats = _seats(rules)
    return [
        Rule(
            pk, tuple(seats[pk]), tuple(regions[pk]), frozenset(r.industries), frozenset(r.sources), r.by_load, r.by_merit
        )
        for pk, r in rules.items()
    ]  # fmt: skip


def _seats(rules: Iterable[int]) -> dict[int, list[Seat]]:
    """Whoever works here and has not lost the right to leads, with the priority she has earned."""
    today = timezone.localdate()
    seats: dict[int, list[Seat]] = defaultdict(list)
    suspended: set[int] = set()
    priority: dict[int, Fraction] = defaultdict(lambda: Fraction(1))
    for person, kind_, factor in DispatchRight.in_force(today).values_list("person_id", "kind", "factor"):
        if kind_ == "suspended":
            suspended.add(person)
        else:
            priority[person] = max(priority[person], Fraction(factor))
    rows = DispatchSeat._base_manager.filter(rule__in=list(rules), person__is_active=True).exclude(person__in=suspended)
    for seat in rows.exclude(person__valid_until__lt=today).order_by("pk"):
        found = Seat(seat.person_id, Fraction(seat.weight), seat.ceiling, priority[seat.person_id])
        seats[seat.rule_id].append(found)
    return seats


def _tallies(people: set[int]) -> dict[int, Tally]:
    """What each has in hand now, and how she has answered within the time that counts."""
    since = timezone.now() - timedelta(days=int(LEAD_MERIT.on()))
    in_hand = Lead._base_manager.filter(IN_HAND, owner__in=people).order_by().values_list("owner_id").annotate(n=Count("pk"))
    tallies = {pk: Tally(in_hand=n) for pk, n in in_hand}
    recent = LeadDispatch._base_manager.filter(owner__in=people, offered_at__gte=since).exclude(state="withdrawn")
    counted = recent.order_by().values_list("owner_id").annotate(
        answered=Count("pk", filter=~Q(state="offered")), taken=Count("pk", filter=Q(state="accepted")),
        converted=Count("pk", filter=Q(state="accepted", lead__state="converted")), last=Max("offered_at"),
    )  # fmt: skip
    for pk, answered, taken, converted, last in counted:
        tally = tallies.setdefault(pk, Tally())
        tally.answered, tally.taken, tally.converted, tally.last = answered, taken, converted, last
    return tallies


def _passed(leads: list[Any]) -> dict[int, list[tuple[int, int]]]:
    """Who has had each lead before, and in which round."""
    passed: dict[int, list[tuple[int, int]]] = defaultdict(list)
    rows = LeadDispatch._base_manager.filter(lead__in=[lead.pk for lead in leads]).values_list("lead_id", "owner_id", "round")
    for lead, person, round_ in rows:
        passed[lead].append((person, round_))
    return passed


def _offer(leads: list[Any], placed: dict[int, Choice], passed: dict[int, list[tuple[int, int]]], actor: Actor) -> None:
    if not leads:
        return
    people = Person._base_manager.in_bulk({c.seat.person for c in placed.values()})
    theirs: dict[int, list[int]] = defaultdict(list)
    for lead in leads:
        theirs[placed[lead.pk].seat.person].append(lead.pk)
    by_rule = Consequence(actor)
    for pk, ids in theirs.items():  # a handful of people, however many leads
        transfer_many(Lead.objects.filter(pk__in=ids), people[pk], actor=by_rule)
    put_many(Lead.objects.filter(pk__in=placed), "handover", lambda lead: "offered", actor=by_rule)
    if actor.pk is not None:
        mirror(Lead.objects.filter(pk__in=placed, dispatcher=None), {"dispatcher": actor.pk}, actor=by_rule)
    create_many(LeadDispatch, [_row(x, placed[x.pk], people, passed[x.pk]) for x in leads], actor=by_rule)
    begin_clock(list(Lead._base_manager.filter(pk__in=placed)))


def _row(lead: Any, choice: Choice, people: dict[int, Any], passed: list[tuple[int, int]]) -> dict[str, Any]:
    person = people[choice.seat.person]
    return {
        "lead": lead.pk, "name": lead.name, "rule": choice.rule.pk, "owner": person.pk, "department": person.department_id,
        "given_by": lead.dispatcher_id, "round": 1 + max((n for _, n in passed), default=0), "why": choice.why,
        "score": round(choice.score.numerator / choice.score.denominator, 4),
    }  # fmt: skip


def _nobody(leads: list[Any], actor: Actor) -> None:
    """待人工分派: back to whoever dispatched them, who is told."""
    if not leads:
        return
    by_rule = Consequence(actor)
    keepers = Person._base_manager.in_bulk({lead.dispatcher_id for lead in leads} - {None})
    for pk, keeper in keepers.items():
        ids = [lead.pk for lead in leads if lead.dispatcher_id == pk]
        transfer_many(Lead.objects.filter(pk__in=ids).exclude(owner=pk), keeper, actor=by_rule)
        one = next(lead for lead in leads if lead.pk == ids[0]) if len(ids) == 1 else None
        words = f"线索“{one.name}”没有合适的接单人，请人工分派" if one else f"有 {len(ids)} 条线索没有合适的接单人，请人工分派"
        tell([pk], words, record=one or Lead, actor=System("dispatch"))  # also the one who has just pressed the button
    put_many(Lead.objects.filter(pk__in=[lead.pk for lead in leads]), "handover", lambda lead: "unplaced", actor=by_rule)


def offer_to(lead: Any, person: Any, actor: Actor) -> None:
    """指定分派: to this person, whatever the rules say. Raises Refused when she is not there any more."""
    if person.gone:
        raise Refused("这个人已停用，不能接单", {"person": "已停用"})
    settle([lead], "withdrawn", actor)
    rounds = LeadDispatch._base_manager.filter(lead=lead.pk).aggregate(last=Max("round"))["last"] or 0
    kept = {"owner": person.pk, "department": person.department_id, "given_by": actor.pk, "round": rounds + 1}
    create_many(LeadDispatch, [{"lead": lead.pk, "name": lead.name, **kept}], actor=Consequence(actor))
    lead.owner_id, lead.department_id = person.pk, person.department_id


def refuse_return(lead: Any) -> None:
    """Only what was dispatched and is not decided can be given back. Raises Refused."""
    if lead.state not in UNDECIDED or not LeadDispatch._base_manager.filter(lead=lead.pk).exists():
        raise Refused("没有可以退回的分单")


def settle(leads: Iterable[Any], outcome: str, actor: Actor, *, reason: str = "", note: str = "") -> None:
    """The open offers of these leads have come to this."""
    standing = LeadDispatch.objects.filter(lead__in=[lead.pk for lead in leads], state="offered")
    act_many(standing, "settle", {"to": outcome, "reason": reason, "note": note}, actor=Consequence(actor))


def begin_clock(leads: list[Any]) -> None:
    """She has so long to answer."""
    reminder, limit = hours(int(LEAD_REMINDER.on())), workdays(int(LEAD_ACCEPTANCE.on()))
    start(ACCEPTANCE, leads, {WARN: reminder, ACT: limit}, about="接单或退回")


def end_clock(leads: Iterable[Any]) -> None:
    stop(ACCEPTANCE, leads)
