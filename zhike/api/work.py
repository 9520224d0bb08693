"""Jobs and files over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse

from zhike.api.asked import number
from zhike.api.json import respond
from zhike.features.files.content import SAFE_TO_SHOW
from zhike.features.files.store import find_file, keep_upload, path_of
from zhike.features.jobs.run import cancel, find_job, visible_jobs
from zhike.kernel.errors import Invalid

SHOWN = 50
PDF = "application/pdf"
CLOSED = "sandbox; default-src 'none'"
READ_IN_PLACE = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"


def jobs(actor: Any, request: HttpRequest) -> HttpResponse:
    """The latest jobs the actor started; `after` is the id of the last one shown."""
    rows = visible_jobs(actor)
    if after := number(request.GET, "after", 0):
        rows = rows.filter(pk__lt=after)
    return respond({"rows": [job.as_json() for job in rows[:SHOWN]]})


def job(actor: Any, request: HttpRequest, pk: int) -> HttpResponse:
    return respond(find_job(pk, actor).as_json())


def cancel_job(actor: Any, request: HttpRequest, pk: int) -> HttpResponse:
    return respond(cancel(find_job(pk, actor)).as_json())


def upload(actor: Any, request: HttpRequest) -> HttpResponse:
    """Keep one uploaded file."""
    sent = uploaded(request)
    return respond(keep_upload(sent.name, sent.content_type or "", sent.chunks(), owner=actor).as_json(), 201)


def uploaded(request: HttpRequest) -> Any:
    """The file of a multipart form. Raises Invalid."""
    from django.http.multipartparser import MultiPartParserError

    try:
        sent = request.FILES.get("file")
    except MultiPartParserError:
        sent = None
    if sent is None:
        raise Invalid.of({"file": "请选择一个文件"}, {"file": "文件"})
    return sent


def download(actor: Any, request: HttpRequest, pk: int) -> FileResponse:
    """The bytes of a file; only pictures and PDF may open in the browser, everything else is saved."""
    found = find_file(pk, actor)
    shown = found.type in SAFE_TO_SHOW
    answer = FileResponse(
        path_of(found.digest).open("rb"),
        as_attachment=not shown,
        filename=found.name,
        content_type=found.type if shown else "application/octet-stream",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = CLOSED
    if found.type == PDF:
        # The browser's own reader stands inside our page, and needs what a sandbox would take from it.
        answer["Content-Security-Policy"], answer["X-Frame-Options"] = READ_IN_PLACE, "SAMEORIGIN"
    return answer
