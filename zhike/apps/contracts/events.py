"""合同域对事件的反应: receipts and invoices count for their receivables, finished milestones make money fall due."""

from __future__ import annotations

from zhike.apps.consequence import Consequence
from zhike.apps.contracts.flows.dun import follow
from zhike.apps.contracts.flows.match_receipt import concerned, recount
from zhike.apps.contracts.objects.dunning import Dunning
from zhike.apps.contracts.objects.invoice import Invoice
from zhike.apps.contracts.objects.receipt import Receipt
from zhike.apps.contracts.objects.receivable import Receivable
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


@on_written
def follow_dunning(event: Written) -> None:
    """A receivable shows what was said about it last."""
    if event.model is Dunning:
        follow({record.receivable_id for record in event.records}, Consequence(event.actor))
