"""Automatic numbers 自动编号: drawn from a PostgreSQL sequence, so that no two writers wait for each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.utils import timezone

from zhike.kernel.kinds import Number

SEQUENCE = re.compile(r"\{seq:?(\d*)\}")


def sequence(model: Any, kind: Number) -> str:
    """The name of the sequence behind a numbered field."""
    return f"{model._meta.db_table}_{kind.column}_number"


def numbered(model: Any) -> list[Number]:
    return [k for k in model.declared().values() if isinstance(k, Number)]


def give_numbers(model: Any, records: list[Any]) -> None:
    """Number every record that has no number yet; one query a numbered field."""
    for kind in numbered(model):
        waiting = [r for r in records if not getattr(r, kind.name)]
        for record, value in zip(waiting, _draw(sequence(model, kind), len(waiting)), strict=True):
            setattr(record, kind.name, written(kind.pattern, value))


def written(pattern: str, value: int) -> str:
    """KH{yyyy}{mm}-{seq:5} and 42 in November 2026 give KH202611-00042."""
    today = timezone.localdate()
    dated = pattern.replace("{yyyy}", f"{today:%Y}").replace("{mm}", f"{today:%m}").replace("{dd}", f"{today:%d}")
    return SEQUENCE.sub(lambda m: str(value).zfill(int(m[1] or 1)), dated)


def _draw(name: str, count: int) -> Iterator[int]:
    if not count:
        return iter(())
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s::regclass) FROM generate_series(1, %s)", [f'"{name}"', count])
        return iter([row[0] for row in cursor.fetchall()])
