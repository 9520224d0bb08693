"""Signing in and out."""

from __future__ import annotations

from typing import Any

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from zhike.api.door import Unauthenticated, refuse_foreign
from zhike.api.json import body, respond
from zhike.features.preferences.keeping import preferences
from zhike.org.backend import PersonBackend
from zhike.org.sign_in import change_password, sign_in


def open_session(request: HttpRequest) -> HttpResponse:
    """Sign in with name and password."""
    refuse_foreign(request)
    data = body(request)
    person = sign_in(request, data.get("username"), data.get("password"))
    return respond(opened(PersonBackend().get_user(person.pk)))


def current(request: HttpRequest) -> HttpResponse:
    """Who is signed in. The cookie it sets lets the browser prove that later requests are its own."""
    get_token(request)
    user: Any = request.user
    if not user.is_authenticated:
        raise Unauthenticated("请先登录")
    return respond(opened(user))


def close_session(request: HttpRequest) -> HttpResponse:
    """Sign out: the session is gone, not only its cookie."""
    refuse_foreign(request)
    auth.logout(request)
    return HttpResponse(status=204)


def password(actor: Any, request: HttpRequest) -> HttpResponse:
    """Change one's own password."""
    data = body(request)
    change_password(request, actor, data.get("old"), data.get("new"))
    return respond(me(actor))


def opened(person: Any) -> dict[str, Any]:
    """Who is signed in, and how she likes it: told first of all, so that the first thing drawn has her colours."""
    return me(person) | {"preferences": preferences(person)}


def me(person: Any) -> dict[str, Any]:
    """What the browser needs to know of whoever is signed in."""
    department = person.department
    return {
        "id": person.pk, "username": person.username, "name": person.name,
        "department": {"id": department.pk, "label": department.name} if department else None,
        "roles": list(person.roles.order_by("name").values_list("name", flat=True)),
        "must_change_password": person.must_change_password,
    }  # fmt: skip
