"""Which fields carry automatic numbers, and the patterns in force."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import connection

from zhike.kernel.registry import every_object
from zhike.kernel.writes.numbers import numbered

LATEST = "SELECT DISTINCT ON (field) field, pattern FROM numbering_numberpattern ORDER BY field, id DESC"


@cache
def numbered_fields() -> dict[str, tuple[Any, Any]]:
    """customers.number → the object and its field, in the order of the menus."""
    models = sorted(every_object().values(), key=lambda m: m.spec.place)
    return {f"{m.spec.collection}.{kind.name}": (m, kind) for m in models for kind in numbered(m)}


def patterns_in_force() -> dict[str, str]:
    """The patterns that stand in place of the declared ones; one query."""
    with connection.cursor() as cursor:
        cursor.execute(LATEST)
        return {field: pattern for field, pattern in cursor.fetchall() if pattern and field in numbered_fields()}
