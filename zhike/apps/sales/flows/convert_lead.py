"""线索转化: one lead becomes a customer, a contact and an opportunity; what was said and planned goes along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from zhike.apps.consequence import Consequence
from zhike.apps.customers.objects.contact import Contact
from zhike.apps.customers.objects.customer import Customer
from zhike.apps.customers.objects.interaction import Interaction
from zhike.apps.customers.objects.task import Task
from zhike.apps.sales.objects.opportunity import Opportunity
from zhike.kernel.reach import Actor
from zhike.kernel.record import Record
from zhike.kernel.writes import create, likely_duplicates, update_many

if TYPE_CHECKING:
    from zhike.apps.sales.objects.lead import Conversion, Lead


def convert_lead(lead: Lead, data: Conversion, *, actor: Actor) -> list[Record]:
    """Everything the lead became, the opportunity first. Raises LikelyDuplicates when another team has the customer."""
    made: list[Record] = []
    customer = _customer(lead, data.customer, actor, made)
    contact = _contact(lead, customer, actor, made)
    opportunity = _opportunity(lead, customer, contact, data, actor)
    _carry_over(lead, customer, contact, opportunity, actor)
    lead.customer_id, lead.opportunity_id = customer.pk, opportunity.pk
    lead.contact_id = contact.pk if contact else None
    lead.converted_at = timezone.now()
    return [opportunity, *made]


def _customer(lead: Lead, chosen: Any, actor: Actor, made: list[Record]) -> Any:
    """The customer chosen, else the one of the same registered name, else a new one."""
    if chosen is not None:
        return chosen
    alike = likely_duplicates(Customer(name=lead.name), actor)
    if known := next((d["id"] for d in alike if d["visible"]), None):
        return Customer.objects.get(pk=known)
    kept = {n: getattr(lead, n) for n in ("name", "industry", "channel", "source", "address", "needs")}
    customer = create(Customer, {**kept, "origin": "dispatched"}, actor=actor, unfinished=True)
    made.append(customer)
    return customer


def _contact(lead: Lead, customer: Any, actor: Actor, made: list[Record]) -> Any:
    """The person of the lead: known by telephone or mail, else new; none when the lead names nobody."""
    if not lead.contact_name:
        return None
    mobile = lead.phone if _is_mobile(lead.phone) else ""
    person = {"mobile": mobile, "phone": "" if mobile else lead.phone, "email": lead.email}
    alike = likely_duplicates(Contact(name=lead.contact_name, **person), actor)
    if known := next((d["id"] for d in alike if d["visible"]), None):
        return Contact.objects.get(pk=known)
    company = {"customer": customer.pk, "position": lead.position, "primary": True}
    contact = create(Contact, {**person, "name": lead.contact_name, "companies": [company]}, actor=actor, unfinished=True)
    made.append(contact)
    return contact


def _is_mobile(phone: str) -> bool:
    return len(phone) == 11 and phone.startswith("1")


def _opportunity(lead: Lead, customer: Any, contact: Any, data: Conversion, actor: Actor) -> Any:
    intents = type(lead).intent.field.labels()
    wanted = {
        "name": data.name or f"{customer.short_name or customer.name} {intents[lead.intent]}机会",
        "customer": customer.pk,
        "contact": contact.pk if contact else None,
        "intent": lead.intent,
        "amount": data.amount,
        "expected_on": data.expected_on,
        "needs": lead.needs,
        "products": [{"product": pk} for pk in lead.products.values_list("pk", flat=True)],
        "engaged_on": timezone.localdate(),
    }
    return create(Opportunity, wanted, actor=actor, unfinished=True)


def _carry_over(lead: Lead, customer: Any, contact: Any, opportunity: Any, actor: Actor) -> None:
    """Follow-ups and tasks of the lead, whoever wrote them, belong to the customer and the opportunity from now on."""
    home = {"customer": customer.pk, "opportunity": opportunity.pk}
    by_rule = Consequence(actor)
    for model in (Interaction, Task):
        rows = model.objects.filter(lead=lead.pk)
        update_many(rows, home | ({"contact": contact.pk} if contact else {}), actor=by_rule)
