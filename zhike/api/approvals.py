"""审批 over HTTP: the inbox, the answers, and what a policy would have done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from zhike.api.asked import number
from zhike.api.json import body, respond, respond_or_accept
from zhike.features.approval.answering import DEEDS, MOST_AT_ONCE, answer, answer_many, identifies
from zhike.features.approval.definition import read_text
from zhike.features.approval.inbox import Wanted, inbox, one, shown
from zhike.features.approval.simulating import SIMULATION
from zhike.features.approval.submitting import Deed, submit
from zhike.features.jobs.trying import attempt
from zhike.kernel.errors import Invalid, NotFound
from zhike.kernel.guards import Held
from zhike.kernel.registry import find
from zhike.kernel.writes.one import permit

ACCEPTED = 202


def held_back(actor: Any, deed: Deed, done: Callable[[], HttpResponse]) -> HttpResponse:
    """Do it, or answer 202 with the request that waits for somebody's agreement."""
    try:
        return done()
    except Held as held:
        return asked_for(held, deed, actor)


def asked_for(held: Held, deed: Deed, actor: Any) -> HttpResponse:
    """The request that what was held back has become. Raises Refused."""
    return respond({"approval": shown([submit(held, deed, actor=actor)], actor)[0]}, ACCEPTED)


def index(actor: Any, request: HttpRequest) -> HttpResponse:
    """`mine` = todo (what waits for me), sent, done; or those about a `collection` and `record`."""
    given = request.GET
    wanted = Wanted(
        mine=given.get("mine", "todo"), collection=given.get("collection", ""), record=number(given, "record", 0),
        after=number(given, "after", 0),
    )  # fmt: skip
    return respond(inbox(wanted, actor))


def read(actor: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """One request with its steps and what everybody said."""
    return respond(one(pk, actor))


def decide(actor: Any, request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """approve, disagree, return, delegate, add-signer, withdraw, remind, explain, choose."""
    if deed not in DEEDS:
        raise NotFound("没有这个操作")
    answer(pk, deed, body(request), actor)
    return respond(one(pk, actor))


def batch(actor: Any, request: HttpRequest) -> HttpResponse:
    """The same answer to many: {"ids", "deed": "approve" | "disagree", "opinion"}."""
    data = body(request)
    ids, deed = data.pop("ids", None), data.pop("deed", None)
    if not isinstance(ids, list) or not 0 < len(ids) <= MOST_AT_ONCE or not all(map(identifies, ids)):
        raise Invalid.of({"ids": f"应为一组编号，最多 {MOST_AT_ONCE} 个"})
    if deed not in ("approve", "disagree"):
        raise Invalid.of({"deed": "应为 approve 或 disagree"})
    return respond(answer_many(ids, deed, data, actor))


def simulation(actor: Any, request: HttpRequest) -> HttpResponse:
    """What a policy, saved or not, would have held back: {"collection", "verb", "definition", "period"}.

    Over many records as a job.
    """
    permit(find("approval-policies"), "change", actor)
    data = body(request)
    if set(data) - {"collection", "verb", "definition", "period"}:
        raise Invalid.of(dict.fromkeys(sorted(set(data) - {"collection", "verb", "definition", "period"}), "没有这个字段"))
    collection, verb, given = data.get("collection"), data.get("verb"), data.get("definition")
    if not isinstance(collection, str) or not isinstance(verb, str):
        raise Invalid.of({"collection": "应为对象的名称"}, {"collection": "对象"})
    model = find(collection)
    rules = given if isinstance(given, dict) else read_text(given if isinstance(given, str) else "")
    asked: dict[str, Any] = {"collection": collection, "verb": verb, "given": rules, "period": data.get("period")}
    return respond_or_accept(attempt(SIMULATION, model, asked, label=f"模拟审批规则：{model.spec.label}", actor=actor))
