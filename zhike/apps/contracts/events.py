"""合同域对事件的反应: receipts and invoices count for their receivables, finished milestones make money fall due."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from zhike.apps.consequence import Consequence
from zhike.apps.contracts.flows.dun import break_promises, follow, take_steps
from zhike.apps.contracts.flows.figure_months import figure
from zhike.apps.contracts.flows.match_receipt import concerned, recount
from zhike.apps.contracts.flows.rank_people import put_places
from zhike.apps.contracts.flows.state_receivables import state
from zhike.apps.contracts.objects.contract import Contract
from zhike.apps.contracts.objects.dunning import Dunning
from zhike.apps.contracts.objects.invoice import Invoice
from zhike.apps.contracts.objects.order import Order
from zhike.apps.contracts.objects.receipt import Receipt
from zhike.apps.contracts.objects.receivable import Receivable
from zhike.apps.months import month_of
from zhike.apps.sales.flows.close_deal import begin_to_close
from zhike.apps.sales.objects.opportunity import Opportunity
from zhike.features.notify.responsible import responsible
from zhike.features.notify.tell import tell_each
from zhike.features.packs.demo import DemoTold
from zhike.kernel.events import Changed, ChangedMany, Written, on, on_written


@on(Changed)
def follow_payment(event: Changed) -> None:
    """One receipt, invoice or receivable was added, changed or removed."""
    record, by_rule = event.record, Consequence(event.actor)
    if isinstance(record, Receipt):
        customers = [c for c in (record.customer_id, event.before.get("customer")) if c]
        recount(concerned([record.pk] if record.pk else [], customers), actor=by_rule)
    elif isinstance(record, Invoice) and record.receivable_id:
        recount(Receivable._base_manager.filter(pk__in=[record.receivable_id, event.before.get("receivable")]), actor=by_rule)
    elif isinstance(record, Receivable) and event.after:
        recount(Receivable._base_manager.filter(pk=record.pk), actor=by_rule)


@on(ChangedMany)
def follow_payments(event: ChangedMany) -> None:
    """Many at once."""
    by_rule = Consequence(event.actor)
    if event.model is Receipt:
        recount(concerned(event.ids, list({r.customer_id for r in event.records})), actor=by_rule)
    elif event.model is Invoice:
        recount(Receivable._base_manager.filter(pk__in=[r.receivable_id for r in event.records]), actor=by_rule)
    elif event.model is Receivable and event.verb != "delete":
        recount(Receivable._base_manager.filter(pk__in=event.ids), actor=by_rule)


@on(DemoTold)
def reckon_year(event: DemoTold) -> None:
    """The past twelve months of everybody, and the last statement."""
    today = timezone.localdate()
    for back in range(12):
        figure(month_of(today, -back), actor=event.actor)
    put_places(month_of(today, -1), actor=event.actor)
    break_promises(today, actor=event.actor)
    take_steps(today, actor=event.actor)
    state(month_of(today) - timedelta(days=1), actor=event.actor)


@on_written
def follow_signature(event: Written) -> None:
    """What is signed is won: the deal is to be closed in time (V-34)."""
    if event.model is Contract and event.verb == "sign":
        ids = [contract.opportunity_id for contract in event.records if contract.opportunity_id]
        begin_to_close(list(Opportunity._base_manager.filter(pk__in=ids)))


@on_written
def follow_review(event: Written) -> None:
    """An order waits for the business manager, or she has decided: whoever is next hears of it (V-54)."""
    if event.model is not Order:
        return
    if event.verb == "submit":
        who = responsible(event.records, "confirm")
        tell_each(((p, f"订单“{o}”等待商务审核", o) for o in event.records for p in who[o.pk]), actor=event.actor)
    elif event.verb == "confirm":
        tell_each(((o.owner_id, f"订单“{o}”已通过商务审核", o) for o in event.records), actor=event.actor)
    elif event.verb == "send_back":
        words = ((o.owner_id, f"订单“{o}”被退回：{o.opinion}", o) for o in event.records)
        tell_each(words, quoting=("opinion",), actor=event.actor)


@on_written
def follow_dunning(event: Written) -> None:
    """A receivable shows what was said about it last."""
    if event.model is Dunning:
        follow({record.receivable_id for record in event.records}, Consequence(event.actor))
