"""What the database refuses, said to people: which field, which value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction

from zhike.kernel.errors import Invalid, Refused

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
    """The violated constraint as a reason beside its field."""
    detail = getattr(getattr(error.__cause__, "diag", None), "message_detail", "") or ""
    found = DETAIL.search(detail)
    by_column = {k.get_attname_column()[1]: k for k in model.kinds().values() if k.in_row}
    named = [by_column[c.strip()] for c in found["columns"].split(",") if c.strip() in by_column] if found else []
    if not named or not found:
        return Refused("数据不符合约束，未保存")
    reason = f"“{found['values']}”已存在" if "already exists" in detail else "引用的记录不存在"
    return Invalid.of({k.name: reason for k in named}, {k.name: k.label for k in named})
