"""Whether mail arrives 邮件状态: how it is set up, when it last went out, what went wrong; and a message to try it with."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage

from zhike.features.jobs import models
from zhike.features.jobs.models import Job
from zhike.features.jobs.run import Run, job, start
from zhike.features.mail.sending import refuse_without_server, send
from zhike.kernel.errors import Forbidden, Refused
from zhike.kernel.reach import Reach
from zhike.kernel.registry import find
from zhike.words.catalogue import say

TRIAL = "mail_trial"
SENDING = (TRIAL, "report_mail", "notice_mail")
"""The jobs that send mail."""


def permit(actor: Any) -> None:
    """Mail is for those who look after everybody's accounts. Raises Forbidden."""
    if actor.reach("change", find("people")) is not Reach.ALL:
        raise Forbidden("只有能管理全部人员的管理员才能查看邮件设置")


def state(actor: Any) -> dict[str, Any]:
    """How mail is set up and how sending went; no password is told. Raises Forbidden."""
    permit(actor)
    done = Job.objects.filter(kind__in=SENDING, state=models.DONE).order_by("-finished_at").first()
    failed = Job.objects.filter(kind__in=SENDING, state=models.FAILED).order_by("-finished_at").first()
    security = "tls" if settings.EMAIL_USE_SSL else "starttls" if settings.EMAIL_USE_TLS else "none"
    return {
        "configured": bool(settings.EMAIL_HOST), "host": settings.EMAIL_HOST, "port": settings.EMAIL_PORT, "security": security,
        "user": settings.EMAIL_HOST_USER, "sender": settings.DEFAULT_FROM_EMAIL, "my_address": actor.email,
        "last_sent": done.finished_at.isoformat() if done else None,
        "last_error": {"at": failed.finished_at.isoformat(), "label": failed.label, "error": failed.error} if failed else None,
    }  # fmt: skip


def start_trial(actor: Any) -> Job:
    """Queue a message to the administrator's own address. Raises Forbidden, Refused when it could not arrive."""
    permit(actor)
    refuse_without_server()
    if not actor.email:
        raise Refused("您的人员资料中没有邮箱，请先填写")
    return start(TRIAL, "发送测试邮件", {}, actor=actor)


@job(TRIAL)
def send_trial(run: Run) -> dict[str, Any]:
    """Send it. Raises Refused when the mail server does not take it."""
    text = say("收到这封邮件，说明知客的邮件设置是通的。")
    send(EmailMessage(say("知客测试邮件"), text, settings.DEFAULT_FROM_EMAIL, [run.actor.email]))
    return {"to": run.actor.email}
