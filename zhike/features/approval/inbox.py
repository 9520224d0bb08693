"""审批箱: what waits for me, what I asked for, what I answered; and all there is to know about one request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q

from zhike.features.approval.facts import facts_of
from zhike.features.approval.models import OPEN, PENDING, QUEUED, RETURNED, STANDING, Request, Task
from zhike.features.approval.times import STEP
from zhike.features.clocks.models import OPEN as RUNNING
from zhike.features.clocks.models import Clock
from zhike.kernel.errors import Invalid, NotFound
from zhike.kernel.kinds.masks import WHOLE
from zhike.kernel.reach import Actor, Reach
from zhike.kernel.record import kept_in
from zhike.kernel.registry import find, objects
from zhike.kernel.sight import Sight, rules
from zhike.org.granting import VERBS
from zhike.org.objects.person import Person
from zhike.words.catalogue import side_by_side, word
from zhike.words.speaking import english

PAGE = 50
SHORT = 2
"""Characters of a word in Chinese."""
MINE = ("todo", "sent", "done")
Json = dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """Which requests: `mine` is todo, sent or done; otherwise those about one record the actor may open."""

    mine: str = "todo"
    collection: str = ""
    record: int = 0
    after: int = 0


def inbox(wanted: Wanted, actor: Actor) -> Json:
    """One page, newest first; what waits for the actor longest first. Raises Invalid, NotFound."""
    rows = about(wanted.collection, wanted.record, actor) if wanted.collection else _mine(wanted.mine, actor)
    if wanted.after:
        rows = rows.filter(pk__gt=wanted.after) if wanted.mine == "todo" else rows.filter(pk__lt=wanted.after)
    found = list(rows.select_related("requester")[: PAGE + 1])
    following = found[PAGE - 1].pk if len(found) > PAGE else None
    return {"rows": shown(found[:PAGE], actor), "next": following, "waiting": waiting(actor)}


def waiting(actor: Actor) -> int:
    """How many wait for the actor."""
    return Task.objects.filter(person_id=actor.pk, state=OPEN).count()


def covered(actor: Actor) -> Q:
    """The requests about objects that a mandate (代理, a token) is for; without a mandate, all."""
    if not getattr(actor, "mandate", None):
        return Q()
    return Q(collection__in=[name for name, model in objects().items() if actor.reach("view", model) is not Reach.NONE])


def _mine(which: str, actor: Actor) -> Any:
    if which == "sent":
        return Request.objects.filter(covered(actor), requester_id=actor.pk).order_by("-pk")
    tasks = Task.objects.filter(request=OuterRef("pk"), person_id=actor.pk)
    if which == "todo":
        return Request.objects.filter(covered(actor), Exists(tasks.filter(state=OPEN)), state=PENDING).order_by("pk")
    if which == "done":
        return Request.objects.filter(covered(actor), Exists(tasks.exclude(state__in=(OPEN, QUEUED)))).order_by("-pk")
    raise Invalid.of({"mine": f"应为 {'、'.join(MINE)} 之一"})


def about(collection: str, record: int, actor: Actor) -> Any:
    """The requests about a record. Raises NotFound when the actor may not open it."""
    if not find(collection).objects.visible_to(actor).filter(pk=record).exists():
        raise NotFound()
    return Request.objects.filter(collection=collection, record=record).order_by("-pk")


def one(pk: int, actor: Actor) -> Json:
    """Everything about one request. Raises NotFound."""
    request = Request.objects.select_related("requester").filter(covered(actor), pk=pk).first()
    if request is None or not _may_open(request, actor):
        raise NotFound("没有这个申请，或您无权查看")
    return shown([request], actor)[0] | {"log": request.log, "steps": _steps(request)}


def _may_open(request: Request, actor: Actor) -> bool:
    """The requester, whoever has or had a part in it, those who may open its record, and those who keep the policies."""
    if actor.pk == request.requester_id or Task.objects.filter(request=request, person_id=actor.pk).exists():
        return True
    if actor.reach("change", objects()["approval-policies"]) is Reach.ALL:
        return True
    model = objects().get(request.collection)
    rows = model.objects.visible_to(actor) if model and request.record else None
    return rows is not None and bool(rows.filter(pk=request.record).exists())


def shown(requests: list[Request], actor: Actor) -> list[Json]:
    """As the browser shows them in a list; a fixed number of queries."""
    ids = [r.pk for r in requests]
    open_tasks = list(Task.objects.filter(request__in=ids, state=OPEN).order_by("pk").values_list("request_id", "person_id"))
    names = _names(pk for _, pk in open_tasks)
    clocks = Clock.objects.filter(kind=STEP, collection="approvals", record__in=ids, state__in=RUNNING)
    due = dict(clocks.values_list("record", "due_at"))
    told = facts_of(requests, actor)
    return [
        _as_json(r, [pk for of, pk in open_tasks if of == r.pk], names, due.get(r.pk), actor) | {"facts": told.get(r.pk, [])}
        for r in requests
    ]


def _as_json(request: Request, asked: list[int], names: dict[int, str], due: Any, actor: Actor) -> Json:
    model = objects().get(request.collection)
    step = request.route[request.position] if request.position < len(request.route) else None
    return {
        "id": request.pk, "policy": request.policy_name, "policy_version": request.policy_version,
        "collection": request.collection, "object": word(model.spec.label) if model else request.collection,
        "record": request.record, "title": request.title, "verb": request.verb, "deed": word(deed(model, request.verb)),
        "what": what(deed(model, request.verb), model.spec.label if model else ""),
        "changes": [c | {"label": word(c["label"])} for c in _told(request, model, actor)],
        "state": request.state, "reason": request.reason,
        "requester": {"id": request.requester_id, "label": request.requester.name},
        "created_at": request.created_at.isoformat(), "due_at": due.isoformat() if due else None,
        "finished_at": request.finished_at.isoformat() if request.finished_at else None,
        "step": step["name"] if step and request.state in STANDING else None,
        "asked": [{"id": pk, "label": names[pk]} for pk in asked],
        "may": _may(request, asked, actor),
    }  # fmt: skip


def _told(request: Request, model: Any, actor: Actor) -> list[Json]:
    """What the deed would change, as far as the fields are there for the actor; whoever asked for it has typed it.

    Of what may not leave the house as it stands, whoever is outside is told that it waits and no more (V-44).
    """
    if model and kept_in(model, actor, "view"):
        return []
    said = rules(model, actor) if model and actor.pk != request.requester_id else {}
    whole = [c for c in request.changes if said.get(c["field"]) is not Sight.HIDDEN]
    parts = {name.partition(".")[0] for name, sight in said.items() if "." in name and sight is Sight.HIDDEN}
    closed = parts | {name for name, sight in said.items() if sight is Sight.MASKED}
    return [c | {side: WHOLE(c[side]) for side in ("old", "new")} if c["field"] in closed else c for c in whole]


def _may(request: Request, asked: list[int], actor: Actor) -> list[str]:
    """What the actor may do with it now."""
    firm = bool(asked) and request.step.get("firm", False)
    more = [] if firm else ["return", "delegate", "add-signer"]
    answers = ["approve", "disagree", *more] if actor.pk in asked else []
    if actor.pk != request.requester_id:
        return answers
    own = {"pending": ["explain", "withdraw", "remind"], "choosing": ["choose", "explain", "withdraw"], RETURNED: ["withdraw"]}
    return answers + own.get(request.state, [])


def deed(model: Any, verb: str) -> str:
    """What people call the deed."""
    action = model.actions().get(verb) if model else None
    return action.label if action else VERBS.get(verb, verb)


def what(done: str, label: str) -> str:
    """The deed with what it is done to: 修改客户, 销售机会赢单; one that names it stands alone: 提交报销."""
    if len(done) > SHORT and done[-SHORT:] in label:
        return word(done)
    plain = english() or done in VERBS.values()
    return side_by_side(done, label) if plain else side_by_side(label, done)


def _steps(request: Request) -> list[Json]:
    """The whole route with how far it has come."""
    tasks = list(request.duties.filter(round=request.round).order_by("pk"))
    names = _names([*(t.person_id for t in tasks), *(pk for step in request.route for pk in step["people"])])
    return [
        {
            "place": place, "name": step["name"], "rule": step["rule"], "limit": step["limit"],
            "now": place == request.position and request.state in STANDING, "choose": step["choose"],
            "people": [{"id": pk, "label": names[pk], "state": _answered(tasks, step["key"], pk)} for pk in step["people"]],
        }
        for place, step in enumerate(request.route)
    ]  # fmt: skip


def _answered(tasks: list[Task], key: int, person: int) -> str:
    return next((t.state for t in reversed(tasks) if t.step == key and t.person_id == person), "")


def _names(ids: Iterable[int]) -> dict[int, str]:
    return dict(Person._base_manager.filter(pk__in=set(ids)).values_list("pk", "name"))
