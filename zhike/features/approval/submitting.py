"""Submitting 提交: what was held back becomes a request that waits with its input frozen."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.db import IntegrityError, transaction

from zhike.features.approval import deciding
from zhike.features.approval.changes import answers
from zhike.features.approval.models import RETURNED, WITHDRAWN, Request
from zhike.features.approval.sealing import sealed
from zhike.kernel.errors import Refused
from zhike.kernel.guards import Held
from zhike.kernel.registry import find


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What somebody asked for: the call as it came, to be carried out word for word later.

    Arguments:
        options: what else the call said (`allow_duplicates`, `owner`, `along`).
    """

    collection: str
    verb: str
    record: int | None = None
    data: dict[str, Any] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)

    def key(self, requester: int) -> str:
        """What is asked for only once at a time: the deed on its record, or this very creation by this person."""
        if self.record is not None:
            return f"{self.collection}:{self.record}:{self.verb}"
        written = orjson.dumps(self.data, option=orjson.OPT_SORT_KEYS, default=str)
        return f"{self.collection}:{self.verb}:{requester}:{hashlib.sha256(written).hexdigest()}"


def submit(held: Held, deed: Deed, *, actor: Any) -> Request:
    """Keep the deed and ask those of the first step. Raises Refused when the same is being asked already."""
    plan = held.plan
    if plan is None:
        raise held
    model = find(deed.collection)
    request = Request(
        policy=plan.policy.pk, policy_name=plan.policy.name, policy_version=plan.policy.version, collection=deed.collection,
        record=deed.record, title=plan.title, verb=deed.verb, key=deed.key(actor.pk),
        data=sealed(deed.collection, deed.verb, deed.data), options=deed.options,
        changes=[*answers(model.actions().get(deed.verb), deed.data), *plan.changes],
        base=plan.base if held.intent.model is model else {}, definition=plan.policy.given, applied=plan.applied,
        route=plan.route, requester_id=actor.pk, department_id=plan.department,
    )  # fmt: skip
    with transaction.atomic():
        _replace_returned(request)
        _store(request)
        deciding.note(request, actor, "submit")
        deciding.begin(request, actor)
    return request


def _replace_returned(request: Request) -> None:
    """What was returned to the requester is settled when she asks anew."""
    returned = Request.objects.filter(key=request.key, requester_id=request.requester_id, state=RETURNED)
    returned.update(state=WITHDRAWN)


def _store(request: Request) -> None:
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError:
        raise Refused("同样的申请正在审批中，不必重复提交") from None
