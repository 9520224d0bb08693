"""Reports over HTTP: a preview while it is built, a saved one, its export, its mail."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from zhike.api.json import body, respond
from zhike.features.reports import exporting, mailing, page_export
from zhike.features.reports.running import Common, run, run_saved, visible_report


def preview(actor: Any, request: HttpRequest) -> HttpResponse:
    """The figures of a definition, saved or not."""
    data = body(request)
    return respond(run(data.get("collection"), data.get("definition"), Common.of(data), actor=actor))


def shown(actor: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """The figures of a saved report, for whoever asks."""
    return respond(run_saved(pk, Common.of(body(request)), actor=actor))


def export(actor: Any, request: HttpRequest) -> HttpResponse:
    return respond(exporting.start_export(body(request), actor=actor).as_json(), 202)


def export_page(actor: Any, request: HttpRequest) -> HttpResponse:
    """Some cards as they stand on a page, on one paper."""
    return respond(page_export.start_page_export(body(request), actor=actor).as_json(), 202)


def mail(actor: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Send a report to one's own address now."""
    return respond(mailing.start_mail(visible_report(pk, actor), actor=actor).as_json(), 202)
