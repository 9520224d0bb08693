"""单点登录: with a real provider in a process of its own – in, linked, refused, and out from either side."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener, urlopen

import pytest

from zhike.kernel.reach import Reach
from zhike.org.sessions import Session
from zhike.org.single_sign_on.identities import Identity
from zhike.testing.kit import PASSWORD, Api, make_user

pytestmark = pytest.mark.django_db
ASK, BACK, ENDED = (f"session/single-sign-on{rest}" for rest in ("", "/back", "/ended"))


class Unfollowed(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """The provider's address; its process ends with the tests of this file."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "AUTHLIB_INSECURE_TRANSPORT": "1"}
    command = [sys.executable, "-m", "zhike.org.tests.provider", str(port)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        address = f"http://127.0.0.1:{port}"
        while not _answers(address):
            assert process.poll() is None
        yield address
        process.terminate()


def _answers(address: str) -> bool:
    try:
        return bool(urlopen(f"{address}/.well-known/openid-configuration", timeout=1).status == 200)
    except URLError:
        return False


@pytest.fixture
def configured(issuer: str, settings: Any) -> str:
    settings.SINGLE_SIGN_ON = {
        "issuer": issuer, "client_id": "zhike", "client_secret": "very secret", "scopes": "openid profile email",
        "label": "统一登录", "match": "preferred_username",
    }  # fmt: skip
    return issuer


@pytest.fixture
def wang() -> Any:
    return make_user("wang", Reach.ALL)


def consent(place: str, issuer: str, sub: str, **claims: Any) -> dict[str, str]:
    """What the provider's pages do when `sub` signs in there: the answer it sends the browser back with."""
    told = json.dumps(claims).encode()
    urlopen(Request(f"{issuer}/users/{sub}", told, {"Content-Type": "application/json"}, method="PUT"))
    try:
        build_opener(Unfollowed).open(Request(place, urlencode({"sub": sub}).encode()))
    except HTTPError as redirect:
        answer = str(redirect.headers["Location"])
    return {name: values[0] for name, values in parse_qs(urlsplit(answer).query).items()}


def come_in(api: Api, issuer: str, sub: str, onward: str = "/customers", **claims: Any) -> Any:
    """The whole way of a browser, to the answer of our own callback."""
    place = api.get(ASK, next=onward)["Location"]
    return api.get(BACK, **consent(place, issuer, sub, **claims))


def problem(api: Api) -> str:
    return str(api.get("session/ways").json()["problem"])


def signed(issuer: str, **claims: Any) -> str:
    """A token signed by the provider."""
    answer = urlopen(Request(f"{issuer}/sign", json.dumps({"aud": "zhike", **claims}).encode()))
    return str(answer.read().decode())


@pytest.mark.covers("T-62")
def test_whoever_the_provider_knows_comes_in_without_a_password_and_goes_on_where_she_was(configured: str, wang: Any) -> None:
    api = Api()
    assert api.get("session/ways").json() == {"single_sign_on": "统一登录", "problem": ""}
    answer = come_in(api, configured, "u-1", preferred_username="wang")
    assert (answer.status_code, answer["Location"]) == (302, "/customers")
    assert api.get("session").json()["username"] == "wang"
    assert list(Identity.objects.values_list("person", "issuer", "subject")) == [(wang.pk, configured, "u-1")]
    [found] = api.get("session/changes").json()["rows"]
    assert (found["deed"], found["about"], found["by"]) == ("单点登录时按账号自动关联了统一身份", "wang", None)
    again = Api()
    come_in(again, configured, "u-1", preferred_username="renamed")  # what counts from now on is what never changes
    assert again.get("session").json()["username"] == "wang"


def test_an_unknown_account_opens_nothing_and_is_told_what_to_do(configured: str, wang: Any) -> None:
    api = Api()
    assert come_in(api, configured, "u-2", preferred_username="nobody")["Location"] == "/customers"
    assert api.get("session").status_code == 401
    assert "还没有关联" in problem(api)
    assert problem(api) == ""
    assert not Identity.objects.exists()


def test_an_address_nobody_verified_and_an_account_that_is_closed_open_nothing(configured: str, wang: Any, settings: Any) -> None:
    settings.SINGLE_SIGN_ON = {**settings.SINGLE_SIGN_ON, "match": "email"}
    type(wang).objects.filter(pk=wang.pk).update(email="wang@example.com")
    api = Api()
    come_in(api, configured, "u-3", email="wang@example.com")
    assert api.get("session").status_code == 401
    come_in(api, configured, "u-3", email="wang@example.com", email_verified=True)
    assert api.get("session").json()["username"] == "wang"
    type(wang).objects.filter(pk=wang.pk).update(is_active=False)
    late = Api()
    come_in(late, configured, "u-3", email="wang@example.com", email_verified=True)
    assert late.get("session").status_code == 401


def test_an_account_is_linked_by_whoever_is_signed_in_and_unlinked_again(configured: str, wang: Any, settings: Any) -> None:
    settings.SINGLE_SIGN_ON = {**settings.SINGLE_SIGN_ON, "match": ""}
    api = Api()
    api.post("session", {"username": "wang", "password": PASSWORD})
    place = api.post("session/identities").json()["location"]
    assert api.get(BACK, **consent(place, configured, "u-4", email="w@example.com"))["Location"] == "/account/security"
    linked = api.get("session/identities").json()
    assert ([row["label"] for row in linked["rows"]], linked["problem"]) == (["w@example.com"], "")
    other = Api()
    come_in(other, configured, "u-4")
    assert other.get("session").json()["username"] == "wang"
    assert api.delete(f"session/identities/{linked['rows'][0]['id']}").status_code == 204
    assert [other.get("session").status_code, api.get("session").status_code] == [401, 200]
    assert not Identity.objects.exists()
    told = [(row["deed"], row["about"], row["by"]["label"]) for row in api.get("session/changes").json()["rows"]]
    assert told == [("取消关联了统一身份", "w@example.com", "wang"), ("关联了统一身份", "w@example.com", "wang")]


def test_an_account_that_opens_somebody_else_s_is_not_linked_anew(configured: str, wang: Any) -> None:
    come_in(Api(), configured, "u-5", preferred_username="wang")
    make_user("zhang", Reach.SELF)
    api = Api()
    api.post("session", {"username": "zhang", "password": PASSWORD})
    api.get(BACK, **consent(api.post("session/identities").json()["location"], configured, "u-5"))
    assert api.get("session/identities").json() == {"available": True, "rows": [], "problem": "这个统一身份已经关联了另一个账号"}
    assert Identity.objects.get().person_id == wang.pk


def test_an_answer_nobody_asked_for_is_not_taken(configured: str, wang: Any) -> None:
    asker, victim = Api(), Api()
    answer = consent(asker.get(ASK)["Location"], configured, "u-6", preferred_username="wang")
    victim.get(ASK)
    for given in (answer, {**answer, "state": ""}, {"code": answer["code"]}):
        victim.get(BACK, **given)
        assert victim.get("session").status_code == 401
    assert problem(victim) != ""
    asker.get(BACK, error="access_denied", state=answer["state"])
    assert asker.get("session").status_code == 401
    asker.get(BACK, **answer)  # the riddle was used up by the answer before
    assert asker.get("session").status_code == 401
    assert not Identity.objects.exists()


@pytest.mark.parametrize("changed", ["nonce", "code_challenge"])
def test_a_token_given_for_another_question_is_not_taken(configured: str, wang: Any, changed: str) -> None:
    """Somebody on the way puts a riddle of her own in the place of ours."""
    api = Api()
    place = urlsplit(api.get(ASK)["Location"])
    asked = {name: values[0] for name, values in parse_qs(place.query).items()}
    forged = place._replace(query=urlencode({**asked, changed: "A" * 43})).geturl()
    api.get(BACK, **consent(forged, configured, "u-12", preferred_username="wang"))
    assert (api.get("session").status_code, Identity.objects.count()) == (401, 0)
    assert problem(api) == "单点登录没有成功，请再试一次；仍不行请联系管理员"


def test_only_our_own_pages_are_gone_on_to(configured: str, wang: Any) -> None:
    for foreign in ("https://evil.example", "//evil.example", "/\\evil.example"):
        assert come_in(Api(), configured, "u-7", onward=foreign, preferred_username="wang")["Location"] == "/"


def test_signing_out_here_goes_on_to_sign_out_there(configured: str, wang: Any) -> None:
    api = Api()
    come_in(api, configured, "u-8", preferred_username="wang")
    place = urlsplit(api.delete("session").json()["location"])
    query = {name: values[0] for name, values in parse_qs(place.query).items()}
    assert f"{place.scheme}://{place.netloc}{place.path}" == f"{configured}/oauth2/end_session"
    assert (query["client_id"], query["post_logout_redirect_uri"]) == ("zhike", "http://testserver/")
    assert query["id_token_hint"].count(".") == 2
    assert api.get("session").status_code == 401
    by_password = Api()
    by_password.post("session", {"username": "wang", "password": PASSWORD})
    assert by_password.delete("session").status_code == 204


@pytest.mark.covers("T-62")
def test_the_provider_ends_the_sessions_it_has_opened_and_no_others(configured: str, wang: Any) -> None:
    desk, phone, password = Api(), Api(), Api()
    come_in(desk, configured, "u-9", preferred_username="wang", sid="desk")
    come_in(phone, configured, "u-9", preferred_username="wang", sid="phone")
    password.post("session", {"username": "wang", "password": PASSWORD})

    def told(**claims: Any) -> int:
        return int(Api().client.post(f"/api/v1/{ENDED}", {"logout_token": signed(configured, **claims)}).status_code)

    assert told(sid="desk") == 200
    assert [api.get("session").status_code for api in (desk, phone, password)] == [401, 200, 200]
    assert told(sub="u-9") == 200
    assert [api.get("session").status_code for api in (desk, phone, password)] == [401, 401, 200]


def test_a_logout_token_that_does_not_hold_ends_nothing(configured: str, wang: Any) -> None:
    api = Api()
    come_in(api, configured, "u-10", preferred_username="wang")
    good = signed(configured, sub="u-10")
    false = [
        "", "nonsense", good[:-6] + "AAAAAA", signed(configured, sub="u-10", aud="another"),
        signed(configured, sub="u-10", events={}),
        signed(configured, sub="u-10", nonce="n"), signed(configured), signed(configured, sub="u-10", iss="https://other.example"),
        signed(configured, sub="u-10", exp=1), signed(configured, sub="u-10", jti=None),
    ]  # fmt: skip
    for token in false:
        assert Api().client.post(f"/api/v1/{ENDED}", {"logout_token": token}).status_code == 400, token
    assert api.get("session").status_code == 200
    assert Session.objects.count() == 1


def test_single_sign_on_counts_as_a_second_step_and_a_provider_that_is_away_is_said(
    configured: str, wang: Any, settings: Any
) -> None:
    role = wang.roles.get()
    type(role).objects.filter(pk=role.pk).update(two_step=True)
    api = Api()
    come_in(api, configured, "u-11", preferred_username="wang")
    assert (api.get("session").json()["must_prove_twice"], api.get("people").status_code) == (False, 200)
    settings.SINGLE_SIGN_ON = {**settings.SINGLE_SIGN_ON, "issuer": "http://127.0.0.1:9"}
    away = Api()
    assert away.get(ASK)["Location"] == "/"
    assert problem(away) == "连不上身份提供方，请稍后再试"
    settings.SINGLE_SIGN_ON = {**settings.SINGLE_SIGN_ON, "issuer": ""}
    assert away.get("session/ways").json()["single_sign_on"] is None
