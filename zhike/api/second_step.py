"""两步验证 over HTTP: taking the second step, and setting up by what."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from zhike.api.door import refuse_foreign
from zhike.api.json import body, respond
from zhike.api.session import entered
from zhike.org import passkeys, second_step
from zhike.org.acting import refuse_delegates
from zhike.org.sign_in import prove, take_second_step


def take(request: HttpRequest) -> HttpResponse:
    """After the password: {"code": "123456"} or {"recovery": "…"}."""
    refuse_foreign(request)
    return entered(request, take_second_step(request, body(request)))


def shown(actor: Any, request: HttpRequest) -> HttpResponse:
    """What one has set up, and whether one must."""
    refuse_delegates(actor)
    return respond(second_step.state(actor) | {"passkeys": passkeys.held(actor)})


def begin_app(actor: Any, request: HttpRequest) -> HttpResponse:
    """A secret for one's authenticator app: {"password"} unless one has signed in just now."""
    prove(actor, request, body(request))
    return respond(second_step.begin_app(actor), 201)


def confirm_app(actor: Any, request: HttpRequest) -> HttpResponse:
    """The app's first code: {"code"}; answers with recovery codes, told this once."""
    return respond({"recovery_codes": second_step.confirm_app(actor, request, body(request).get("code"))})


def drop_app(actor: Any, request: HttpRequest) -> HttpResponse:
    """Do without the app."""
    prove(actor, request, body(request))
    second_step.drop_app(actor)
    return HttpResponse(status=204)


def renew_recovery_codes(actor: Any, request: HttpRequest) -> HttpResponse:
    """Ten new recovery codes in place of the old."""
    prove(actor, request, body(request))
    return respond({"recovery_codes": second_step.renew(actor)})
