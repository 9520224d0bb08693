"""Signing in and out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from zhike.api import single_sign_on
from zhike.api.door import Unauthenticated, refuse_foreign
from zhike.api.json import body, respond
from zhike.features.delegating import giving
from zhike.features.preferences.keeping import preferences
from zhike.kernel.errors import Invalid, Problem
from zhike.kernel.kinds.references import identifier
from zhike.org import acting
from zhike.org.backend import PersonBackend
from zhike.org.entering import refuse_lent, unproven
from zhike.org.objects.role import Role
from zhike.org.sign_in import change_password, sign_in
from zhike.org.single_sign_on import passage, provider


def open_session(request: HttpRequest) -> HttpResponse:
    """Sign in with name and password."""
    refuse_foreign(request)
    data = body(request)
    return entered(request, sign_in(request, data.get("username"), data.get("password")))


def entered(request: HttpRequest, person: Any) -> HttpResponse:
    """Told to whoever has just come in."""
    return respond(opened(PersonBackend().get_user(person.pk), request))


def current(request: HttpRequest) -> HttpResponse:
    """Who is signed in. The cookie it sets lets the browser prove that later requests are its own."""
    get_token(request)
    user: Any = request.user
    if not user.is_authenticated:
        raise Unauthenticated("请先登录")
    return respond(opened(acting.acting(request.session, user), request))


def close_session(request: HttpRequest) -> HttpResponse:
    """Sign out: the session is gone, not only its cookie. Whoever came in by the provider is told where to sign out there."""
    refuse_foreign(request)
    onward = passage.way_out(request)
    auth.logout(request)
    return respond({"location": onward}) if onward else HttpResponse(status=204)


def ways(request: HttpRequest) -> HttpResponse:
    """What the sign-in page offers, and why single sign-on has just failed."""
    label = settings.SINGLE_SIGN_ON["label"] if provider.configured() else None
    return respond({"single_sign_on": label, "problem": single_sign_on.problem(request)})


def password(actor: Any, request: HttpRequest) -> HttpResponse:
    """Change one's own password."""
    data = body(request)
    change_password(request, actor, data.get("old"), data.get("new"))
    return respond(me(actor))


def delegations(actor: Any, request: HttpRequest) -> HttpResponse:
    """For whom one may act, and who may act for oneself."""
    return respond(giving.delegations(actor))


def delegate(actor: Any, request: HttpRequest) -> HttpResponse:
    """Let a colleague act for oneself: {"delegate", "starts_on", "ends_on", "depth", "collections"}."""
    giving.delegate(body(request), actor)
    return respond(giving.delegations(actor), 201)


def take_back(actor: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """End a delegation one gave."""
    giving.take_back(pk, actor)
    return HttpResponse(status=204)


def act_for(actor: Any, request: HttpRequest) -> HttpResponse:
    """Act for somebody from now on: {"delegation": id}."""
    try:
        pk = identifier(body(request).get("delegation"))
    except ValueError as error:
        raise Invalid.of({"delegation": str(error)}, {"delegation": "授权"}) from None
    found = acting.begin(request.session, actor.delegate or actor, pk)
    try:
        refuse_lent(found, request)
    except Problem:
        acting.end(request.session)
        raise
    return respond(opened(found, request))


def act_for_oneself(actor: Any, request: HttpRequest) -> HttpResponse:
    """Be oneself again."""
    acting.end(request.session)
    return respond(opened(actor.delegate or actor, request))


def opened(person: Any, request: HttpRequest) -> dict[str, Any]:
    """Who is signed in, and how she likes it: told first of all, so that the first thing drawn has her colours."""
    unproved = unproven(person.delegate or person, request.session)
    return me(person) | {"must_prove_twice": unproved, "preferences": preferences(person)}


def me(person: Any) -> dict[str, Any]:
    """What the browser needs to know of whoever is signed in."""
    department = person.department
    return {
        "id": person.pk, "username": person.username, "name": person.name,
        "department": {"id": department.pk, "label": department.name} if department else None,
        "roles": list(Role._base_manager.filter(pk__in=person.role_ids).order_by("name").values_list("name", flat=True)),
        "must_change_password": person.must_change_password and person.delegate is None,
        "delegate": {"id": person.delegate.pk, "label": person.delegate.name} if person.delegate else None,
    }  # fmt: skip
