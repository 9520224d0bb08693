"""定时发送: reports by mail. Each copy is made in the name of its recipient and holds what she may see herself."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from zhike.features.jobs.periodic import periodic
from zhike.features.jobs.run import Run, job, start
from zhike.features.mail.sending import refuse_without_server, send
from zhike.features.notify.tell import tell
from zhike.features.reports.exporting import write
from zhike.features.reports.rhythm import last_due
from zhike.features.reports.running import Common, run_saved, visible_report
from zhike.features.reports.sheet import headers, lines
from zhike.features.transfer.exporting import FORMATS
from zhike.kernel.errors import NotFound, Refused
from zhike.kernel.reach import Reach
from zhike.kernel.registry import find
from zhike.org.objects.person import Person, System
from zhike.words.catalogue import say

SHOWN_LINES = 100


@periodic("*/5 * * * *")
def send_due_reports() -> None:
    """Queue a mail to everybody whose regular report is due; each time once, however many workers there are."""
    now = timezone.localtime()
    with transaction.atomic():
        rows = find("report-subscriptions")._base_manager.filter(is_active=True)
        for one in rows.select_for_update(skip_locked=True, of=("self",)).select_related("report", "owner"):
            due = last_due(one.rhythm, one.day, one.hour, now)
            if due > (one.sent_at or one.created_at):
                _send(one)
                rows.filter(pk=one.pk).update(sent_at=now)


def _send(subscription: Any) -> None:
    """One job for each recipient; whoever may not see the report is left out, and its owner told."""
    report, left_out = subscription.report, []
    people = Person.objects.acting().filter(Q(pk__in=subscription.people.all()), is_active=True).order_by("username", "pk")
    for person in people:
        try:
            visible_report(report.pk, person)
        except NotFound:
            left_out.append(person.name)
            continue
        start_mail(report, actor=person)
    if left_out:
        text = f"报表“{report.name}”没有发给{'、'.join(left_out)}：对方无权查看这张报表，请先共享"
        tell([subscription.owner_id], text, record=report, actor=System("mail"))


def start_mail(report: Any, *, actor: Any) -> Any:
    """Queue a mail with this report to the person herself. Raises Refused when it could not arrive."""
    refuse_without_server()
    if not actor.email:
        raise Refused("您的人员资料中没有邮箱，请先填写")
    return start("report_mail", f"邮件发送报表“{report.name}”", {"report": report.pk}, actor=actor)


@job("report_mail")
def mail_report(told: Run, report: int) -> dict[str, Any]:
    """Run the report as its recipient and send it to her. Raises Refused when the mail server does not take it."""
    told.actor.outside = True
    shown = run_saved(report, Common(), actor=told.actor)
    send(message(shown, told.actor))
    return {"to": told.actor.email, "rows": len(shown["rows"])}


def message(shown: dict[str, Any], person: Any) -> EmailMultiAlternatives:
    """The mail: a table to look at, and the file for those who may export."""
    day = timezone.localdate().isoformat()
    rows: list[list[Any]] = list(lines(shown))[:SHOWN_LINES]
    plain = "\n".join("\t".join(_text(c) for c in row) for row in [headers(shown), *rows])
    mail = EmailMultiAlternatives(f"{shown['name']} {day}", plain, settings.DEFAULT_FROM_EMAIL, [person.email])
    mail.attach_alternative(_page(shown, day), "text/html")
    if person.reach("export", find(shown["collection"])) is not Reach.NONE:
        exported = run_saved(shown["id"], Common(), actor=person, verb="export")
        mail.attach(f"{shown['name']} {day}.xlsx", _workbook(exported, person), FORMATS["xlsx"])
    return mail


def _workbook(shown: dict[str, Any], person: Any) -> bytes:
    with tempfile.TemporaryDirectory(prefix="zhike-report-") as folder:
        path = Path(folder) / "report.xlsx"
        write(path, shown, "xlsx", person)
        return path.read_bytes()


CELL = "padding:4px 10px;border:1px solid #d9dde3"


def _page(shown: dict[str, Any], day: str) -> str:
    """The table as mail programs show it: no script, no style sheet; whatever people wrote is text."""
    rows = list(lines(shown))
    heads = format_html_join("", '<th style="{};background:#f1f4f9;text-align:left">{}</th>', ((CELL, h) for h in headers(shown)))
    body = format_html_join("", "<tr>{}</tr>", ((_cells(row),) for row in rows[:SHOWN_LINES]))
    left = len(rows) - SHOWN_LINES
    more = format_html("<p>{}</p>", say(f"另有 {left} 行，请在系统中查看。")) if left > 0 else ""
    link = format_html('<p><a href="{}/reports/{}">{}</a></p>', settings.PUBLIC_ADDRESS, shown["id"], say("在知客中打开"))
    return format_html(
        '<h2>{}</h2><p style="color:#566072">{} · {}</p>'
        '<table style="border-collapse:collapse;font-size:13px"><tr>{}</tr>{}</table>{}{}',
        shown["name"], day, say("仅包含您有权查看的数据"), heads, body, more, link if settings.PUBLIC_ADDRESS else "",
    )  # fmt: skip


def _cells(row: list[Any]) -> str:
    return format_html_join("", '<td style="{}">{}</td>', ((CELL, _text(cell)) for cell in row))


def _text(cell: Any) -> str:
    return "" if cell is None else f"{cell:,}" if not isinstance(cell, str) else cell
