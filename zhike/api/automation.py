"""自动化 over HTTP: what its designer offers, and what a rule would do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from zhike.api.json import body, respond, respond_or_accept
from zhike.features.automation.definition import read_text
from zhike.features.automation.objects.automation import Automation
from zhike.features.automation.rehearsing import REHEARSAL, vocabulary
from zhike.features.jobs.trying import attempt
from zhike.kernel.errors import Invalid
from zhike.kernel.registry import find
from zhike.kernel.writes.one import permit

ASKED = {"collection", "definition", "period"}


def words(actor: Any, request: HttpRequest) -> HttpResponse:
    """Kinds of clocks and their marks."""
    permit(Automation, "view", actor)
    return respond(vocabulary())


def rehearsal(actor: Any, request: HttpRequest) -> HttpResponse:
    """What a rule, saved or not, would have done: {"collection", "definition", "period"}; over many records as a job."""
    permit(find("automations"), "change", actor)
    collection, given, period = definition_of(body(request), read_text, "last_30_days")
    model, asked = find(collection), {"collection": collection, "given": given, "period": period}
    return respond_or_accept(attempt(REHEARSAL, model, asked, label=f"试运行自动化：{model.spec.label}", actor=actor))


def definition_of(data: dict[str, Any], read: Callable[[str], Any], usual: str) -> tuple[str, dict[str, Any], str]:
    """Object, definition (as JSON or as text to `read`) and period of a rule to be tried. Raises Invalid, NotFound."""
    if unknown := set(data) - ASKED:
        raise Invalid.of(dict.fromkeys(sorted(unknown), "没有这个字段"))
    collection, given, period = data.get("collection"), data.get("definition"), data.get("period") or usual
    if not isinstance(collection, str):
        raise Invalid.of({"collection": "应为对象的名称"}, {"collection": "对象"})
    find(collection)
    if not isinstance(period, str):
        raise Invalid.of({"period": "应为时间段的名称"}, {"period": "时间段"})
    return collection, given if isinstance(given, dict) else read(given if isinstance(given, str) else ""), period
