"""网页安全: what every answer forbids the browser, what a cookie may do, and what outsiders learn from addresses."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings as installed
from django.test import Client

from zhike.kernel.reach import Reach
from zhike.testing.kit import PASSWORD, Api, make_user

pytestmark = pytest.mark.django_db
PAGES = ["/", "/customers", "/customers/1", "/sign-in", "/reports/1", "/api/v1/docs", "/api/v1/documents/ABCD"]
ANSWERS = [
    "/healthz",
    "/readyz",
    "/metrics",
    "/api/v1/ping",
    "/api/v1/meta",
    "/api/v1/openapi.json",
    "/api/v1/none",
    "/assets/x.js",
]


@pytest.fixture
def signed_in() -> Client:
    return Api(make_user("seller", Reach.SELF)).client


def directives(policy: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (part.split() for part in policy.split(";"))}


@pytest.mark.parametrize("address", [*PAGES, *ANSWERS])
@pytest.mark.parametrize("who", ["nobody", "seller"])
def test_scripts_come_from_our_own_files_alone_on_every_page(address: str, who: str, signed_in: Client) -> None:
    answer = (signed_in if who == "seller" else Client()).get(address)
    policy = directives(answer.headers["Content-Security-Policy"])
    assert policy["default-src"] == ["'self'"]
    assert not {"script-src", "script-src-elem", "script-src-attr", "worker-src"} & set(policy)  # so the default holds for them
    assert (policy["object-src"], policy["base-uri"], policy["frame-ancestors"]) == (["'none'"], ["'none'"], ["'none'"])
    assert policy["form-action"] == ["'self'"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("address", PAGES)
def test_no_page_carries_a_script_of_its_own(address: str, signed_in: Client) -> None:
    """What the policy would forbid is not there: every script is a file, nothing hangs on an attribute or an address."""
    page = b"".join(signed_in.get(address)).decode()
    assert all(re.search(r"\bsrc=", tag) for tag in re.findall(r"<script\b[^>]*>", page))
    assert not re.search(r"<[a-z][^>]*\son\w+\s*=|javascript:", page, re.IGNORECASE)


def signed_in_cookies(settings: Any, *, encrypted: bool) -> Any:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = encrypted
    make_user("seller", Reach.SELF)
    client = Client(enforce_csrf_checks=True)
    client.get("/api/v1/session", secure=encrypted)
    proof = {"X-CSRFToken": client.cookies["csrftoken"].value, "Referer": "https://testserver/"}
    sent = {"username": "seller", "password": PASSWORD}
    answer = client.post("/api/v1/session", sent, content_type="application/json", headers=proof, secure=encrypted)
    assert answer.status_code == 200, answer.content.decode()
    return answer


def test_the_session_is_out_of_reach_of_scripts_and_of_other_sites(settings: Any) -> None:
    cookie = signed_in_cookies(settings, encrypted=False).cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", "")


def test_where_people_come_by_https_no_cookie_travels_without(settings: Any) -> None:
    answer = signed_in_cookies(settings, encrypted=True)
    assert [answer.cookies[name]["secure"] for name in ("sessionid", "csrftoken")] == [True, True]
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_without_https_nothing_pretends_there_is(settings: Any) -> None:
    assert "Strict-Transport-Security" not in signed_in_cookies(settings, encrypted=False).headers


def test_a_foreign_page_cannot_act_with_somebodys_session() -> None:
    person = make_user("seller", Reach.SELF)
    client = Client(enforce_csrf_checks=True)
    client.force_login(person, backend="zhike.org.backend.PersonBackend")
    answer = client.post("/api/v1/customers", {"name": "伪造公司"}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf")
    assert "django.contrib.admin" not in installed.INSTALLED_APPS
