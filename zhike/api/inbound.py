"""来访 over HTTP: a form's questions and answers, its page for a website, and what a chat program tells. Nobody signs in here."""

from __future__ import annotations

from importlib.resources import files

from django.http import HttpRequest, HttpResponse

from zhike.api.door import Unauthenticated
from zhike.api.errors import answer
from zhike.api.json import TooLarge, body, respond
from zhike.features.inbound import chatting, submitting
from zhike.kernel.added import as_of
from zhike.kernel.errors import Problem
from zhike.org.networks import counted

LARGEST_FORM = 64 * 1024
ASSETS = {"form.js": "text/javascript; charset=utf-8", "form.css": "text/css; charset=utf-8"}
POLICY = (
    "default-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors {sites}"
)


def form(request: HttpRequest, key: str) -> HttpResponse:
    """What a form asks."""
    with as_of(None):
        shown = respond(submitting.shown(submitting.found(key)))
    shown["Cache-Control"] = "no-store"
    return shown


def submit(request: HttpRequest, key: str) -> HttpResponse:
    """Take what somebody filled in; all she learns is that it has arrived."""
    with as_of(None):
        found = submitting.found(key)
        if len(request.body) > LARGEST_FORM:
            raise TooLarge("请求内容过大")
        return respond({"thanks": submitting.submit(found, body(request), counted(request))}, 201)


def chat(request: HttpRequest) -> HttpResponse:
    """What a chat program tells, with the key of its channel: {"session", "visitor", "messages"}."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    with as_of(None):
        found = chatting.channel(secret.strip()) if kind.lower() == "bearer" else None
        if found is None:
            raise Unauthenticated("没有这个渠道，或密钥已更换")
        return respond({"accepted": chatting.told(found, body(request))})


def page(request: HttpRequest, key: str) -> HttpResponse:
    """The form as a page of its own, which the websites named in it may embed."""
    try:
        with as_of(None):
            found = submitting.found(key)
    except Problem as problem:
        return answer(problem)
    shown = HttpResponse(_file("form.html"), content_type="text/html; charset=utf-8")
    shown["Content-Security-Policy"] = POLICY.format(sites=found.sites or "'none'")
    shown["Cache-Control"], shown["Referrer-Policy"] = "no-cache", "no-referrer"
    return shown


def asset(request: HttpRequest, name: str) -> HttpResponse:
    """Its script and its looks."""
    if name not in ASSETS:
        return HttpResponse(status=404)
    return HttpResponse(_file(name), content_type=ASSETS[name], headers={"Cache-Control": "max-age=3600"})


def _file(name: str) -> bytes:
    return files("zhike.features.inbound").joinpath("page", name).read_bytes()
