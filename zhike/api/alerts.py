"""预警 over HTTP: what a rule would have raised."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from zhike.api.automation import definition_of
from zhike.api.json import body, respond
from zhike.features.alerts.back_testing import back_test
from zhike.features.alerts.definition import read_text
from zhike.kernel.registry import find
from zhike.kernel.writes.one import permit


def back_testing(actor: Any, request: HttpRequest) -> HttpResponse:
    """What a rule, saved or not, would have raised: {"collection", "definition", "period"}."""
    permit(find("alert-rules"), "change", actor)
    collection, given, period = definition_of(body(request), read_text, "last_month")
    return respond(back_test(collection, given, period))
