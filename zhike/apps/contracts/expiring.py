"""合同到期: what ends on a day is among what is about to run out, said in time and once more when it is over."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from zhike.apps.contracts.objects.contract import Contract
from zhike.apps.contracts.rules import EXPIRY_WARNING
from zhike.features.clocks.marks import ACT, WARN, days
from zhike.features.clocks.models import Clock
from zhike.features.clocks.running import Marks, Struck, kind, start, stop
from zhike.features.notify.tell import tell_each
from zhike.kernel.events import Changed, ChangedMany, Written, on, on_written
from zhike.org.objects.department import Department

EXPIRY = kind("contract_expiry", "合同到期")
AT_ONCE = 2000


def keep_time(contracts: list[Any]) -> None:
    """Those in force that end on a day to come have their clock, the others none."""
    today = timezone.localdate()
    ending = [c for c in contracts if c.state == "signed" and c.expires_on and c.expires_on >= today]
    others = [c for c in contracts if c not in ending]
    if others:
        stop(EXPIRY, others)
    early = int(EXPIRY_WARNING.on(today)) if ending else 0

    def marks(contract: Any) -> Marks:
        left = (contract.expires_on - today).days
        return {WARN: days(left - early), ACT: days(left)} if left > early else {ACT: days(left)}

    if ending:
        start(EXPIRY, ending, marks, about="续签、变更或收尾")


def keep_missing_time() -> int:
    """Contracts without a clock, as after an upgrade; says how many there were."""
    timed, total, last = Clock.objects.filter(kind=EXPIRY, collection=Contract.spec.collection, record=OuterRef("pk")), 0, 0
    rows = Contract._base_manager.filter(~Exists(timed), state="signed", expires_on__gte=timezone.localdate()).order_by("pk")
    while chunk := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        keep_time(chunk)
        total, last = total + len(chunk), chunk[-1].pk
    return total


@on_written
def in_force_or_not(event: Written) -> None:
    """Contracts were brought in as signed, signed, or came to their end."""
    if event.model is Contract and event.verb in ("sign", "fulfil", "terminate"):
        keep_time(event.records)
    elif event.model is Contract and event.verb == "add":
        keep_time([contract for contract in event.records if contract.state == "signed"])


@on(Changed)
def another_day(event: Changed) -> None:
    """One contract lasts longer, or less long."""
    if isinstance(event.record, Contract) and event.verb == "change" and event.before["expires_on"] != event.after["expires_on"]:
        keep_time([event.record])


@on(ChangedMany)
def another_day_for_many(event: ChangedMany) -> None:
    if event.model is Contract and event.verb == "change" and "expires_on" in event.fields:
        keep_time(event.records)


@on(Struck)
def ends(event: Struck) -> None:
    """Whoever looks after it hears in time; when it is over, the head of her department does, too."""
    if event.kind != EXPIRY:
        return
    rows = Contract._base_manager.filter(pk__in=[c.record for c in event.clocks], state="signed").order_by("pk")
    contracts = list(rows.only("name", "owner", "department", "expires_on"))
    heads: dict[int, int | None] = {}
    if event.mark == ACT:
        homes = {contract.department_id for contract in contracts}
        heads = dict(Department._base_manager.filter(pk__in=homes).values_list("pk", "manager_id"))
    words = [(c, _said(c, over=event.mark == ACT), {c.owner_id, heads.get(c.department_id)}) for c in contracts]
    tell_each(((p, text, c) for c, text, people in words for p in people), quoting=("expires_on",), actor=event.actor)


def _said(contract: Any, *, over: bool) -> str:
    if over:
        return f"合同“{contract.name}”已于 {contract.expires_on} 到期"
    return f"合同“{contract.name}”将于 {contract.expires_on} 到期，请准备续签或收尾"
