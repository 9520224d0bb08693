"""What people do with a request: answer it, hand it on, bring in somebody else, take it back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhike.features.approval import deadlines, deciding
from zhike.features.approval.models import (
    CHOOSING,
    OPEN,
    PASSED_ON,
    PENDING,
    RETURNED,
    STANDING,
    WITHDRAWN,
    Request,
    Task,
)
from zhike.features.approval.times import stop_limit
from zhike.features.files.models import StoredFile
from zhike.features.notify.tell import tell
from zhike.kernel.errors import Invalid, NotFound, Problem, Refused
from zhike.kernel.kinds.text import storable
from zhike.org.objects.person import Person

LONGEST, MOST_FILES, MOST_PEOPLE, MOST_AT_ONCE = 2000, 20, 20, 200
AGAIN = timedelta(hours=1)
Data = dict[str, Any]


def identifies(given: Any) -> bool:
    """Whether this could be the id of anything there is."""
    return type(given) is int and 0 < given < 2**63


def answer(pk: int, deed: str, data: Data, actor: Any) -> Request:
    """One deed on one request. Raises NotFound, Refused, Invalid."""
    with transaction.atomic():
        request = Request.objects.select_for_update().filter(pk=pk).first()
        if request is None:
            raise NotFound("没有这个申请，或您无权办理")
        DEEDS[deed](request, data, actor)
    return request


def answer_many(ids: list[int], deed: str, data: Data, actor: Any) -> dict[str, Any]:
    """批量审批: the same answer to each; what cannot be answered is named with the reason."""
    done, refused = [], []
    for pk in ids:
        try:
            answer(pk, deed, dict(data), actor)
        except Problem as problem:
            refused.append({"id": pk, "reason": problem.message})
        else:
            done.append(pk)
    return {"done": done, "refused": refused}


def approve(request: Request, data: Data, actor: Any) -> None:
    task, opinion, files = turn(request, actor), said(data), attached(data, actor)
    nothing_else(data)
    deciding.agree(request, task, actor, opinion, files)


def disagree(request: Request, data: Data, actor: Any) -> None:
    task, opinion, files = turn(request, actor), said(data, needed=True), attached(data, actor)
    nothing_else(data)
    deciding.disagree(request, task, actor, opinion, files)


def give_back(request: Request, data: Data, actor: Any) -> None:
    """`to` is the place of a step already taken; without it the requester has it back."""
    free(request, actor)
    opinion, to = said(data, needed=True), data.pop("to", None)
    nothing_else(data)
    if to is not None and (type(to) is not int or not 0 <= to < request.position):
        raise Invalid.of({"to": "应为已经走过的一步"}, {"to": "退回到"})
    deciding.give_back(request, to, actor, opinion)


def delegate(request: Request, data: Data, actor: Any) -> None:
    """转办: somebody else answers instead."""
    task, opinion, to = free(request, actor), said(data), people(data, "person", request, actor, one=True)[0]
    nothing_else(data)
    step = request.step
    if to in step["people"]:
        raise Invalid.of({"person": "已经是这一步的审批人"}, {"person": "转给"})
    step["people"] = [to if pk == task.person_id else pk for pk in step["people"]]
    Task.objects.filter(pk=task.pk).update(state=PASSED_ON, decided_at=timezone.now())
    Task(request=request, step=step["key"], round=request.round, person_id=to).save(force_insert=True)
    deciding.note(request, actor, "delegate", opinion, people=[to])
    deciding.keep(request)
    deciding.call(request, [to], actor)


def add_signer(request: Request, data: Data, actor: Any) -> None:
    """加签: others must agree as well, before this step is answered or after it."""
    free(request, actor)
    opinion, more, where = said(data), people(data, "people", request, actor), data.pop("where", None)
    nothing_else(data)
    if where not in ("before", "after"):
        raise Invalid.of({"where": "应为 before 或 after"}, {"where": "加签位置"})
    key = max(step["key"] for step in request.route) + 1
    added = {"key": key, "name": "加签", "rule": "all", "people": more, "choose": False, "limit": None}
    deciding.note(request, actor, "add_signer", opinion, people=more, where=where)
    request.route = _with(request.route, request.position + (where == "after"), added)
    if where == "before":
        deciding.put_aside(request)
        stop_limit(request)
        deciding.begin(request, actor)
    else:
        deciding.keep(request)


def _with(route: list[Any], place: int, step: Data) -> list[Any]:
    return [*route[:place], step, *route[place:]]


def withdraw(request: Request, data: Data, actor: Any) -> None:
    """撤回: the requester does not want it any more."""
    hers(request, actor, (*STANDING, RETURNED))
    nothing_else(data)
    deciding.note(request, actor, "withdraw")
    deciding.end(request, WITHDRAWN)


def remind(request: Request, data: Data, actor: Any) -> None:
    """催办: at most once an hour."""
    hers(request, actor, (PENDING,))
    nothing_else(data)
    now = timezone.now()
    if request.reminded_at and now - request.reminded_at < AGAIN:
        raise Refused("一小时内已经催过一次")
    Request.objects.filter(pk=request.pk).update(reminded_at=now)
    deciding.note(request, actor, "remind")
    deciding.keep(request)
    deciding.call(request, deadlines.asked(request), actor)


def explain(request: Request, data: Data, actor: Any) -> None:
    """补充说明: the requester says why, with what proves it, while it is being decided; those asked hear of it (T-32)."""
    hers(request, actor, STANDING)
    opinion, files = said(data, needed=True), attached(data, actor)
    nothing_else(data)
    deciding.note(request, actor, "explain", opinion, files)
    deciding.keep(request)
    words = f"{actor.name}补充说明了申请：{request.policy_name}“{request.title}”"
    tell(deadlines.asked(request), words, record=deciding.place(request), actor=actor)


def choose(request: Request, data: Data, actor: Any) -> None:
    """自选: the requester names those of the step in hand."""
    hers(request, actor, (CHOOSING,))
    request.step["people"] = people(data, "people", request, actor)
    nothing_else(data)
    deciding.note(request, actor, "choose", people=request.step["people"])
    deciding.begin(request, actor)


DEEDS = {
    "approve": approve, "disagree": disagree, "return": give_back, "delegate": delegate, "add-signer": add_signer,
    "withdraw": withdraw, "remind": remind, "explain": explain, "choose": choose,
}  # fmt: skip


def turn(request: Request, actor: Any) -> Task:
    """The task of whoever asks. Raises NotFound for a stranger, Refused when it is not her turn."""
    hers = Task.objects.filter(request=request, person_id=actor.pk)
    found: Task | None = hers.filter(state=OPEN).first() if request.state == PENDING else None
    if found is None:
        raise Refused("现在不需要您审批，可能已经办结或被转办") if hers.exists() else NotFound("没有这个申请，或您无权办理")
    return found


def free(request: Request, actor: Any) -> Task:
    """The same, where more than yes or no may be answered. Raises Refused at a firm step (V-51)."""
    task = turn(request, actor)
    if request.step.get("firm"):
        raise Refused("这一步只能同意或不同意")
    return task


def hers(request: Request, actor: Any, states: tuple[str, ...]) -> None:
    if request.requester_id != actor.pk:
        raise NotFound("没有这个申请，或您无权办理")
    if request.state not in states:
        raise Refused("申请已经办结，不能再操作")


def said(data: Data, *, needed: bool = False) -> str:
    """The opinion. Raises Invalid."""
    try:
        text = storable(data.pop("opinion", None) or "").strip()
    except ValueError as error:
        raise Invalid.of({"opinion": str(error)}, {"opinion": "意见"}) from None
    if len(text) > LONGEST or (needed and not text):
        raise Invalid.of({"opinion": f"请写 1 到 {LONGEST} 个字"}, {"opinion": "意见"})
    return text


def attached(data: Data, actor: Any) -> list[Data]:
    """The files beside an opinion, which the actor has uploaded herself. Raises Invalid."""
    ids = data.pop("files", None) or []
    if not isinstance(ids, list) or len(ids) > MOST_FILES or not all(map(identifies, ids)):
        raise Invalid.of({"files": f"应为一组文件编号，最多 {MOST_FILES} 个"}, {"files": "附件"})
    found = {file.pk: file.as_json() for file in StoredFile.objects.filter(pk__in=ids, owner_id=actor.pk)}
    if missing := [i for i in ids if i not in found]:
        raise Invalid.of({"files": f"没有文件 {missing[0]}"}, {"files": "附件"})
    return [found[i] for i in ids]


def people(data: Data, name: str, request: Request, actor: Any, *, one: bool = False) -> list[int]:
    """Colleagues named in the body, neither the requester nor oneself. Raises Invalid."""
    given = data.pop(name, None)
    ids = [given] if one else given
    if not isinstance(ids, list) or not 0 < len(ids) <= MOST_PEOPLE or not all(map(identifies, ids)):
        raise Invalid.of({name: "请选择人员"}, {name: "人员"})
    wanted = set(ids) - {request.requester_id, actor.pk}
    if Person._base_manager.filter(pk__in=wanted, is_active=True).count() != len(set(ids)):
        raise Invalid.of({name: "没有这个人，或已停用，或就是您自己或申请人"}, {name: "人员"})
    return list(dict.fromkeys(ids))


def nothing_else(data: Data) -> None:
    if data:
        raise Invalid.of(dict.fromkeys(data, "没有这个字段"))
