"""演示中的申请: what people of the story ask for and others must agree to; it waits in their inboxes as in any company."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from zhike.features.approval.answering import answer
from zhike.features.approval.submitting import Deed, submit
from zhike.features.approval.telling import tell
from zhike.features.notify.telling import date_back, last_heard
from zhike.kernel.guards import Held
from zhike.kernel.writes import act, update
from zhike.org.objects.person import Person

CHANGE = "change"
Answer = tuple[int, datetime, str]
"""Who agreed to it, when, and with what opinion."""


@dataclass(frozen=True)
class Asked:
    """A deed of somebody in the story, done as she does it: with her rights, and held back where a policy says so.

    Arguments:
        verb: an action, or `change`.
        agreed: those who have agreed by now, in the order in which they were asked.
    """

    verb: str
    by: int
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    agreed: tuple[Answer, ...] = ()


def ask(record: Any, asked: Asked, acting: Mapping[int, Person]) -> None:
    """Do it, or leave it with those who must agree. Raises what the deed raises. `acting` are those of the story by their ids."""
    person, data, heard = acting[asked.by], dict(asked.data), last_heard()
    try:
        with transaction.atomic():
            if asked.verb == CHANGE:
                update(record, data, actor=person)
            else:
                act(record, asked.verb, data, actor=person)
    except Held as held:
        request = submit(
            held, Deed(collection=record.spec.collection, verb=asked.verb, record=record.pk, data=data), actor=person
        )
        heard = date_back(heard, asked.at)
        for who, at, opinion in asked.agreed:
            request = answer(request.pk, "approve", {"opinion": opinion}, acting[who])
            heard = date_back(heard, at)
        tell(request, [asked.at, *(at for _, at, _ in asked.agreed)])
