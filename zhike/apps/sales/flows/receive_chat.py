"""在线咨询成为线索: a visitor who writes to us is a lead, and what was written stands in its follow-ups (V-22, T-68)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from zhike.apps.customers.objects.interaction import Interaction
from zhike.apps.sales.objects.lead import Lead
from zhike.features.inbound.offered import Opened, offer
from zhike.features.notify.tell import tell
from zhike.kernel.kinds import Kind
from zhike.kernel.reach import Actor
from zhike.kernel.writes import create, create_many

ASKED = ("name", "contact_name", "position", "phone", "email", "industry", "address", "priority", "intent", "needs", "source")


def begin(visitor: Mapping[str, str], receiver: Any, actor: Actor) -> Any:
    """A new lead of the receiver, with as much of what the visitor told as can be kept as what it claims to be."""
    kinds: dict[str, Any] = dict(Lead.kinds())
    known = {"contact_name": visitor.get("name", ""), "phone": visitor.get("phone", ""), "email": visitor.get("email", "")}
    fit = {name: text for name, text in known.items() if text and _fits(kinds[name], text)}
    name = visitor.get("company") or f"在线访客 {visitor.get('name') or timezone.localtime().strftime('%m-%d %H:%M')}"
    kept = {"owner": receiver.pk, "department": receiver.department_id}
    values = {**fit, "name": name, "source": "consultation"}
    lead = create(Lead, values, actor=actor, allow_duplicates=True, keep=kept, unfinished=True)
    tell([receiver.pk], f"在线咨询：{lead}", record=lead, actor=actor)
    return lead


def _fits(kind: Kind, text: str) -> bool:
    try:
        kind.parse(text)
    except ValueError:
        return False
    return True


def add(record: int, messages: Sequence[Mapping[str, Any]], actor: Actor) -> None:
    """One follow-up for what is new, line by line as it was written."""
    lead = Lead._base_manager.filter(pk=record).first()
    if lead is None:
        return
    lines = [f"{timezone.localtime(m['at']).strftime('%H:%M')} {m['from']}：{m['text']}" for m in messages]
    said = {"content": "\n".join(lines), "channel": "chat", "happened_at": messages[-1]["at"]}
    links = {"lead": lead.pk, "customer": lead.customer_id, "opportunity": lead.opportunity_id, "contact": lead.contact_id}
    create_many(Interaction, [said | links | {"owner": lead.owner_id, "department": lead.department_id}], actor=actor)


offer(Opened(collection="leads", fields=ASKED, begin=begin, add=add))
