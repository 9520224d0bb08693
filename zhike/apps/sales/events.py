"""销售域对事件的反应: deals move their customer along, keep their stages, and count for and against competitors."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from zhike.apps.consequence import Consequence
from zhike.apps.customers.objects.customer import Customer
from zhike.apps.customers.objects.interaction import Interaction
from zhike.apps.customers.objects.registration_rule import ANSWERED
from zhike.apps.sales.choices import CLOSED
from zhike.apps.sales.flows import complete_data
from zhike.apps.sales.flows.close_deal import CLOSE, flag, has_closed
from zhike.apps.sales.flows.find_neglect import find_neglect
from zhike.apps.sales.flows.foresee import foresee
from zhike.apps.sales.flows.keep_stages import keep, lead_on
from zhike.apps.sales.objects.competitor import Competitor
from zhike.apps.sales.objects.data_completion import DataCompletion
from zhike.apps.sales.objects.opportunity import Opportunity
from zhike.features.clocks.running import Struck
from zhike.features.notify.tell import tell_each
from zhike.features.packs.demo import DemoTold
from zhike.kernel.events import Changed, ChangedMany, Written, on, on_written
from zhike.kernel.reach import Actor
from zhike.kernel.writes import act_many
from zhike.kernel.writes.mirror import mirror

SETTLED = ("win", "lose", "reopen")
MOVES = (
    # what the customer was → what a deal makes of her
    ("won", ("lead", "prospect", "dormant"), "activate"),
    ("won", ("lost",), "win_back"),
    ("", ("lead",), "develop"),
)


@on(Changed)
def follow_opportunity(event: Changed) -> None:
    """One deal was added, closed, reopened, changed or removed."""
    deal = event.record
    if not isinstance(deal, Opportunity):
        return
    if event.verb in ("add", "win"):
        _move_customers([deal.pk], event.actor)
    if event.verb in SETTLED:
        _count(_concerned([deal.pk], event.before.get("winner")), event.actor)
    elif event.before.get("stage") == "won" and (event.verb == "delete" or "competitors" in deal.incoming):
        _count(Competitor.objects.all(), event.actor)  # those taken away are not on the deal any more


@on(ChangedMany)
def follow_opportunities(event: ChangedMany) -> None:
    """Many deals at once."""
    if event.model is not Opportunity:
        return
    if event.verb in ("add", "win"):
        _move_customers(event.ids, event.actor)
    if event.verb in ("add", *SETTLED):
        _count(_concerned(event.ids), event.actor)
    elif event.verb in ("delete", "change"):
        _count(Competitor.objects.all(), event.actor)


@on_written
def follow_stages(event: Written) -> None:
    """The stages of a deal and how long it stood in each."""
    if event.model is Opportunity and event.verb != "delete":
        keep(list(event.records), event.verb, Consequence(event.actor))
        has_closed([deal for deal in event.records if deal.stage in CLOSED])
        if event.verb == "win":
            complete_data.begin(list(event.records), event.actor)


@on_written
def credit_follow_ups(event: Written) -> None:
    """What is written about a deal counts for the stage in which it was said (V-31)."""
    if event.model is Interaction:
        deals = {talk.opportunity_id for talk in event.records if talk.opportunity_id}
        if deals:
            lead_on(deals, Consequence(event.actor))


@on_written
def complete_what_is_known(event: Written) -> None:
    """A list of what is to be known of a customer began or ended."""
    if event.model is DataCompletion and event.verb in ("add", "reopen"):
        complete_data.hand_over([case for case in event.records if case.state == "open"], event.actor)
    elif event.model is DataCompletion and event.verb in ("finish", "delete"):
        complete_data.end(list(event.records), event.actor)
    elif event.model is DataCompletion and event.verb == "assign":
        complete_data.change_hands(list(event.records), event.actor)


@on(Changed)
def put_off(event: Changed) -> None:
    """One list is to be complete on another day."""
    case = event.record
    if isinstance(case, DataCompletion) and event.verb == "change" and event.before.get("due_on") != event.after.get("due_on"):
        complete_data.keep_time([case] if case.state == "open" else [])


@on(ChangedMany)
def put_many_off(event: ChangedMany) -> None:
    """Many are."""
    if event.model is DataCompletion and event.verb == "change" and "due_on" in event.fields:
        complete_data.keep_time([case for case in event.records if case.state == "open"])


@on(Changed)
def learn(event: Changed) -> None:
    """More is known of one customer than before."""
    changed = {name for name in ANSWERED if event.before.get(name) != event.after.get(name)}
    if isinstance(event.record, Customer) and event.verb == "change" and changed:
        complete_data.tick([event.record], event.actor)


@on(ChangedMany)
def learn_many(event: ChangedMany) -> None:
    """More is known of many."""
    if event.model is Customer and event.verb == "change" and ANSWERED.keys() & set(event.fields):
        complete_data.tick(event.records, event.actor)


@on(Struck)
def too_late_to_complete(event: Struck) -> None:
    """Whoever sees to a customer's data and whoever fills them in hear that the time is over."""
    if event.kind == complete_data.COMPLETE:
        cases = DataCompletion.objects.filter(pk__in=[clock.record for clock in event.clocks])
        concerned = [(case, {case.owner_id, case.server_id}) for case in cases]
        told = ((p, f"“{case.name}”已到期，还没有补齐", case) for case, people in concerned for p in people)
        tell_each(told, actor=event.actor)


