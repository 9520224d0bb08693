"""预警 over HTTP: what a rule would have raised."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from zhike.api.automation import definition_of
from zhike.api.json import body, respond_or_accept
from zhike.features.alerts.back_testing import BACK_TEST
from zhike.features.alerts.definition import read_text
from zhike.features.jobs.trying import attempt
from zhike.kernel.registry import find
from zhike.kernel.writes.one import permit


def back_testing(actor: Any, request: HttpRequest) -> HttpResponse:
    """What a rule, saved or not, would have raised: {"collection", "definition", "period"}; over many records as a job."""
    permit(find("alert-rules"), "change", actor)
    collection, given, period = definition_of(body(request), read_text, "last_month")
    model, asked = find(collection), {"collection": collection, "given": given, "period": period}
    return respond_or_accept(attempt(BACK_TEST, model, asked, label=f"回测预警规则：{model.spec.label}", actor=actor))
