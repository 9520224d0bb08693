"""单点登录 over HTTP: to the provider and back, linking, and the provider's word that somebody is out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from zhike.api.errors import said
from zhike.api.json import body, respond
from zhike.kernel.errors import Problem
from zhike.org.acting import refuse_delegates
from zhike.org.sign_in import prove
from zhike.org.single_sign_on import identities, passage, provider


def begin(request: HttpRequest) -> HttpResponse:
    """Go to the provider: `next` says where to go on afterwards."""
    try:
        return HttpResponseRedirect(passage.begin(request, onward=request.GET.get("next", "")))
    except Problem as problem:
        request.session[passage.PROBLEM] = problem.message
        return HttpResponseRedirect("/")


def back(request: HttpRequest) -> HttpResponse:
    """Come back from the provider; what went wrong is told by the page that follows."""
    return HttpResponseRedirect(passage.come_back(request))


def problem(request: HttpRequest) -> str:
    """Why the last attempt did not succeed; told once."""
    return str(request.session.pop(passage.PROBLEM)) if passage.PROBLEM in request.session else ""


def shown(actor: Any, request: HttpRequest) -> HttpResponse:
    """The accounts at the provider that open one's own."""
    refuse_delegates(actor)
    return respond({"available": provider.configured(), "rows": identities.linked(actor), "problem": problem(request)})


def link(actor: Any, request: HttpRequest) -> HttpResponse:
    """Let one's account at the provider open this one: {"password"}; answers with where to go for it."""
    prove(actor, request, body(request))
    return respond({"location": passage.begin(request, linking=actor)})


def unlink(actor: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Let it do so no more."""
    prove(actor, request, body(request))
    identities.unlink(actor, pk, request.session.session_key)
    return HttpResponse(status=204)


def ended(request: HttpRequest) -> HttpResponse:
    """Back-channel logout: the provider sends a logout token as a form."""
    try:
        passage.end_by_provider(request.POST.get("logout_token", ""))
    except provider.ProviderFailed as failed:
        passage.log.warning("back-channel logout: %s", failed)
        return said("malformed", "退出令牌不成立")
    return HttpResponse(headers={"Cache-Control": "no-store"})
