"""会话: where somebody is signed in, who ends it, and when it ends by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhike.kernel.reach import Reach
from zhike.org.sessions import Session, SessionStore
from zhike.testing.kit import PASSWORD, Api, make_user

pytestmark = pytest.mark.django_db
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36 Edg/142.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0"


@pytest.fixture
def wang() -> Any:
    return make_user("wang", Reach.ALL)


def entered(agent: str = EDGE, username: str = "wang", **headers: str) -> Api:
    """Somebody who has signed in with a browser."""
    api = Api()
    answer = api.post("session", {"username": username, "password": PASSWORD}, **{"User-Agent": agent}, **headers)
    assert answer.status_code == 200, answer.content.decode()
    return api


def shown(api: Api) -> list[tuple[str, str | None, bool]]:
    return [(row["device"], row["address"], row["current"]) for row in api.get("sessions").json()["rows"]]


def test_somebody_sees_where_she_is_signed_in_and_ends_one_or_all_others(wang: Any) -> None:
    desk, phone, tablet = entered(), entered(PHONE, **{"X-Forwarded-For": "203.0.113.7"}), entered("curl/8")
    assert sorted(shown(desk)) == [
        ("Edge · Windows", "127.0.0.1", True), ("curl/8", "127.0.0.1", False), ("微信 · iPhone", "203.0.113.7", False),
    ]  # fmt: skip
    on_phone = next(row["id"] for row in desk.get("sessions").json()["rows"] if row["address"] == "203.0.113.7")
    assert desk.delete(f"sessions/{on_phone}").status_code == 204
    assert [phone.get("ping").status_code, tablet.get("ping").status_code] == [401, 200]
    assert len(desk.delete("sessions").json()["rows"]) == 1
    assert [tablet.get("ping").status_code, desk.get("ping").status_code] == [401, 200]


def test_an_address_that_is_none_is_not_kept(wang: Any) -> None:
    assert shown(entered("\x00", **{"X-Forwarded-For": "nonsense"})) == [("", None, True)]


def test_nobody_ends_the_session_of_another(wang: Any) -> None:
    make_user("zhang", {"*": {"view": "all"}})
    hers, other = entered(), entered(username="zhang")
    for row in hers.get("sessions").json()["rows"]:
        assert other.delete(f"sessions/{row['id']}").status_code == 404
    assert other.get(f"people/{wang.pk}/sessions").status_code == 404
    assert other.post(f"people/{wang.pk}/end_sessions").status_code in (403, 404)
    assert hers.get("ping").status_code == 200


def test_an_administrator_sees_and_ends_all_sessions_of_somebody_and_that_is_written_down(wang: Any) -> None:
    zhang = make_user("zhang", Reach.SELF)
    desk, phone, admin = entered(username="zhang"), entered(PHONE, "zhang"), Api(wang)
    assert [row["device"] for row in admin.get(f"people/{zhang.pk}/sessions").json()["rows"]] == [
        "微信 · iPhone",
        "Edge · Windows",
    ]
    assert admin.post(f"people/{zhang.pk}/end_sessions").status_code == 200
    assert [desk.get("ping").status_code, phone.get("ping").status_code, admin.get("ping").status_code] == [401, 401, 200]
    assert admin.get(f"people/{zhang.pk}/history").json()["rows"][0]["verb"] == "end_sessions"


@pytest.mark.covers("E-22")
def test_a_session_nobody_uses_ends_and_asking_without_anybody_there_is_no_use(wang: Any, settings: Any) -> None:
    api = entered()
    limit = settings.SESSION_IDLE
    Session.objects.update(used_at=timezone.now() - limit + timedelta(minutes=2))
    assert api.client.get("/api/v1/ping", headers={"Zhike-Away": "1"}).status_code == 200
    assert Session.objects.get().used_at < timezone.now() - timedelta(minutes=5)
    assert api.get("ping").status_code == 200
    assert Session.objects.get().used_at > timezone.now() - timedelta(minutes=1)
    Session.objects.update(used_at=timezone.now() - limit)
    assert api.get("ping").status_code == 401
    settings.SESSION_IDLE = timedelta(0)
    assert entered().get("ping").status_code == 200


def test_a_session_ends_at_its_hour_however_much_it_is_used(wang: Any) -> None:
    api = entered()
    assert api.post("session/acting", {"delegation": 1}).status_code == 404  # saves the session anew
    started = Session.objects.get()
    assert started.expire_date - started.started_at == timedelta(hours=12)
    Session.objects.update(expire_date=timezone.now())
    assert api.get("ping").status_code == 401
    SessionStore.clear_expired()
    assert not Session.objects.exists()


def test_use_is_written_down_once_a_minute_at_most(wang: Any) -> None:
    api = entered()
    api.get("ping")

    def written() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert api.get("ping").status_code == 200
        return len([q for q in queries if q["sql"].startswith("UPDATE")])

    assert written() == 0
    Session.objects.update(used_at=timezone.now() - timedelta(minutes=2))
    assert [written(), written()] == [1, 0]


def test_the_key_of_a_session_before_sign_in_opens_nothing_after_it(wang: Any) -> None:
    api = entered()
    before = api.client.cookies["sessionid"].value
    assert api.post("session/password", {"old": PASSWORD, "new": "a-better-secret"}).status_code == 200
    assert api.client.cookies["sessionid"].value != before
    thief = Api()
    thief.client.cookies["sessionid"] = before
    assert thief.get("ping").status_code == 401
    assert shown(api) == [("Edge · Windows", "127.0.0.1", True)]


class TestNetworks:
    """允许的网络: a role may be used from there and nowhere else."""

    @pytest.fixture
    def role(self, wang: Any) -> str:
        return f"roles/{wang.roles.get().pk}"

    def test_a_role_with_networks_is_used_from_there_only_with_the_next_request(self, wang: Any, role: str) -> None:
        office, away = {"X-Forwarded-For": "198.51.100.20"}, {"X-Forwarded-For": "203.0.113.7"}
        api, elsewhere = entered(**office), entered(**away)
        assert api.patch(role, {"networks": "10.0.0.0/8、198.51.100.0/24", "version": 1}, **office).status_code == 200
        assert api.client.get("/api/v1/ping", headers=office).status_code == 200
        refused = elsewhere.client.get("/api/v1/ping", headers=away)
        assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
        assert "203.0.113.7" in refused.json()["message"]
        assert Api().post("session", {"username": "wang", "password": PASSWORD}, **away).status_code == 403
        assert Api().post("session", {"username": "wang", "password": "wrong"}, **away).status_code == 401
        assert Api().post("session", {"username": "wang", "password": PASSWORD}, **office).status_code == 200

    def test_an_address_is_believed_of_our_own_proxies_only(self, wang: Any, role: str) -> None:
        Api(wang).patch(role, {"networks": "198.51.100.0/24", "version": 1})
        api = Api(wang)
        forged = {"X-Forwarded-For": "198.51.100.20, 203.0.113.7"}
        assert api.client.get("/api/v1/ping", headers=forged).status_code == 403
        direct = api.client.get("/api/v1/ping", headers={"X-Forwarded-For": "198.51.100.20"}, REMOTE_ADDR="203.0.113.7")
        assert direct.status_code == 403
        for nonsense in ("nonsense", "fe80::1%eth0", "203.0.113.7:80"):
            assert api.client.get("/api/v1/ping", headers={"X-Forwarded-For": nonsense}).status_code == 403
        assert api.get("ping").status_code == 200  # who works on the server itself is never shut out

    @pytest.mark.parametrize("written", ["10.0.0.0/33", "office", "10.0.0.0/8;x"])
    def test_what_is_no_network_is_not_kept(self, wang: Any, role: str, written: str) -> None:
        answer = Api(wang).patch(role, {"networks": written, "version": 1})
        assert (answer.status_code, list(answer.json()["fields"])) == (422, ["networks"])
        assert Api(wang).get(role).json()["networks"] == ""
