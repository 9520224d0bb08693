"""拦截留痕: whoever tries to register what another holds is noted with how often, and the holder hears of it (V-42)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from zhike.apps.consequence import Consequence
from zhike.apps.registration.objects.registration_conflict import RegistrationConflict
from zhike.features.notify.tell import tell
from zhike.kernel.reach import Actor
from zhike.kernel.writes import create_many, restore_many
from zhike.kernel.writes.mirror import mirror

PENDING = ("stopped", "appealed")


@dataclass(frozen=True)
class Attempt:
    """What somebody tried to register, and who had it."""

    name: str
    subject: str
    holding: Any


@transaction.atomic
def note_attempt(attempt: Attempt, actor: Actor) -> dict[str, Any]:
    """Write it down after the registration itself has been taken back; returns where she may go on from."""
    by_rule, held = Consequence(actor), attempt.holding
    same = {"owner": actor.pk, "held": held.customer, "deal": held.deal, "state__in": PENDING}
    standing = RegistrationConflict._base_manager.filter(**same)
    conflict = standing.select_for_update(of=("self",)).first()
    if conflict is None:
        [conflict] = create_many(RegistrationConflict, [_row(attempt)], actor=by_rule)
        conflict.held_id, conflict.deal_id = held.customer, held.deal
        restore_many(RegistrationConflict, [conflict], ["held", "deal"], actor=by_rule, verb="change")
        words = f"有同事以“{attempt.name}”再次报备您的客户，已按先录先得拦截"
        tell([held.owner], words, actor=by_rule)
    else:
        mirror(standing, {"tries": F("tries") + 1, "tried_at": timezone.now()}, actor=by_rule)
    collection = RegistrationConflict.spec.collection
    return {"leads_to": {"collection": collection, "id": conflict.pk, "label": conflict.number}}


def _row(attempt: Attempt) -> dict[str, Any]:
    held = attempt.holding
    return {
        "name": attempt.name, "subject": attempt.subject, "reason": held.reason, "team": held.department,
        "registered_at": held.at, "tried_at": timezone.now(),
    }  # fmt: skip
