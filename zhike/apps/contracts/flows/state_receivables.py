"""应收款明细表: built every month from contracts and invoices by two statements, kept, and sent to sales management (V-56)."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Max, Min, Q, Sum

from zhike.apps.contracts.rules import STATEMENT_DAY
from zhike.apps.money import NOTHING
from zhike.features.files.store import keep, path_of
from zhike.features.jobs.run import Run, job, start
from zhike.features.mail.sending import send
from zhike.features.notify.tell import tell
from zhike.features.reports.rhythm import last_due
from zhike.features.transfer.exporting import FORMATS
from zhike.features.transfer.refused import blocks
from zhike.features.transfer.sheets import Cell, table_writer
from zhike.kernel.reach import Actor, Reach
from zhike.kernel.writes import create_many
from zhike.org.objects.person import Person

HEADERS = (
    "合同编号", "合同名称", "客户", "部门", "负责人", "签订日期", "应收金额", "已开票", "已收金额", "未收金额", "其中逾期",
    "逾期 1–30 天", "逾期 31–60 天", "逾期 61–90 天", "逾期 90 天以上", "最早到期", "承诺付款日期",
)  # fmt: skip
NAMED = ("number", "name", "customer__name", "department__name", "owner__name", "signed_on")
OWED = ("outstanding", "overdue", "d30", "d60", "d90", "over")
MOST_IN_A_WORKBOOK, TOO_LATE = 100_000, timedelta(days=5)
Row = dict[str, Any]


def state_if_due(now: datetime, *, actor: Actor) -> Any | None:
    """Build the statement of the last due day unless it is there; a month that has no such day is due on its last one."""
    due = last_due("month", int(STATEMENT_DAY.on(now.date())), 0, now)
    statements = apps.get_model("contracts.ReceivableStatement")
    if now - due > TOO_LATE or statements._base_manager.filter(on=due.date()).exists():
        return None
    return state(due.date(), actor=actor)


def state(on: date, *, actor: Actor) -> Any:
    """Everything owed on a day: sums, departments, and contract by contract as a file; told to those who are to receive it."""
    totals, teams = dict[str, Any](contracts=0), defaultdict[int | None, Row](lambda: {"contracts": 0})
    with tempfile.TemporaryDirectory(prefix="zhike-statement-") as folder:
        format = "csv" if _count() > MOST_IN_A_WORKBOOK else "xlsx"
        path = Path(folder) / f"statement.{format}"
        with table_writer(path, HEADERS, format=format) as writer:
            writer.write_many(_told(_summed(details(on), totals, teams)))
        file = keep(f"应收款明细表 {on}.{format}", FORMATS[format], blocks(path), owner=actor)
    lines = [{"team": pk, **figures} for pk, figures in sorted(teams.items(), key=lambda pair: -pair[1]["outstanding"])]
    values = {"on": on, "detail": [file.pk], "departments": lines, **totals}
    [made] = create_many(apps.get_model("contracts.ReceivableStatement"), [values], actor=actor)
    _send(made, actor)
    return made


def _count() -> int:
    return int(_open().values("contract").distinct().count())


def _open() -> Any:
    return apps.get_model("contracts.Receivable")._base_manager.filter(outstanding__gt=0).order_by()


def details(on: date) -> Iterator[Row]:
    """Each contract that is not wholly paid, with what was billed until this day and how long what is owed has been overdue.

    What is owed and billed is summed by contract alone: grouped by the names as well, a million rows are carried through four
    joins first.
    """
    bills = apps.get_model("contracts.Invoice")._base_manager.filter(state="issued", issued_on__lte=on).order_by()
    billed: dict[int, Decimal] = dict(bills.values_list("contract").annotate(sum=Sum("amount")))
    owed = _owed(on)
    contracts = apps.get_model("contracts.Contract")._base_manager.filter(pk__in=_open().values("contract"))
    named = contracts.order_by("pk").values_list("pk", "department", *NAMED)
    for pk, *told in named.iterator(chunk_size=5000):
        if pk in owed:
            yield dict(zip(COLUMNS, (*told, *owed[pk], billed.get(pk, NOTHING)), strict=True))


def _owed(on: date) -> dict[int, tuple[Any, ...]]:
    """The figures of what is owed, by contract."""
    open = Q(outstanding__gt=0)
    figures = {
        "planned": Sum("amount"), "paid": Sum("received"), "owed": Sum("outstanding"), **_bands(on),
        "first": Min("due_on", filter=open), "promised": Max("promised_on", filter=open),
    }  # fmt: skip
    every = apps.get_model("contracts.Receivable")._base_manager.order_by().values("contract")
    rows = every.annotate(**figures).filter(owed__gt=0).values_list("contract", *FIGURES)
    return {pk: tuple(told) for pk, *told in rows.iterator(chunk_size=5000)}


BANDS: dict[str, tuple[int | None, int]] = {"d30": (30, 0), "d60": (60, 30), "d90": (90, 60), "over": (None, 90)}
FIGURES = ("planned", "paid", "owed", "overdue", *BANDS, "first", "promised")
COLUMNS = ("team", *NAMED, *FIGURES, "invoiced")


def _bands(on: date) -> dict[str, Any]:
    """未收金额 by how many days it is overdue, as sums of one statement."""

    def late(most: int | None, least: int) -> Q:
        within = Q(due_on__lt=on - timedelta(days=least))
        return within if most is None else within & Q(due_on__gte=on - timedelta(days=most))

    days = {"overdue": (None, 0), **BANDS}
    return {name: Sum("outstanding", filter=late(*within), default=NOTHING) for name, within in days.items()}


def _summed(rows: Iterator[Row], totals: Row, teams: dict[int | None, Row]) -> Iterator[Row]:
    """Passes the rows on and adds them up on the way."""
    for row in rows:
        shown = {"planned": row["planned"], "invoiced": row["invoiced"], "received": row["paid"], "outstanding": row["owed"]}
        shown |= {name: row[name] for name in ("overdue", *BANDS)}
        for into, names in ((totals, tuple(shown)), (teams[row["team"]], OWED)):
            into["contracts"] += 1
            into.update({name: into.get(name, NOTHING) + shown[name] for name in names})
        yield row


def _told(rows: Iterator[Row]) -> Iterator[list[Cell]]:
    names = (*NAMED, "planned", "invoiced", "paid", "owed", "overdue", *BANDS, "first", "promised")
    return ([row[name] for name in names] for row in rows)


def receivers(model: Any) -> list[Any]:
    """Those who are to receive statements: whoever may acknowledge them all."""
    people = Person.objects.acting().filter(is_active=True).exclude(username="")
    return [person for person in people if person.reach("acknowledge", model) is Reach.ALL]


def _send(statement: Any, actor: Actor) -> None:
    """A word in the product, and a mail where there is a server and an address."""
    people = receivers(type(statement))
    text = f"{statement.name}：{statement.contracts} 份合同未收 {statement.outstanding} 元，逾期 {statement.overdue} 元，请签收"
    tell([person.pk for person in people], text, record=statement, quoting=("outstanding", "overdue"), actor=actor)
    to = [person.email for person in people if person.email]
    if settings.EMAIL_HOST and to:
        start("statement_mail", f"邮件发送“{statement.name}”", {"statement": statement.pk, "to": to}, actor=actor)


@job("statement_mail")
def mail_statement(told: Run, statement: int, to: list[str]) -> dict[str, Any]:
    """The statement with its file, to sales management. Raises Refused when the mail server does not take it."""
    kept = apps.get_model("contracts.ReceivableStatement")._base_manager.get(pk=statement)
    body = f"截止 {kept.on}：{kept.contracts} 份合同未收 {kept.outstanding} 元，其中逾期 {kept.overdue} 元。明细见附件。"
    letter = EmailMessage(kept.name, body, settings.DEFAULT_FROM_EMAIL, to)
    for file in apps.get_model("files.StoredFile").objects.filter(pk__in=kept.detail):
        letter.attach(file.name, path_of(file.digest).read_bytes(), file.type)
    send(letter)
    return {"to": to}
