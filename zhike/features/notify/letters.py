"""通知邮件: the same words by mail, to those who have an address; one job, in which nobody's mailbox holds up another's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage

from zhike.features.jobs.run import Run, job, start
from zhike.features.mail.sending import refuse_without_server, send
from zhike.features.notify.knowing import Word, known
from zhike.kernel.errors import Refused
from zhike.org.objects.person import Person, System

LETTERS = "notice_mail"
LONGEST_SUBJECT = 78


def write_letters(words: Iterable[Word], *, quoting: Collection[str] = ()) -> None:
    """Queue one mail for each of these people with what she may be told, in the transaction of its cause."""
    lines: dict[str, list[str]] = defaultdict(list)
    for word in known(words, quoting):
        lines[str(word.to)].append(word.text)
    if lines:
        start(LETTERS, "发送通知邮件", {"texts": {to: "\n".join(some) for to, some in lines.items()}}, actor=System("notify"))


@job(LETTERS)
def send_letters(run: Run, texts: dict[str, str]) -> dict[str, Any]:
    """Send them. Raises Refused when the mail server takes none of them."""
    refuse_without_server()
    people = Person._base_manager.filter(pk__in=[int(pk) for pk in texts], is_active=True).exclude(email="").exclude(email=None)
    sent, refused = [], []
    for person in (one for one in people.order_by("pk") if not one.gone):
        try:
            send(_letter(person.email, texts[str(person.pk)]))
        except Refused as problem:
            refused.append(problem.message)
        else:
            sent.append(person.email)
    if refused and not sent:
        raise Refused(refused[0])
    return {"sent": len(sent), "refused": len(refused)}


def _letter(to: str, text: str) -> EmailMessage:
    link = f"\n\n{settings.PUBLIC_ADDRESS}" if settings.PUBLIC_ADDRESS else ""
    return EmailMessage(" ".join(text.split())[:LONGEST_SUBJECT], f"{text}{link}", settings.DEFAULT_FROM_EMAIL, [to])
