"""A public form: what it asks, and what becomes of the answers. Nothing of what we have can be learnt from either."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from zhike.features.inbound import challenge, offered
from zhike.features.inbound.models import Visit
from zhike.features.inbound.objects.web_form import WebForm
from zhike.features.notify.tell import tell
from zhike.kernel.added import current
from zhike.kernel.errors import Invalid, Malformed, NotFound, Refused
from zhike.kernel.writes import create
from zhike.kernel.writes.mirror import mirror
from zhike.org.objects.person import System
from zhike.org.rates import TooMany

KEY = re.compile(r"[A-Za-z0-9_-]{8,40}")
SENT = {"values", "website", "token", "answer"}
TRAP = "website"
KEPT, HOUR = timedelta(days=1), 3600
LONGEST = 2000


def found(key: str) -> Any:
    """The form of a public number. Raises NotFound, also for one that is closed."""
    form = WebForm._base_manager.filter(key=key, active=True).first() if KEY.fullmatch(key) else None
    if form is None or not form.questions.exists() or current().hides(offered.opened(form.collection).model):
        raise NotFound("没有这个表单，或已停用")
    return form


def shown(form: Any) -> dict[str, Any]:
    """What the page needs: the questions, and the task for the browser."""
    asked = [_question(form, row) for row in form.questions.order_by("pk") if not row.fixed]
    said = {"heading": form.heading, "intro": form.intro, "questions": asked}
    return said | {"token": challenge.issue(form.key), "bits": challenge.BITS}


def _question(form: Any, row: Any) -> dict[str, Any]:
    kind = offered.opened(form.collection).model.declared()[row.field]
    options = [{"value": v, "label": o.label} for v, o in kind.open().items()] if hasattr(kind, "options") else None
    return {
        "name": row.field, "label": row.label or kind.label, "kind": kind.kind, "required": row.required,
        "max_length": min(getattr(kind, "max_length", None) or LONGEST, LONGEST), **({"options": options} if options else {}),
    }  # fmt: skip


def submit(form: Any, data: Mapping[str, Any], address: str) -> str:
    """The words of thanks, the same for everything that was taken. Raises Malformed, Refused, TooMany, Invalid."""
    values = data.get("values", {})
    if set(data) - SENT or not isinstance(values, dict):
        raise Malformed("请求内容应为 values、token 与 answer")
    done = challenge.solved(form.key, str(data.get("token", "")), str(data.get("answer", "")))
    wanted = _answers(form, values)
    with transaction.atomic():
        _count(form, done.nonce, challenge.digest(address))
        if not data.get(TRAP):  # only a machine fills in what nobody sees; it learns nothing from the answer
            _take(form, wanted)
    return str(form.thanks)


def _answers(form: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """What was answered, as the object takes it. Raises Invalid naming every wrong question by what the visitor reads."""
    kinds, rows = offered.opened(form.collection).model.declared(), list(form.questions.order_by("pk"))
    asked = {row.field: row for row in rows if not row.fixed}
    errors = dict.fromkeys(map(str, set(values) - set(asked)), "没有这个栏目")
    wanted: dict[str, Any] = {row.field: kinds[row.field].plain(kinds[row.field].read(row.fixed)) for row in rows if row.fixed}
    for name, row in asked.items():
        try:
            wanted[name] = _answer(kinds[name], row, values.get(name))
        except ValueError as error:
            errors[name] = str(error)
    if errors:
        raise Invalid.of(errors, {name: row.label or kinds[name].label for name, row in asked.items()})
    return {name: value for name, value in wanted.items() if not kinds[name].is_empty(value)}


def _answer(kind: Any, row: Any, raw: Any) -> Any:
    if raw is not None and (not isinstance(raw, str) or len(raw) > LONGEST):
        raise ValueError(f"应为文字，最多 {LONGEST} 个字")
    text = (raw or "").strip()
    if row.required and not text:
        raise ValueError("必填")
    return kind.plain(kind.parse(text) if hasattr(kind, "options") else kind.read(text)) if text else kind.nothing()


def _count(form: Any, nonce: str, address: str) -> None:
    """Once for each token, and not too often from one address. Raises Refused, TooMany."""
    now = timezone.now()
    Visit.objects.filter(at__lt=now - KEPT).delete()
    WebForm._base_manager.select_for_update().filter(pk=form.pk).values("pk").get()
    if Visit.objects.filter(form=form, address=address, at__gte=now - timedelta(hours=1)).count() >= form.most_an_hour:
        raise TooMany("提交得太频繁，请稍后再试", wait=HOUR)
    if Visit.objects.filter(nonce=nonce).exists():
        raise Refused("已经提交过了，请刷新页面后再填")
    Visit.objects.create(form=form, nonce=nonce, address=address, at=now)


def _take(form: Any, wanted: dict[str, Any]) -> None:
    """A record of the receiver; that there is one like it already is for us to find, not for the visitor to learn."""
    actor, target = System("form"), offered.opened(form.collection)
    kept = {"owner": form.receiver_id, "department": form.receiver.department_id}
    record = create(target.model, wanted, actor=actor, allow_duplicates=True, keep=kept, unfinished=True)
    mirror(WebForm.objects.filter(pk=form.pk), {"received": F("received") + 1, "received_at": timezone.now()}, actor=actor)
    tell([form.receiver_id], f"网页表单“{form.name}”收到“{record}”", record=record, actor=actor)
