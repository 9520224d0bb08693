"""Handing a message to the mail server, with reasons people understand."""

from __future__ import annotations

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage

from zhike.kernel.errors import Refused


def refuse_without_server() -> None:
    """Raise Refused when no mail server is set up, before anything is queued."""
    if not settings.EMAIL_HOST:
        raise Refused("还没有设置邮件服务器，请联系管理员（ZHIKE_SMTP_HOST）")


def send(message: EmailMessage) -> None:
    """Raise Refused when the mail server does not take it."""
    try:
        message.send()
    except (OSError, SMTPException) as error:
        raise Refused(f"邮件没有发出：邮件服务器没有接受（{type(error).__name__}）") from None
