"""Approvals decided one by one, and the month's receivables statement, each beside SQL written by hand. Nothing of it stays."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from zhike.api.approvals import held_back
from zhike.apps.contracts.flows.state_receivables import details
from zhike.apps.contracts.objects.contract import Contract
from zhike.apps.contracts.objects.invoice import Invoice
from zhike.apps.contracts.objects.receivable import Receivable
from zhike.features.approval.answering import answer
from zhike.features.approval.models import Request
from zhike.features.approval.submitting import Deed
from zhike.kernel.registry import find
from zhike.kernel.writes import create, update
from zhike.org.objects.person import Person, System

BUILDER = System("bench")
TERMS = 4
Times = tuple[float, float]
DECIDED = (
    "UPDATE approval_task SET state = 'agreed', decided_at = now() WHERE request_id = %s",
    "UPDATE customers_customer SET employees = 12, version = version + 1 WHERE id = %s",
    "UPDATE approval_request SET state = 'approved', finished_at = now() WHERE id = %s",
)
STATED = """
WITH owed AS (
    SELECT contract_id, sum(amount) AS planned, sum(received) AS paid, sum(outstanding) AS owed,
        sum(outstanding) FILTER (WHERE due_on < %(on)s AND due_on >= %(on)s - 30) AS d30,
        sum(outstanding) FILTER (WHERE due_on < %(on)s - 30 AND due_on >= %(on)s - 60) AS d60,
        sum(outstanding) FILTER (WHERE due_on < %(on)s - 60 AND due_on >= %(on)s - 90) AS d90,
        sum(outstanding) FILTER (WHERE due_on < %(on)s - 90) AS over
    FROM contracts_receivable GROUP BY contract_id HAVING sum(outstanding) > 0
), billed AS (
    SELECT contract_id, sum(amount) AS invoiced FROM contracts_invoice
    WHERE state = 'issued' AND issued_on <= %(on)s GROUP BY contract_id
)
SELECT k.number, k.name, c.name, o.*, b.invoiced FROM owed o JOIN contracts_contract k ON k.id = o.contract_id
JOIN customers_customer c ON c.id = k.customer_id LEFT JOIN billed b USING (contract_id)
"""


class Undone(Exception):
    """It was only done to be timed."""


def seconds(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def undone(work: Callable[[], Times]) -> Times:
    """What `work` returns, and nothing of what it has written."""
    told: Times = (0.0, 0.0)
    try:
        with transaction.atomic():
            told = work()
            raise Undone
    except Undone:
        pass
    return told


def decided(requester: Person, customers: list[int]) -> Times:
    """Seconds for so many requests to be agreed to and carried out: ours, and the three bare updates of each."""
    return undone(lambda: _decided(requester, customers))


def _decided(requester: Person, customers: list[int]) -> Times:
    boss = Person.objects.acting().get(username="boss")
    steps = {"fields": ["employees"], "steps": [{"name": "主管", "who": [{"by": "person", "person": boss.pk}]}]}
    policy = {"name": "测量", "collection": "customers", "verb": "change", "is_active": True, "definition": json.dumps(steps)}
    create(find("approval-policies"), policy, actor=BUILDER)
    asking = Person.objects.acting().get(pk=requester.pk)
    for pk in customers:
        _ask(asking, pk)
    waiting = list(Request.objects.filter(requester=asking, state="pending").values_list("pk", "record"))
    ours = seconds(lambda: [answer(pk, "approve", {}, boss) for pk, _ in waiting])
    with connection.cursor() as cursor:
        theirs = seconds(lambda: [_by_hand(cursor, pk, record) for pk, record in waiting])
    return ours, theirs


def _ask(asking: Any, pk: int) -> None:
    model, data = find("customers"), {"employees": 77_777}
    held_back(asking, Deed(collection="customers", verb="change", record=pk, data=data), lambda: _change(model, pk, data, asking))


def _change(model: Any, pk: int, data: dict[str, Any], actor: Any) -> Any:
    with transaction.atomic():
        return update(model(pk=pk), data, actor=actor)


def _by_hand(cursor: Any, request: int, record: int) -> None:
    for statement, key in zip(DECIDED, (request, record, request), strict=True):
        cursor.execute(statement, [key])


def stated(customer: int, invoices: int) -> Times:
    """Seconds for the receivables statement over so many invoices: ours with every row in hand, and by hand."""
    return undone(lambda: _stated(customer, invoices))


def _stated(customer: int, invoices: int) -> Times:
    today = timezone.localdate()
    _fill(customer, invoices, today)
    with connection.cursor() as cursor:
        cursor.execute(STATED, {"on": today})  # whoever reads new rows first must look up whether they were committed
        ours = seconds(lambda: list(details(today)))
        return ours, seconds(lambda: (cursor.execute(STATED, {"on": today}), cursor.fetchall()))


def _fill(customer: int, invoices: int, today: date) -> None:
    """Contracts in four payments each, every payment billed, a third of them paid."""
    with connection.cursor() as cursor:
        for table in ("contracts_contract", "contracts_receivable", "contracts_invoice"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    contract = create(Contract, {"customer": customer, "stated_amount": "400"}, actor=BUILDER)
    owed = {"contract": contract.pk, "name": "款", "amount": "100", "due_on": str(today - timedelta(days=40))}
    receivable = create(Receivable, owed, actor=BUILDER)
    invoice = create(Invoice, {"contract": contract.pk, "receivable": receivable.pk, "amount": "100"}, actor=BUILDER)
    first = _copies(contract, invoices // TERMS, number="t.number || '-' || n")
    of_contract = f"{first} + (n - 1) / {TERMS}"
    paid = {"outstanding": "CASE WHEN n % 3 = 0 THEN 0 ELSE 100 END", "received": "CASE WHEN n % 3 = 0 THEN 100 ELSE 0 END"}
    start = _copies(receivable, invoices, contract_id=of_contract, due_on="t.due_on + n % 90", **paid)
    issued = {"state": "'issued'", "issued_on": "CURRENT_DATE", "number": "t.number || '-' || n"}
    _copies(invoice, invoices, contract_id=of_contract, receivable_id=f"{start} + n - 1", **issued)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE contracts_receivable, contracts_invoice, contracts_contract")


def _copies(record: Any, many: int, **other: str) -> int:
    """So many copies of a row, some columns otherwise; the id of the first."""
    model = type(record)
    columns = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    values = ", ".join(other.get(column, f't."{column}"') for column in columns)
    table, named = model._meta.db_table, ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(id) FROM {table}")
        before = cursor.fetchone()[0]
        copies = f"SELECT {values} FROM {table} t, generate_series(1, {many:d}) n WHERE t.id = {record.pk:d}"
        cursor.execute(f"INSERT INTO {table} ({named}) {copies}")
        cursor.execute(f"SELECT min(id) FROM {table} WHERE id > {before:d}")
        return int(cursor.fetchone()[0])