@on(DemoTold)
def look_ahead(event: DemoTold) -> None:
    flag(timezone.localdate(), actor=event.actor)
    foresee(timezone.localdate(), actor=event.actor)
    find_neglect(timezone.now(), actor=event.actor)


@on(Struck)
def too_late_to_close(event: Struck) -> None:
    """Its owner and the head of her department hear that a deal with a known result still stands open (V-34)."""
    if event.kind != CLOSE:
        return
    deals = Opportunity.objects.filter(pk__in=[clock.record for clock in event.clocks]).select_related("department")
    concerned = [(deal, {deal.owner_id, deal.department.manager_id if deal.department else None}) for deal in deals]
    told = ((p, f"“{d.name}”结果已知，已超过关闭时限，请登记赢单或输单", d) for d, people in concerned for p in people)
    tell_each(told, actor=event.actor)


def _move_customers(deals: list[int], actor: Actor) -> None:
    """A deal makes a 潜在客户 an 意向客户, a signed one makes the customer 合作中 or 赢回 (P-26)."""
    for stage, lifecycle, action in MOVES:
        theirs = Opportunity.objects.filter(pk__in=deals, stage__startswith=stage).values("customer")
        act_many(Customer.objects.filter(pk__in=theirs, lifecycle__in=lifecycle), action, actor=Consequence(actor))


def _concerned(deals: list[int], winner: int | None = None) -> Any:
    """The competitors on these deals, and those who won or had won them."""
    on_them = Opportunity.competitors.through.objects.filter(opportunity__in=deals).values("competitor")
    winners = Opportunity.objects.filter(pk__in=deals, winner__isnull=False).values("winner")
    return Competitor.objects.filter(Q(pk__in=on_them) | Q(pk__in=winners) | Q(pk=winner))


def _count(competitors: Any, actor: Actor) -> None:
    """赢过次数 and 输给次数, counted anew."""
    links = Opportunity.competitors.through.objects.filter(competitor=OuterRef("pk"), opportunity__stage="won")
    lost = Opportunity.objects.filter(winner=OuterRef("pk"), stage="lost")
    counted = {"won_against": _number(links, "competitor"), "lost_against": _number(lost, "winner")}
    mirror(competitors, counted, actor=actor)


def _number(rows: Any, by: str) -> Any:
    return Coalesce(Subquery(rows.order_by().values(by).annotate(n=Count("pk")).values("n")), 0)
