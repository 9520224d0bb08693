"""邮件状态: administrators see how mail is set up and what went wrong, and try it with a message to themselves."""

from __future__ import annotations

from typing import Any

import pytest

from zhike.features.jobs.run import run_now
from zhike.kernel.reach import Reach
from zhike.org.objects.person import Person
from zhike.testing.kit import Api, make_department, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def admin(transactional_db: Any) -> Api:
    person = make_user("admin", Reach.ALL, make_department("总部"))
    Person.objects.filter(pk=person.pk).update(email="admin@example.com")
    return Api(person)


def test_without_a_server_it_says_so_and_nothing_is_queued(admin: Api, settings: Any) -> None:
    settings.EMAIL_HOST = ""
    state = admin.get("mail").json()
    assert (state["configured"], state["last_sent"], state["last_error"]) == (False, None, None)
    refused = admin.post("mail")
    assert (refused.status_code, refused.json()["message"]) == (409, "还没有设置邮件服务器，请联系管理员（ZHIKE_SMTP_HOST）")


def test_a_trial_that_fails_is_told_with_its_reason_and_one_that_arrives_too(admin: Api, settings: Any, mailoutbox: Any) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 2
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert run_now(admin.post("mail").json()["id"]).state == "failed"
    error = admin.get("mail").json()["last_error"]
    assert (error["label"], error["error"]) == ("发送测试邮件", "邮件没有发出：邮件服务器没有接受（ConnectionRefusedError）")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert run_now(admin.post("mail").json()["id"]).result == {"to": "admin@example.com"}
    assert [(m.subject, m.to) for m in mailoutbox] == [("知客测试邮件", ["admin@example.com"])]
    assert admin.get("mail").json()["last_sent"] is not None


def test_it_is_for_those_who_look_after_accounts_and_tells_no_password(admin: Api, settings: Any) -> None:
    settings.EMAIL_HOST_PASSWORD = "geheim-4711"
    assert "geheim-4711" not in admin.get("mail").content.decode()
    plain = Api(make_user("plain", {"people": {"view": "all"}}, make_department("财务部")))
    assert plain.get("mail").status_code == 403
    assert plain.post("mail").status_code == 403
