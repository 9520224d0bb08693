"""裁决: the customer stays, moves, or is shared; what both sides may do with it follows at once, and both hear of it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from zhike.apps.consequence import Consequence
from zhike.apps.registration.objects.arbitration import HUNDRED, OUTCOMES
from zhike.apps.registration.objects.registration_conflict import RegistrationConflict
from zhike.features.clocks.running import stop
from zhike.features.notify.tell import tell
from zhike.kernel import related
from zhike.kernel.declare import Invalid, Refused
from zhike.kernel.reach import Actor
from zhike.kernel.writes import put_many, transfer_with, update
from zhike.kernel.writes.mirror import mirror
from zhike.org.objects.person import Person

LABELS = {"outcome": "裁决结果", "holder_percent": "先报备方分成(%)"}


def decide_case(case: Any, data: Any, actor: Actor) -> None:
    """Raises Refused for a party of the case, or when the matter has moved meanwhile; Invalid for what does not go together."""
    if actor.pk in (case.holder_id, case.claimant_id):
        raise Refused("当事人不能裁决自己的案件")
    if data.principle == "first_come" and data.outcome != "holder":
        raise Invalid.of({"outcome": "先录先得只能维持先报备方；要转给或共享，请按最有利签约裁决"}, LABELS)
    if (data.outcome == "shared") is not (data.holder_percent is not None):
        reason = "共同跟进时必填" if data.outcome == "shared" else "只在共同跟进时填写"
        raise Invalid.of({"holder_percent": reason}, LABELS)
    subject = case.opportunity or case.customer
    if subject is None or subject.owner_id != case.holder_id:
        raise Refused("先报备方已不再持有它，请撤销案件")
    _write_down(case, data, actor)
    _carry_out(case, subject, Consequence(actor))
    _tell(case, actor)


def _write_down(case: Any, data: Any, actor: Actor) -> None:
    holder = {"holder": HUNDRED, "claimant": HUNDRED - HUNDRED, "shared": data.holder_percent}[data.outcome]
    case.principle, case.outcome, case.opinion = data.principle, data.outcome, data.opinion
    case.holder_percent, case.claimant_percent = holder, HUNDRED - holder
    case.decided_by_id, case.decided_at = actor.pk, timezone.now()


def _carry_out(case: Any, subject: Any, by_rule: Actor) -> None:
    model = type(subject)
    if case.outcome == "claimant":
        along = [key for key, listed in related.lists(model, by_rule) if listed.along]
        transfer_with(subject, Person._base_manager.get(pk=case.claimant_id), along, actor=by_rule)
    elif case.outcome == "shared":
        beside = [*case.customer.collaborators.values_list("pk", flat=True), case.claimant_id]
        update(case.customer, {"collaborators": list(dict.fromkeys(beside))}, actor=by_rule)
    _settle(case, by_rule)


def _settle(case: Any, by_rule: Actor) -> None:
    """What the claimant may know of it stands in her own record."""
    rows = RegistrationConflict.objects.filter(pk=case.conflict_id)
    put_many(rows, "state", lambda conflict: "settled", actor=by_rule)
    shares = f"，您占 {case.claimant_percent.normalize():f}%" if case.outcome == "shared" else ""
    mirror(rows, {"outcome": f"{OUTCOMES[case.outcome].label}{shares}", "settled_at": case.decided_at}, actor=by_rule)


def _tell(case: Any, actor: Actor) -> None:
    words = f"“{case.name}”的撞单仲裁结果：{OUTCOMES[case.outcome].label}"
    stop("arbitration", [case])
    tell([case.holder_id], words, record=case.customer, actor=actor)
    tell([case.claimant_id], words, record=case.conflict, actor=actor)


def drop_case(case: Any, actor: Actor) -> None:
    """The case is over without a decision; the appeal stands as taken back."""
    stop("arbitration", [case])
    by_rule = Consequence(actor)
    pending = RegistrationConflict.objects.filter(pk=case.conflict_id, state="appealed")
    put_many(pending, "state", lambda conflict: "withdrawn", actor=by_rule)
