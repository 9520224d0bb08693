"""定时发送与导出: a real mail server receives what each recipient may see; a spreadsheet holds the same figures."""

from __future__ import annotations

import io
import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone
from python_calamine import CalamineWorkbook

from zhike.features.files.models import StoredFile
from zhike.features.files.store import path_of
from zhike.features.jobs.models import Job
from zhike.features.jobs.run import run_now
from zhike.features.notify.models import Notification
from zhike.features.reports.mailing import send_due_reports
from zhike.features.reports.objects.subscription import ReportSubscription
from zhike.features.reports.rhythm import last_due
from zhike.features.reports.tests.keeping import kept
from zhike.kernel.reach import Reach
from zhike.org.objects.person import Person
from zhike.testing.kit import Api, make_user
from zhike.testing.team import Team, added

BY_STAGE = '{"rows": ["owner"], "measures": [{"of": "sum:amount"}, {"of": "sum:amount", "show": "share"}]}'


class Letters:
    """Keeps what arrives."""

    def __init__(self) -> None:
        self.received: list[tuple[list[str], Any]] = []

    async def take(self, server: Any, session: Any, envelope: Any) -> str:
        """What the server calls for each mail, under the name of handle_DATA."""
        self.received.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 OK"


@pytest.fixture
def letters(settings: Any) -> Iterator[Letters]:
    box = Letters()
    setattr(box, "handle_" + "DATA", box.take)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield box
    server.stop()


@pytest.fixture
def company(transactional_db: Any, team: Team) -> Team:
    for api, amount in ((team.seller, "1234.50"), (team.stranger, "9999")):
        customer = added(api, "customers", name=f"<b>{amount}公司</b>")
        added(api, "opportunities", name="项目", amount=amount, customer=customer["id"])
    for name in ("seller", "stranger", "manager"):
        Person.objects.filter(username=name).update(email=f"{name}@example.com")
    return team


def subscribe(team: Team, share: str) -> Any:
    report = kept(team.manager, "业绩<1>", definition=BY_STAGE, share=share)
    people = [team.seller.person.pk, team.stranger.person.pk]
    made = added(team.manager, "report-subscriptions", name="日报", report=report["id"], people=people, rhythm="day", hour=0)
    ReportSubscription.objects.filter(pk=made["id"]).update(created_at=timezone.now() - timedelta(2))
    return made


def deliver() -> list[str]:
    """What the worker does: queue what is due, run what is queued. The states of the jobs."""
    send_due_reports()
    waiting = Job.objects.filter(kind="report_mail", state="waiting").order_by("pk")
    return [run_now(job.pk).state for job in waiting]


@pytest.mark.covers("C-40")
def test_each_recipient_is_sent_the_figures_she_may_see_once(company: Team, letters: Letters) -> None:
    subscribe(company, "everyone")
    assert deliver() == ["done", "done"]
    found = {to[0]: mail for to, mail in letters.received}
    assert set(found) == {"seller@example.com", "stranger@example.com"}
    words = {to: mail.get_body(("plain",)).get_content().splitlines() for to, mail in found.items()}
    assert words["seller@example.com"] == [
        "负责人\t金额合计\t金额合计占比（%）",
        "seller\t1,234.50\t100.0000",
        "合计\t1,234.50\t100.0000",
    ]
    assert words["stranger@example.com"][1:] == ["stranger\t9,999.00\t100.0000", "合计\t9,999.00\t100.0000"]
    page = found["seller@example.com"].get_body(("html",)).get_content()
    assert "业绩&lt;1&gt;" in page and "9,999" not in page
    (sheet,) = found["seller@example.com"].iter_attachments()
    assert rows(sheet.get_payload(decode=True))[1] == ["seller", 1234.5, 100.0]
    assert deliver() == []
    assert len(letters.received) == 2


def test_whoever_may_not_see_the_report_is_sent_nothing_and_its_owner_is_told(company: Team, letters: Letters) -> None:
    subscribe(company, "department")  # which the seller's is part of, and the stranger's is not
    assert deliver() == ["done"]
    assert [to for to, _ in letters.received] == [["seller@example.com"]]
    told = Notification.objects.filter(person=company.manager.person).values_list("text", flat=True)
    assert list(told) == ["报表“业绩<1>”没有发给stranger：对方无权查看这张报表，请先共享"]


