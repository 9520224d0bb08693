"""What the database refuses, said to people: which field, which value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction

from zhike.kernel.errors import Invalid, Refused
from zhike.kernel.record import Described

DETAIL = re.compile(r"\((?P<columns>[^)]*)\)=\((?P<values>.*)\)")


@contextmanager
def whole(model: Any) -> Iterator[None]:
    """All or nothing: one transaction (a savepoint within another) whose refusal by the database is said to people."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise explained(model, error) from None


def explained(model: Any, error: IntegrityError) -> Invalid | Refused:
    """The violated constraint as a reason beside its field, be it of the record itself or of what was written along with it."""
    diagnosis = getattr(error.__cause__, "diag", None)
    detail = getattr(diagnosis, "message_detail", "") or ""
    found = DETAIL.search(detail)
    written = _stored_in(getattr(diagnosis, "table_name", None), model)
    by_column = {k.get_attname_column()[1]: k for k in written.kinds().values() if k.in_row} if written else {}
    named = [by_column[c.strip()] for c in found["columns"].split(",") if c.strip() in by_column] if found else []
    if not named or not found:
        return Refused("数据不符合约束，未保存")
    reason = f"“{found['values']}”已存在" if "already exists" in detail else "引用的记录不存在"
    return Invalid.of({k.name: reason for k in named}, {k.name: k.label for k in named})


def _stored_in(table: str | None, model: Any) -> Any:
    """The object or line that lies in a table; None for what is no business of people's."""
    if table in (None, model._meta.db_table):
        return model
    return next((m for m in apps.get_models() if m._meta.db_table == table and issubclass(m, Described)), None)
