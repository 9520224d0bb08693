"""Carrying out 执行: when the last one has agreed, the deed is done as it was asked for, in the requester's name."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from zhike.features.approval.changes import kept
from zhike.features.approval.guarding import agreed
from zhike.features.approval.models import APPROVED, FAILED, Request
from zhike.features.approval.sealing import opened, without_secrets
from zhike.features.jobs.run import start
from zhike.features.notify.tell import tell
from zhike.features.transfer.exporting import start_export
from zhike.features.transfer.importing import chosen_of, find_import, start_import
from zhike.kernel import writes
from zhike.kernel.errors import Problem, Refused
from zhike.kernel.registry import find
from zhike.org.objects.person import Person

SEEN = ("change", "transfer")


def carry_out(request: Request, actor: Any) -> None:
    """Do it, or write down why it could not be done any more."""
    requester = Person.objects.acting().get(pk=request.requester_id)
    requester.through = f"approval:{request.pk}"
    try:
        if requester.gone:
            raise Refused("申请人已经离职")
        with agreed(request), transaction.atomic():
            _still_as_seen(request)
            made = _do(request, requester)
    except Problem as problem:
        request.state, request.reason = FAILED, problem.message
        text = f"已同意但没有执行：{request.policy_name}“{request.title}”，{problem.message}"
    else:
        request.state, request.record = APPROVED, made if made is not None else request.record
        text = f"您的申请已同意并执行：{request.policy_name}“{request.title}”"
    request.finished_at, request.data = timezone.now(), without_secrets(request)
    request.save(update_fields=["state", "reason", "record", "finished_at", "data", "log", "position", "round", "route"])
    tell([request.requester_id], text, record=request, actor=actor)


def _still_as_seen(request: Request) -> None:
    """What was to be changed must still stand as everybody saw it. Raises Refused."""
    if request.verb not in SEEN or not request.base:
        return
    model = find(request.collection)
    record = model._base_manager.filter(pk=request.record).first()
    kinds = model.kinds()
    moved = [
        kinds[name].label
        for name, value in request.base.items()
        if record is not None and name in kinds and kept(kinds[name], getattr(record, kinds[name].attname)) != value
    ]
    if moved:
        raise Refused(f"审批期间{'、'.join(moved)}已被改动，请核对后重新提交")
    if record is not None and request.base.get("version", record.version) != record.version:
        raise Refused("审批期间这条记录已被改动，请核对后重新提交")


def _do(request: Request, requester: Any) -> int | None:
    """The deed itself, on the path everybody writes; returns the id of a record it made."""
    model, data, options = find(request.collection), opened(request), request.options
    record = model(pk=request.record)
    if "many" in options:
        _do_to_many(request, data, requester)
    elif request.verb == "add":
        made = writes.create(model, data, actor=requester, allow_duplicates=bool(options.get("allow_duplicates")))
        if owner := options.get("owner"):
            writes.transfer(made, _recipient(owner), actor=requester)
        return int(made.pk)
    elif request.verb == "export":
        start_export(request.collection, data, actor=requester)
    elif request.verb == "change":
        writes.update(record, data, actor=requester)
    elif request.verb == "delete":
        writes.delete(record, actor=requester)
    elif request.verb == "transfer":
        writes.transfer_with(record, _recipient(options["owner"]), options.get("along") or [], actor=requester)
    else:
        writes.act(record, request.verb, data, actor=requester)
    return None


def _do_to_many(request: Request, data: dict[str, Any], requester: Any) -> None:
    """Queue what was to be done to many records, or the import that was to update them. Raises Refused."""
    if "import" not in data:
        start("bulk", request.title, {"collection": request.collection, "data": data}, actor=requester)
        return
    found = find_import(data["import"], requester)
    if chosen_of(found) != data["chosen"]:
        raise Refused("审批期间导入的设置已被改动，请重新提交")
    start_import(found, "import", actor=requester)


def _recipient(pk: int) -> Any:
    """Whom it was to be handed to. Raises Refused when she has left meanwhile."""
    found = Person._base_manager.filter(pk=pk).first()
    if found is None or found.gone:
        raise Refused("接收人已经离职")
    return found
