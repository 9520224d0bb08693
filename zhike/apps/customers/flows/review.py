"""登记审核: what a customer must have before anybody lets it pass."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from zhike.apps.customers.objects.contact import Contact
from zhike.apps.customers.objects.registration_rule import RegistrationRule
from zhike.kernel.declare import Refused


def refuse_unfit(customer: Any, actor: Any) -> None:
    """Raises Refused for one's own registration, or for one without a contact."""
    if actor.pk is not None and actor.pk == customer.created_by_id:
        raise Refused("不能审核自己登记的客户")
    rule = RegistrationRule.in_force(timezone.localdate())
    if rule is not None and rule.needs_contact and not Contact._base_manager.filter(companies__customer=customer.pk).exists():
        raise Refused("还没有联系人，不能通过审核")