def test_what_was_closed_to_her_since_a_mail_was_ordered_is_closed_to_the_mail(company: Team, letters: Letters) -> None:
    """Her role hides the amount, a colleague has left: both after the mails were queued."""
    subscribe(company, "everyone")
    send_due_reports()
    administrator = Api(make_user("administrator", Reach.ALL))
    role = company.seller.person.roles.get()
    closed = administrator.patch(f"roles/{role.pk}/grants", {"fields": {"opportunities": {"amount": "hidden"}}})
    assert closed.status_code == 200, closed.content.decode()
    Person.objects.filter(username="stranger").update(is_active=False)
    assert [deliver(), letters.received] == [["failed", "failed"], []]


def test_one_may_send_a_report_to_oneself_now(company: Team, letters: Letters) -> None:
    report = kept(company.seller, definition=BY_STAGE)
    company.seller.person.email = "seller@example.com"
    answer = company.seller.post(f"reports/{report['id']}/mail")
    assert answer.status_code == 202, answer.content.decode()
    assert run_now(answer.json()["id"]).state == "done"
    assert letters.received[0][0] == ["seller@example.com"]


def test_a_mail_server_that_does_not_answer_is_named_in_the_job(company: Team, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 2
    report = kept(company.seller)
    job = run_now(company.seller.post(f"reports/{report['id']}/mail").json()["id"])
    assert (job.state, job.error) == ("failed", "邮件没有发出：邮件服务器没有接受（ConnectionRefusedError）")


def test_without_a_mail_server_or_an_address_one_is_told_so(company: Team, settings: Any) -> None:
    report = kept(company.peer)
    answer = company.peer.post(f"reports/{report['id']}/mail")
    assert (answer.status_code, answer.json()["message"]) == (409, "还没有设置邮件服务器，请联系管理员（ZHIKE_SMTP_HOST）")
    settings.EMAIL_HOST = "127.0.0.1"
    answer = company.peer.post(f"reports/{report['id']}/mail")
    assert (answer.status_code, answer.json()["message"]) == (409, "您的人员资料中没有邮箱，请先填写")
    assert not Job.objects.filter(kind="report_mail").exists()


def rows(content: Any) -> list[Any]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


@pytest.mark.covers("G-29")
def test_an_export_holds_the_pivot_with_its_totals(company: Team) -> None:
    definition = {"rows": ["owner"], "columns": ["stage"], "measures": [{"of": "sum:amount"}]}
    asked = {"collection": "opportunities", "definition": definition, "name": "业绩"}
    answer = company.seller.post("report-figures/export", asked)
    assert answer.status_code == 202, answer.content.decode()
    job = run_now(answer.json()["id"])
    assert (job.state, job.error) == ("done", "")
    file = StoredFile.objects.get(pk=job.files[0]["id"])
    assert rows(path_of(file.digest).read_bytes()) == [
        ["负责人", "初步接触", "合计 金额合计"], ["seller", 1234.5, 1234.5], ["合计", 1234.5, 1234.5],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rhythm", "day", "hour", "now", "due"),
    [
        ("day", 1, 8, "2026-03-02T07:59", "2026-03-01T08:00"),
        ("day", 1, 8, "2026-03-02T08:00", "2026-03-02T08:00"),
        ("week", 1, 8, "2026-01-01T12:00", "2025-12-29T08:00"),
        ("week", 4, 8, "2026-01-01T07:00", "2025-12-25T08:00"),
        ("month", 31, 8, "2026-03-01T12:00", "2026-02-28T08:00"),
        ("month", 1, 8, "2026-01-01T07:00", "2025-12-01T08:00"),
    ],
)
@pytest.mark.covers("C-40")
def test_a_mail_is_due_by_the_clock_of_the_company(rhythm: str, day: int, hour: int, now: str, due: str) -> None:
    assert last_due(rhythm, day, hour, datetime.fromisoformat(now)) == datetime.fromisoformat(due)
