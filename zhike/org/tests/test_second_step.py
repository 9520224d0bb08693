"""两步验证: set up, asked for at every sign-in, required by role, and the way back when the telephone is lost."""

from __future__ import annotations

from time import time
from typing import Any

import pytest

from zhike.kernel.reach import Reach
from zhike.org import one_time
from zhike.org.second_step import Authenticator, RecoveryCode
from zhike.org.sign_in import SECONDS_PENDING
from zhike.testing.kit import PASSWORD, Api, make_user

pytestmark = pytest.mark.django_db
NOTHING: dict[str, Any] = {"required": False, "app": None, "recovery_left": 0, "passkeys": []}
RFC = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture
def wang() -> Any:
    return make_user("wang", Reach.ALL)


def enter(api: Api, password: str = PASSWORD, username: str = "wang") -> Any:
    return api.post("session", {"username": username, "password": password})


def code(secret: str) -> str:
    """The code the app shows now; in a test half a minute does not pass between two of them."""
    Authenticator.objects.update(last_step=0)
    return one_time.code(secret, int(time() // one_time.SECONDS))


def equipped(username: str = "wang") -> tuple[Api, str, list[str]]:
    """Somebody signed in with an app set up: her browser, the secret, her recovery codes."""
    api = Api()
    assert enter(api, username=username).status_code == 200
    secret = api.post("session/app").json()["secret"]
    answer = api.post("session/app/confirm", {"code": code(secret)})
    assert answer.status_code == 200, answer.content.decode()
    return api, secret, answer.json()["recovery_codes"]


@pytest.mark.parametrize(
    ("at", "shown"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_the_standard(at: int, shown: str) -> None:
    assert one_time.code(RFC, at // 30) == shown
    assert one_time.step_of(RFC, shown, at + 30) == at // 30
    assert one_time.step_of(RFC, shown, at + 90) is None


def test_after_the_password_a_code_is_asked_for_and_nothing_is_open_before(wang: Any) -> None:
    _, secret, _ = equipped()
    api = Api()
    answer = enter(api)
    assert (answer.status_code, answer.json()["code"], answer.json()["methods"]) == (401, "second_step", ["code", "recovery"])
    assert [api.get("session").status_code, api.get("people").status_code] == [401, 401]
    assert api.post("session/second", {"code": "000000"}).status_code == 401
    assert api.get("session").status_code == 401
    answer = api.post("session/second", {"code": code(secret)})
    assert (answer.status_code, answer.json()["username"]) == (200, "wang")
    assert api.get("people").status_code == 200


def test_a_code_opens_once(wang: Any) -> None:
    _, secret, _ = equipped()
    first, second, given = Api(), Api(), code(secret)
    enter(first)
    enter(second)
    assert first.post("session/second", {"code": given}).status_code == 200
    assert second.post("session/second", {"code": given}).status_code == 401
    assert second.get("session").status_code == 401


def test_a_recovery_code_opens_once_and_is_no_use_to_another(wang: Any) -> None:
    _, _, codes = equipped()
    make_user("zhang", Reach.SELF)
    _, _, others = equipped("zhang")
    assert len(set(codes)) == 10
    api = Api()
    enter(api)
    assert api.post("session/second", {"recovery": others[0]}).status_code == 401
    assert api.post("session/second", {"recovery": codes[0].upper().replace("-", " ")}).status_code == 200
    assert api.get("session/two-step").json()["recovery_left"] == 9
    again = Api()
    enter(again)
    assert again.post("session/second", {"recovery": codes[0]}).status_code == 401
    assert codes[1] not in str(list(RecoveryCode.objects.values()))


def test_guessing_codes_locks_the_name_and_a_right_password_between_does_not_help(wang: Any) -> None:
    _, secret, _ = equipped()
    api = Api()
    for _ in range(5):
        assert enter(api).status_code == 401
        assert api.post("session/second", {"code": "000000"}).status_code == 401
    assert api.post("session/second", {"code": code(secret)}).status_code == 429
    assert enter(Api()).status_code == 429


def test_the_second_step_without_the_first_or_long_after_it_opens_nothing(wang: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _, secret, codes = equipped()
    assert Api().post("session/second", {"code": code(secret)}).status_code == 401
    api = Api()
    enter(api)
    session = api.client.session
    session["pending"] = {**session["pending"], "at": time() - SECONDS_PENDING - 1}
    session.save()
    assert api.post("session/second", {"recovery": codes[0]}).json()["message"] == "登录已超时，请重新输入用户名和密码"
    assert RecoveryCode.objects.filter(used_at=None).count() == 10


def test_setting_up_ends_all_other_sessions_and_the_secret_is_sealed(wang: Any) -> None:
    elsewhere = Api()
    enter(elsewhere)
    api, secret, _ = equipped()
    assert [api.get("ping").status_code, elsewhere.get("ping").status_code] == [200, 401]
    assert secret not in Authenticator.objects.get().secret
    assert api.post("session/app").status_code == 409


def test_a_wrong_first_code_sets_nothing_up(wang: Any) -> None:
    api = Api()
    enter(api)
    api.post("session/app")
    for given in ("000000", "", None, 123456, "abcdef", "１２３４５６"):
        assert api.post("session/app/confirm", {"code": given}).status_code == 422
    assert enter(Api()).status_code == 200
    assert api.get("session/two-step").json() == NOTHING


def test_an_old_session_shows_the_password_again_before_anything_is_changed(wang: Any) -> None:
    api, _, _ = equipped()
    session = api.client.session
    session["entered"] = time() - 3600
    session.save()
    for refused in (
        api.delete("session/app"),
        api.post("session/recovery-codes"),
        api.post("session/recovery-codes", {"password": "x"}),
    ):
        assert (refused.status_code, list(refused.json()["fields"])) == (422, ["password"])
    assert api.get("session/two-step").json()["recovery_left"] == 10
    assert len(api.post("session/recovery-codes", {"password": PASSWORD}).json()["recovery_codes"]) == 10
    assert api.delete("session/app").status_code == 204
    assert api.get("session/two-step").json() == NOTHING
    assert enter(Api()).status_code == 200


def test_a_role_that_requires_it_opens_nothing_before_it_is_set_up_and_then_keeps_it(wang: Any) -> None:
    api, role = Api(), wang.roles.get()
    enter(api)
    assert api.patch(f"roles/{role.pk}", {"two_step": True, "version": role.version}).status_code == 200
    refused = api.get("people")
    assert (refused.status_code, refused.json()["code"]) == (403, "second_step_required")
    assert api.post("posts", {"name": "经理"}).status_code == 403
    assert api.get("session").json()["must_prove_twice"] is True
    secret = api.post("session/app").json()["secret"]
    assert api.post("session/app/confirm", {"code": code(secret)}).status_code == 200
    assert api.get("session").json()["must_prove_twice"] is False
    assert api.get("posts").json()["rows"] == []
    assert api.delete("session/app").status_code == 409
    assert Authenticator.objects.count() == 1


def test_an_administrator_resets_a_lost_second_step_and_that_is_written_down(wang: Any) -> None:
    zhang = make_user("zhang", {"*": {"view": "all"}})
    hers, _, _ = equipped("zhang")
    assert hers.post(f"people/{wang.pk}/reset_two_step").status_code in (403, 404)
    assert Api(wang).post(f"people/{zhang.pk}/reset_two_step").status_code == 200
    assert hers.get("ping").status_code == 401
    assert enter(Api(), username="zhang").status_code == 200
    assert Api(wang).get(f"people/{zhang.pk}/history").json()["rows"][0]["verb"] == "reset_two_step"
    assert not RecoveryCode.objects.exists()
