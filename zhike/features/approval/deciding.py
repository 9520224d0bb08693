"""Deciding 办理: one step after another until everybody has agreed, or somebody has not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from zhike.features.approval import executing
from zhike.features.approval.definition import ANY, SEQUENCE
from zhike.features.approval.models import (
    AGREED,
    CHOOSING,
    DISAGREED,
    OPEN,
    PENDING,
    PUT_ASIDE,
    QUEUED,
    REFUSED,
    RETURNED,
    Request,
    Task,
)
from zhike.features.approval.people import here, superior
from zhike.features.approval.sealing import without_secrets
from zhike.features.approval.times import start_limit, stop_limit
from zhike.features.notify.tell import tell
from zhike.org.objects.person import Person, System

WAITING = (OPEN, QUEUED)


def begin(request: Request, actor: Any) -> None:
    """Ask those of the current step; a step with nothing left to ask is passed."""
    while request.position < len(request.route):
        step = request.step
        if step["choose"] and not step["people"]:
            request.state = CHOOSING
            keep(request)
            return
        _stand_in(request, step)
        if not step["people"]:
            give_back(request, None, System("approval"), f"“{step['name']}”这一步的审批人已经离职，请重新提交")
            return
        if _ask(request, step, actor):
            request.state = PENDING
            keep(request)
            start_limit(request, step)
            return
        request.position += 1
    executing.carry_out(request, actor)


def _stand_in(request: Request, step: dict[str, Any]) -> None:
    """Whoever has left since is answered for by her superior; without one there is one less to ask."""
    present = here(step["people"])
    if gone := [pk for pk in step["people"] if pk not in present]:
        instead = {pk: superior(pk, request.requester_id) for pk in gone}
        found = [instead.get(pk, pk) for pk in step["people"]]
        step["people"] = [pk for pk in dict.fromkeys(found) if pk]
        note(request, System("approval"), "replace", people=[pk for pk in instead.values() if pk])


def _ask(request: Request, step: dict[str, Any], actor: Any) -> bool:
    """Give everybody her task; whoever agreed in this round already is not asked twice."""
    signed = set(_tasks(request, step).filter(state=AGREED).values_list("person_id", flat=True))
    people = [pk for pk in step["people"] if pk not in signed]
    if not people or (signed and step["rule"] == ANY):
        return False
    first = people[:1] if step["rule"] == SEQUENCE else people
    made = [
        Task(request=request, step=step["key"], round=request.round, person_id=pk, state=OPEN if pk in first else QUEUED)
        for pk in people
    ]
    Task.objects.bulk_create(made)
    call(request, first, actor)
    return True


def agree(request: Request, task: Task, actor: Any, opinion: str = "", files: Any = ()) -> None:
    """同意: the step is over when its rule is met."""
    _settle(task, AGREED)
    _answer_for(request)
    note(request, actor, "approve", opinion, files)
    if not _goes_on(request):
        keep(request)
        return
    put_aside(request)
    stop_limit(request)
    request.position += 1
    begin(request, actor)


def _answer_for(request: Request) -> None:
    """Of somebody who was late and the superior asked beside her, one answer is enough."""
    beside, tasks = request.step.get("beside", []), _tasks(request, request.step)
    if not beside:
        return
    agreed = set(tasks.filter(state=AGREED).values_list("person_id", flat=True))
    answered = agreed | {late for late, head in beside if head in agreed}
    needed = {head for late, head in beside if late not in answered}
    spared = answered | {head for _, head in beside if head not in needed}
    tasks.filter(person__in=spared, state__in=WAITING).update(state=PUT_ASIDE)


def _goes_on(request: Request) -> bool:
    """Whether enough of this step have agreed; in a sequence the next one is asked."""
    step = request.step
    waiting = list(_tasks(request, step).filter(state__in=WAITING).order_by("pk"))
    if step["rule"] == SEQUENCE and waiting:
        Task.objects.filter(pk=waiting[0].pk).update(state=OPEN)
        call(request, [waiting[0].person_id], None)
    return step["rule"] == ANY or not waiting


def disagree(request: Request, task: Task | None, actor: Any, opinion: str = "", files: Any = ()) -> None:
    """不同意: one is enough to end the matter."""
    if task is not None:
        _settle(task, REFUSED)
    note(request, actor, "disagree", opinion, files)
    end(request, DISAGREED)
    tell([request.requester_id], f"您的申请未获同意：{request.policy_name}“{request.title}”", record=place(request), actor=actor)


def give_back(request: Request, to: int | None, actor: Any, opinion: str) -> None:
    """退回: to the requester, or to a step already taken, which is then taken again with all that follow it."""
    put_aside(request)
    stop_limit(request)
    note(request, actor, "return", opinion)
    request.round += 1
    if to is not None:
        request.position = to
        begin(request, actor)
        return
    end(request, RETURNED)
    tell([request.requester_id], f"您的申请被退回：{request.policy_name}“{request.title}”", record=place(request), actor=actor)


def end(request: Request, state: str) -> None:
    """Nobody is asked any more."""
    put_aside(request)
    stop_limit(request)
    request.state, request.finished_at, request.data = state, timezone.now(), without_secrets(request)
    keep(request)


def put_aside(request: Request) -> None:
    """What still waits is not asked for any more."""
    Task.objects.filter(request=request, state__in=WAITING).update(state=PUT_ASIDE)


def call(request: Request, people: Iterable[int], actor: Any) -> None:
    """Tell those whose turn it is."""
    who = Person._base_manager.only("name").get(pk=request.requester_id)
    tell(people, f"{who.name}的申请等待您审批：{request.policy_name}“{request.title}”", record=place(request), actor=actor or who)


def place(request: Request) -> Any:
    """Where a notification leads."""
    return request


def note(request: Request, actor: Any, deed: str, opinion: str = "", files: Any = (), **more: Any) -> None:
    """Write down who did what; kept with the request."""
    step = request.step["name"] if 0 <= request.position < len(request.route) else ""
    who = {"id": actor.pk, "label": getattr(actor, "name", "系统")}
    line = {"at": timezone.now().isoformat(), "actor": who, "deed": deed, "step": step, "opinion": opinion, "files": list(files)}
    request.log = [*request.log, line | more]


def keep(request: Request) -> None:
    request.save(update_fields=["position", "round", "state", "reason", "log", "route", "finished_at", "record", "data"])


def _settle(task: Task, state: str) -> None:
    Task.objects.filter(pk=task.pk).update(state=state, decided_at=timezone.now())


def _tasks(request: Request, step: dict[str, Any]) -> Any:
    return Task.objects.filter(request=request, step=step["key"], round=request.round)
