"""Importing customers with duplicate check, search and audit, beside a bare COPY of the same rows with the same indexes."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from tests.bench.rows import Book
from zhike.apps.customers.objects.customer import Customer
from zhike.kernel.writes import delete_many
from zhike.org.objects.person import System
from zhike.project.home import home

HEADERS = {
    "客户名称": "name", "简称": "short_name", "统一社会信用代码": "credit_code", "行业": "industry", "客户级别": "level",
    "客户分类": "category", "电话": "phone", "员工人数": "employees",
}  # fmt: skip
AS = "boss"


class CopyUndone(Exception):
    """The bare copy was only made to be timed."""


def sheet(rows: int) -> Path:
    """A spreadsheet of customers nobody has yet, as people keep them."""
    path = home() / f"customers-{rows}.csv"
    book, kinds = Book([(1, 1)]), Customer.kinds()
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        for n in range(5_000_000, 5_000_000 + rows):
            customer = book.customer(n)
            writer.writerow([kinds[f].show(customer[f]) for f in HEADERS.values()])
    return path


def imported(rows: int) -> Iterator[tuple[int, float, float]]:
    """How many rows came in, in how many seconds, and in how many the bare copy takes; nothing of it is left behind."""
    command = ("import", "customers", str(sheet(rows)), "--as", AS, "--on-duplicate", "create", "--json")
    started = time.perf_counter()
    told = subprocess.run([sys.executable, "-m", "zhike", *command], capture_output=True, text=True, check=True).stdout
    ours = time.perf_counter() - started
    result = json.loads(told.splitlines()[-1])
    added = Customer.objects.filter(created_by__username=AS)
    data = _copied_out(added)
    delete_many(added, actor=System("bench"))
    yield result["created"], ours, _copy_in(data)


def _copied_out(rows: Any) -> bytes:
    ids = ",".join(str(pk) for pk in rows.values_list("pk", flat=True)) or "0"
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY (SELECT * FROM customers_customer WHERE id IN ({ids})) TO STDOUT") as copy,
    ):
        return b"".join(bytes(piece) for piece in copy)


def _copy_in(data: bytes) -> float:
    """Into the very same table, with its indexes as large as they are but without our triggers; then taken back."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE customers_customer DISABLE TRIGGER USER")
            started = time.perf_counter()
            with cursor.copy("COPY customers_customer FROM STDIN") as copy:
                copy.write(data)
            seconds = time.perf_counter() - started
            raise CopyUndone
    except CopyUndone:
        return seconds
