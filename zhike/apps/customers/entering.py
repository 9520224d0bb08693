"""录入分工: direct customers, agents and agents' customers are each entered by those whose work it is (V-15)."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from zhike.apps.customers.objects.customer import Customer
from zhike.apps.customers.objects.registration_rule import RegistrationRule
from zhike.kernel.errors import Refused
from zhike.kernel.guards import Intent, guard
from zhike.org.objects.person import System


@guard
def refuse_others_customers(intent: Intent) -> None:
    """Raise Refused for a customer of a kind that somebody's roles do not enter; kept to none is whoever no line speaks of."""
    if intent.model is not Customer or isinstance(intent.actor, System):
        return
    entered, rule = _entered(intent)
    said = _said(rule, intent.actor) if rule and entered else []
    may = {channel for channels in said for channel in channels}
    if said and any(customer.channel not in may for customer in entered):
        kind: Any = Customer.kinds()["channel"]
        labels = kind.labels()
        words = "、".join(labels[channel] for channel in labels if channel in may) or "商机"
        raise Refused(f"按录入分工，您只能录入{words}", {"channel": "不在您的录入分工内"})


def _entered(intent: Intent) -> tuple[list[Any], Any]:
    """Those that are new, or of another kind than before, and the rule they are entered under."""
    if intent.verb == "add":
        return intent.records, intent.records[0].entry_rule
    moved = [c for c in intent.records if intent.verb == "change" and "channel" in intent.changed[c.pk]]
    return moved, RegistrationRule.in_force(timezone.localdate()) if moved else None


def _said(rule: Any, actor: Any) -> list[Any]:
    roles = set(actor.role_ids)
    return [duty.channels for duty in rule.entries.all() if duty.role_id in roles]
