"""Papers over HTTP: a record as DOCX or PDF, and the question whether a paper is genuine."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from zhike.api.asked import number
from zhike.features.documents.issued import verify
from zhike.features.documents.making import document
from zhike.kernel.registry import find
from zhike.words.catalogue import say


def taken(actor: Any, request: HttpRequest, collection: str, pk: int) -> HttpResponse:
    """The document of a record; `format` is docx or pdf, `template` one of its templates."""
    format, template = request.GET.get("format", "pdf"), number(request.GET, "template", 0) or None
    paper = document(find(collection), pk, format, template, actor=actor)
    answer = HttpResponse(paper.content, content_type=paper.type)
    answer["Content-Disposition"] = content_disposition_header(True, paper.name) or "attachment"
    answer["X-Content-Type-Options"], answer["Cache-Control"] = "nosniff", "private, no-store"
    return answer


def verified(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a paper with this code was issued here; tells no more than what stands on it."""
    found = verify(code)
    if found is None:
        return plain(say("没有签发过带有这个验证码的文件，请与签发方核对"), 404)
    day = timezone.localtime(found.issued_at).strftime("%Y-%m-%d %H:%M")
    lines = [say(f"文件属实：{found.label}"), say(f"签发时间：{day}")]
    return plain("\n".join([*lines, *([say("此后已签发新的版本")] if found.replaced else [])]), 200)


def plain(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8", status=status)
