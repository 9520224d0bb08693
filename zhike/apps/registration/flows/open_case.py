"""立案: an appeal becomes a case before whoever leads both sides, with what each has on file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from zhike.apps.consequence import Consequence
from zhike.apps.customers.objects.customer import Customer
from zhike.apps.customers.objects.interaction import Interaction
from zhike.apps.customers.objects.registration_rule import RegistrationRule
from zhike.apps.registration.objects.arbitration import Arbitration
from zhike.apps.registration.rules import ARBITRATION
from zhike.apps.sales.objects.lead import Lead
from zhike.apps.sales.objects.opportunity import Opportunity
from zhike.features.clocks.marks import ACT, WARN, workdays
from zhike.features.clocks.running import kind, start, stop
from zhike.features.notify.tell import tell
from zhike.kernel.declare import Refused
from zhike.kernel.reach import Actor
from zhike.kernel.writes import create_many, put_many
from zhike.org.held_roles import in_post
from zhike.org.objects.department import Department
from zhike.org.objects.person import Person

DECISION = kind("arbitration", "仲裁期限")
LONGEST, MOST_MOMENTS, EARLY = 300, 200, 1
Moment = tuple[datetime, str, str, str]


def open_case(conflict: Any, actor: Actor) -> Any:
    """The case, with its clock running; its judge and the holder are told. Raises Refused when nobody holds it any more."""
    customer = Customer._base_manager.select_related("owner", "department").filter(pk=conflict.held_id).first()
    held = conflict.deal or customer
    if held is None or held.owner_id is None:
        raise Refused("先报备方已不再持有它，可以重新报备")
    by_rule = Consequence(actor)
    [case] = create_many(Arbitration, [_case(conflict, customer, held)], actor=by_rule)
    start(
        DECISION,
        [case],
        {WARN: workdays(max(int(ARBITRATION.on()) - EARLY, 0)), ACT: workdays(int(ARBITRATION.on()))},
        about="裁决",
    )
    tell([case.owner_id], f"撞单“{conflict.name}”等待您裁决", record=case, actor=by_rule)
    tell([held.owner_id], f"您的客户“{customer.name}”有同事申请仲裁", record=customer, actor=by_rule)
    return case


def _case(conflict: Any, customer: Any, held: Any) -> dict[str, Any]:
    judge, department = judge_between(held.department_id, conflict.department_id, {held.owner_id, conflict.owner_id})
    judge = _in_post({held.owner_id, conflict.owner_id}) or judge
    moments = sorted([*_of_holder(customer, conflict.deal), *_of_claimant(conflict, customer)])
    lines = [{"at": at, "side": side, "what": what[:LONGEST], "by": by} for at, side, what, by in moments[-MOST_MOMENTS:]]
    return {
        "name": conflict.name, "subject": conflict.subject, "conflict": conflict.pk, "reason": conflict.reason,
        "customer": customer.pk, "opportunity": conflict.deal_id, "holder": held.owner_id, "holder_team": held.department_id,
        "registered_at": conflict.registered_at, "claimant": conflict.owner_id, "claimant_team": conflict.department_id,
        "tried_at": conflict.tried_at, "grounds": conflict.grounds, "files": conflict.files, "evidence": lines,
        "owner": judge, "department": department,
    }  # fmt: skip


def judge_between(one: int | None, other: int | None, parties: set[int | None]) -> tuple[int | None, int | None]:
    """The head of the nearest department above both who is no party, and that department; the topmost one when there is none."""
    tree = {pk: (parent, head) for pk, parent, head in Department._base_manager.values_list("pk", "parent_id", "manager_id")}
    below, above = set(_upwards(other, tree)), _upwards(one, tree)
    shared = [d for d in above if d in below] or above[-1:]
    judging = (d for d in shared if tree[d][1] and tree[d][1] not in parties)
    found = next(judging, None)
    return (tree[found][1], found) if found else (None, shared[-1] if shared else None)


def _in_post(parties: set[int | None]) -> int | None:
    """Whoever holds the post that the rule names, if it names one."""
    rule = RegistrationRule.in_force(timezone.localdate())
    if rule is None or rule.arbiter_id is None:
        return None
    holders = Person._base_manager.filter(in_post(rule.arbiter_id), is_active=True).exclude(pk__in=parties)
    found: int | None = holders.order_by("pk").values_list("pk", flat=True).first()
    return found


def _upwards(department: int | None, tree: dict[int, tuple[int | None, int | None]]) -> list[int]:
    found: list[int] = []
    while department is not None and department in tree and department not in found:
        found.append(department)
        department = tree[department][0]
    return found


def _of_holder(customer: Any, deal: Any) -> Iterator[Moment]:
    """When the customer and its deals were registered, and what the owner and those beside her wrote."""
    yield _registered(customer, "holder", "登记客户")
    deals = Opportunity._base_manager.filter(customer=customer.pk).select_related("owner").order_by("pk")
    yield from (_registered(d, "holder", "登记销售机会") for d in deals[:MOST_MOMENTS])
    yield from _said(Interaction._base_manager.filter(customer=customer.pk, counts=True), "holder")


def _of_claimant(conflict: Any, customer: Any) -> Iterator[Moment]:
    """When she tried, the leads of hers that are the same company, and what she wrote about either."""
    yield (conflict.tried_at, "claimant", f"报备“{conflict.name}”被拦截，共 {conflict.tries} 次", str(conflict.owner or ""))
    hers = Lead._base_manager.filter(owner=conflict.owner_id, match_keys__overlap=list(customer.match_keys or []) or [""])
    leads = list(hers.select_related("owner").order_by("pk")[:MOST_MOMENTS])
    yield from ((lead.created_at, "claimant", f"登记线索“{lead.name}”", str(lead.owner)) for lead in leads)
    about = Q(lead__in=[lead.pk for lead in leads]) | Q(customer=customer.pk, counts=False)
    yield from _said(Interaction._base_manager.filter(about, owner=conflict.owner_id), "claimant")


def _registered(record: Any, side: str, what: str) -> Moment:
    at = record.registered_at or record.created_at
    exact = timezone.localtime(at).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
    return at, side, f"{what}“{record}”（{exact}）", str(record.owner or "")


def _said(rows: Any, side: str) -> Iterator[Moment]:
    labels = Interaction.channel.field.labels()
    for said in rows.select_related("owner").order_by("-happened_at")[:MOST_MOMENTS]:
        yield said.happened_at, side, f"{labels[said.channel]}：{said.summary}", str(said.owner or "")


def close_case(conflict: Any, actor: Actor) -> None:
    """The appeal is taken back, and its case with it."""
    rows = Arbitration.objects.filter(conflict=conflict.pk, state="open")
    cases = list(rows)
    stop(DECISION, cases)
    put_many(rows, "state", lambda case: "withdrawn", actor=Consequence(actor))
    concerned = [pk for case in cases for pk in (case.owner_id, case.holder_id)]
    tell(concerned, f"撞单“{conflict.name}”的仲裁申请已撤回", actor=actor)
