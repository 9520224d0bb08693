"""The same thing to many records: chosen by ids or by a filter, shown before it is done, as a job when there are many."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from zhike.api.approvals import asked_for
from zhike.api.idempotency import once
from zhike.api.json import body, respond
from zhike.api.records import counted_companions, going_along
from zhike.api.undo import undoable
from zhike.features.approval.many import ask_for_many
from zhike.features.approval.submitting import Deed
from zhike.features.jobs.run import Run, job, start
from zhike.features.undo.noting import noted
from zhike.kernel import writes
from zhike.kernel.errors import Invalid, NotFound
from zhike.kernel.guards import Held
from zhike.kernel.query.listing import Asked, selected
from zhike.kernel.registry import find
from zhike.kernel.writes.one import permit

AT_ONCE, MOST_IDS = 1000, 10_000
DEEDS = {"set": "change", "tag": "change", "delete": "delete", "transfer": "transfer"}
KEYS = {"ids", "filter", "q", "action", "input", "along", "dry_run", *DEEDS}


def bulk(actor: Any, request: HttpRequest, collection: str) -> HttpResponse:
    """Change, hand over, delete or act on many records. Raises Invalid, Forbidden."""
    model, data = find(collection), body(request)
    verb = _verb(model, data)
    permit(model, verb, actor)
    rows = chosen(model, data, verb, actor)
    if data.get("dry_run"):
        return respond(foreseen(model, data, actor, rows.count()))
    return once(actor, request, lambda: begun(model, data, verb, rows, actor))


def begun(model: Any, data: dict[str, Any], verb: str, rows: Any, actor: Any) -> HttpResponse:
    """It is done, or queued, or waits until somebody has agreed to so much at once (E-24)."""
    try:
        ask_for_many(rows, verb, actor, touched(data))
    except Held as held:
        ids = list(rows.order_by("pk").values_list("pk", flat=True))  # these and no others, whatever the filter finds later
        deed = {"ids": ids} | {name: value for name, value in data.items() if name not in ("ids", "filter", "q")}
        return asked_for(held, Deed(collection=model.spec.collection, verb=verb, data=deed, options={"many": len(ids)}), actor)
    count = rows.count()
    if count > AT_ONCE:
        label = f"批量处理{model.spec.label} {count} 条"
        arguments = {"collection": model.spec.collection, "data": data}
        return respond(start("bulk", label, arguments, actor=actor).as_json(), 202)
    return undoable(lambda: respond({"count": count, **carry_out(model, data, actor)}))


def touched(data: dict[str, Any]) -> list[str] | None:
    """The fields a bulk change names; None where it concerns the records as a whole."""
    if "set" in data:
        return list(data["set"]) if isinstance(data["set"], dict) else []
    return [_words(data["tag"])[0]] if "tag" in data else None


def foreseen(model: Any, data: dict[str, Any], actor: Any, count: int) -> dict[str, Any]:
    """预演: what would be left alone and why, found by doing it and taking it all back; of many, only how many."""
    told: dict[str, Any] = {"count": count, "done": 0, "same": 0, "refused": []}
    if "transfer" in data:
        told["along"] = counted_companions(chosen(model, data, "transfer", actor), actor)
    if count <= AT_ONCE:
        with transaction.atomic():
            told |= carry_out(model, data, actor) | {"done": 0}
            transaction.set_rollback(True)
    return told


@job("bulk")
def bulk_job(run: Run, collection: str, data: dict[str, Any]) -> dict[str, Any]:
    """The same in a worker."""
    with noted() as changesets:
        done = carry_out(find(collection), data, run.actor)
    return done | ({"changeset": changesets[0]} if changesets else {})


def carry_out(model: Any, data: dict[str, Any], actor: Any) -> dict[str, Any]:
    """Do it to everything chosen and say to how many, how many were so already, and what was left alone and why."""
    rows = chosen(model, data, _verb(model, data), actor)
    outcome = _outcome(rows, data, actor)
    return {"done": len(outcome.done), "same": len(outcome.same), "refused": outcome.left(model)}


def _outcome(rows: Any, data: dict[str, Any], actor: Any) -> writes.Outcome:
    if "set" in data:
        return writes.update_many(rows, data["set"], actor=actor)
    if "tag" in data:
        return writes.tag_many(rows, *_words(data["tag"]), actor=actor)
    if "transfer" in data:
        return writes.transfer_many_with(rows, _recipient(data["transfer"]), going_along(dict(data)), actor=actor)
    if "action" in data:
        return writes.act_many(rows, data["action"], data.get("input") or {}, actor=actor)
    return writes.delete_free(rows, actor=actor)


def chosen(model: Any, data: dict[str, Any], verb: str, actor: Any) -> Any:
    """The records meant, as far as the actor may see them and do this to them."""
    rows = model.objects.visible_to(actor).filter(pk__in=model.objects.visible_to(actor, verb).values("pk"))
    if "ids" in data:
        return rows.filter(pk__in=_ids(data["ids"]))
    words = data.get("q") or ""
    if not isinstance(words, str):
        raise Invalid.of({"q": "应为文字"})
    return rows.filter(pk__in=selected(model, Asked(filter=data["filter"], words=words), actor).order_by().values("pk"))


def _verb(model: Any, data: dict[str, Any]) -> str:
    """What is to be done. Raises Invalid unless it is exactly one thing to one choice of records."""
    deeds = [d for d in (*DEEDS, "action") if d in data]
    alone = "along" in data and "transfer" not in data
    if set(data) - KEYS or len(deeds) != 1 or alone or ("ids" in data) == ("filter" in data):
        raise Invalid("批量操作需要 ids 或 filter 之一，以及 set、tag、action、delete、transfer 之一", {"bulk": "格式不正确"})
    if deeds == ["delete"] and data["delete"] is not True:
        raise Invalid.of({"delete": "应为 true"})
    if deeds != ["action"]:
        return DEEDS[deeds[0]]
    action = model.actions().get(data["action"]) if isinstance(data["action"], str) else None
    if action is None or not action.bulk:
        raise NotFound("没有这个批量操作")
    return str(action.name)


def _ids(ids: Any) -> list[int]:
    whole = isinstance(ids, list) and all(isinstance(i, int) and not isinstance(i, bool) and 0 < i < 2**63 for i in ids)
    if not whole or len(ids) > MOST_IDS:
        raise Invalid.of({"ids": f"应为一组记录编号，最多 {MOST_IDS} 个"})
    return list(ids)


def _recipient(pk: Any) -> Any:
    from zhike.org.objects.person import Person

    whole = isinstance(pk, int) and not isinstance(pk, bool) and 0 < pk < 2**63
    found = Person.objects.filter(pk=pk, is_active=True).first() if whole else None
    if found is None or found.gone:
        raise Invalid.of({"transfer": "没有这个人，或已停用"}, {"transfer": "接收人"})
    return found


def _words(tag: Any) -> tuple[str, list[Any], list[Any]]:
    """The field of words, those to add and those to take away. Raises Invalid."""
    known = isinstance(tag, dict) and isinstance(tag.get("field"), str) and not set(tag) - {"field", "add", "remove"}
    added, taken = (tag.get("add", []), tag.get("remove", [])) if known else (None, None)
    if not isinstance(added, list) or not isinstance(taken, list) or not [*added, *taken]:
        raise Invalid.of({"tag": "应为 {field, add: […], remove: […]}"})
    return tag["field"], added, taken
