"""登录与退出: who gets in, who is kept out, and what sign-out ends."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from zhike.kernel.reach import Reach
from zhike.org.failures import LOCKED_FOR, SignInFailures
from zhike.project import settings as in_real_life
from zhike.testing.kit import PASSWORD, Api, make_department, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db: Any) -> Any:
    return make_user("wang", Reach.ALL, make_department("销售一部"))


def enter(api: Api, password: str = PASSWORD, username: str = "wang") -> Any:
    return api.post("session", {"username": username, "password": password})


@pytest.mark.covers("P-19")
def test_whoever_signs_in_is_told_who_she_is(person: Any) -> None:
    api = Api()
    answer = enter(api)
    assert answer.status_code == 200
    me = api.get("session").json()
    assert me == answer.json()
    assert (me["username"], me["department"]["label"], me["must_change_password"]) == ("wang", "销售一部", False)
    assert len(me["roles"]) == 1


def test_a_password_is_kept_by_argon2id_and_one_kept_otherwise_goes_over_when_it_is_next_given(
    person: Any, settings: Any
) -> None:
    settings.PASSWORD_HASHERS = in_real_life.PASSWORD_HASHERS
    person.password = make_password(PASSWORD, hasher="pbkdf2_sha256")
    person.save(update_fields=["password"])
    assert enter(Api()).status_code == 200
    person.refresh_from_db(fields=["password"])
    assert person.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert enter(Api()).status_code == 200


def test_a_wrong_password_and_an_unknown_name_are_refused_alike(person: Any) -> None:
    wrong, unknown = enter(Api(), "wrong"), enter(Api(), PASSWORD, "nobody")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json() == {"code": "unauthenticated", "message": "用户名或密码不正确", "fields": {}}


@pytest.mark.parametrize(
    "body", [{}, {"username": "wang"}, {"username": 1, "password": []}, {"username": "a\x00", "password": ""}]
)
def test_a_sign_in_that_names_nobody_is_refused(person: Any, body: dict[str, Any]) -> None:
    assert Api().post("session", body).status_code == 401


@pytest.mark.covers("P-19")
def test_five_failures_lock_the_name_even_for_the_right_password(person: Any) -> None:
    for _ in range(5):
        assert enter(Api(), "wrong").status_code == 401
    locked = enter(Api())
    assert (locked.status_code, locked.json()["code"]) == (429, "locked_out")
    assert Api().get("session").status_code == 401
    SignInFailures.objects.update(locked_until=timezone.now())
    assert enter(Api()).status_code == 200


def test_four_failures_and_a_success_start_the_count_anew(person: Any) -> None:
    for _ in range(2):
        for _ in range(4):
            enter(Api(), "wrong")
        assert enter(Api()).status_code == 200
    assert not SignInFailures.objects.exists()
    assert LOCKED_FOR.total_seconds() == 900


def test_an_address_that_tries_many_names_waits_and_others_do_not(person: Any) -> None:
    away, elsewhere = {"X-Forwarded-For": "203.0.113.7"}, {"X-Forwarded-For": "203.0.113.8"}
    tried = [Api().post("session", {"username": f"name{n}", "password": "x"}, **away).status_code for n in range(51)]
    assert tried == [401] * 50 + [429]
    right = {"username": "wang", "password": PASSWORD}
    refused = Api().post("session", right, **away)
    assert (refused.status_code, refused["Retry-After"]) == (429, "900")
    assert Api().post("session", right, **elsewhere).status_code == 200


def test_whoever_changes_her_address_within_her_own_connection_is_still_counted(person: Any) -> None:
    """Of IPv6 a house has 2⁶⁴ addresses: they are one."""

    def tried(number: int, network: str) -> int:
        address = {"X-Forwarded-For": f"{network}::{number:x}"}
        return int(Api().post("session", {"username": f"name{number}", "password": "x"}, **address).status_code)

    assert [tried(n, "2001:db8:1:2") for n in range(51)] == [401] * 50 + [429]
    assert tried(52, "2001:db8:1:3") == 401


def test_failures_of_more_than_a_quarter_of_an_hour_ago_do_not_count(person: Any) -> None:
    for _ in range(4):
        enter(Api(), "wrong")
    SignInFailures.objects.update(since=timezone.now() - LOCKED_FOR - LOCKED_FOR)
    assert [enter(Api(), "wrong").status_code for _ in range(4)] == [401] * 4
    assert enter(Api()).status_code == 200


def test_names_nobody_has_are_locked_too_so_that_locking_tells_nothing(db: Any) -> None:
    for _ in range(5):
        enter(Api(), "x", "ghost")
    assert enter(Api(), "x", "ghost").status_code == 429


@pytest.mark.covers("P-20")
def test_signing_out_ends_the_session_and_not_only_the_cookie(person: Any) -> None:
    api = Api()
    enter(api)
    kept = api.client.cookies["sessionid"].value
    assert api.delete("session").status_code == 204
    thief = Client()
    thief.cookies["sessionid"] = kept
    assert thief.get("/api/v1/customers").status_code == 401


def test_a_session_needs_proof_that_a_change_comes_from_our_own_page(person: Any) -> None:
    browser = Client(enforce_csrf_checks=True)
    refused = browser.post("/api/v1/session", {"username": "wang", "password": PASSWORD}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf")
    browser.get("/api/v1/session")
    proof = {"X-CSRFToken": browser.cookies["csrftoken"].value}
    body = {"username": "wang", "password": PASSWORD}
    assert browser.post("/api/v1/session", body, content_type="application/json", headers=proof).status_code == 200
    proof = {"X-CSRFToken": browser.cookies["csrftoken"].value}
    for method in ("post", "patch", "delete"):
        foreign = getattr(browser, method)("/api/v1/posts/1", content_type="application/json")
        assert foreign.status_code in (403, 405), method
    new = {"name": "客户经理"}
    assert browser.post("/api/v1/posts", new, content_type="application/json").json()["code"] == "csrf"
    assert browser.get("/api/v1/posts").json()["rows"] == []
    assert browser.post("/api/v1/posts", new, content_type="application/json", headers=proof).status_code == 201


@pytest.mark.parametrize(
    ("new", "reason"),
    [("short1", "太短"), ("12345678", "太常见"), ("wang", "太短"), (PASSWORD, "应与原密码不同"), (None, "应与原密码不同")],
)
def test_a_new_password_that_breaks_a_rule_is_refused_and_the_old_one_stays(person: Any, new: Any, reason: str) -> None:
    api = Api()
    enter(api)
    answer = api.post("session/password", {"old": PASSWORD, "new": new})
    assert answer.status_code == 422
    assert reason in answer.json()["fields"]["new"]
    assert enter(Api()).status_code == 200


def test_a_changed_password_ends_every_other_session_and_keeps_this_one(person: Any) -> None:
    here, elsewhere = Api(), Api()
    enter(here)
    enter(elsewhere)
    assert here.post("session/password", {"old": "no", "new": "a-better-secret"}).json()["fields"] == {"old": "原密码不正确"}
    assert here.post("session/password", {"old": PASSWORD, "new": "a-better-secret"}).status_code == 200
    assert here.get("session").status_code == 200
    assert elsewhere.get("session").status_code == 401
    assert enter(Api()).status_code == 401
    assert enter(Api(), "a-better-secret").status_code == 200


def test_a_reset_password_works_once_shown_and_asks_to_be_changed(person: Any) -> None:
    colleague = make_user("zhang", Reach.SELF)
    answer = Api(person).post(f"people/{colleague.pk}/reset_password")
    assert answer.status_code == 200, answer.content.decode()
    first = answer.json()["password"]
    signed_in = Api()
    assert enter(signed_in, PASSWORD, "zhang").status_code == 401
    assert enter(signed_in, first, "zhang").json()["must_change_password"] is True
    for answer in (signed_in.get("customers"), signed_in.post("customers", {"name": "四川石化"}), signed_in.get("meta")):
        assert (answer.status_code, answer.json()["code"]) == (403, "password_change_required")
    changed = signed_in.post("session/password", {"old": first, "new": "my-own-secret-9"})
    assert changed.json()["must_change_password"] is False
    assert signed_in.get("customers").status_code == 200


def test_a_reset_is_audited_without_the_password(person: Any) -> None:
    colleague = make_user("zhang", Reach.SELF)
    admin = Api(person)
    first = admin.post(f"people/{colleague.pk}/reset_password").json()["password"]
    past = admin.get(f"people/{colleague.pk}/history")
    assert past.json()["rows"][0]["verb"] == "reset_password"
    assert first not in past.content.decode()
    assert "md5$" not in past.content.decode()
