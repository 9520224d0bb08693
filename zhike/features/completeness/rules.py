"""The rules in force, one for each object, as the process keeps them; and which objects can have one."""

from __future__ import annotations

from typing import Any

from django.db import connection

from zhike.kernel.kinds.completeness import Wanted, score_of
from zhike.kernel.registry import objects

IN_FORCE = """
SELECT DISTINCT ON (collection) collection, counted, least, barred FROM completeness_completenessrule
WHERE begun ORDER BY collection, starts_on DESC, id DESC
"""


def scored() -> dict[str, Any]:
    """Every object that tells how complete its records are, by its collection."""
    return {collection: model for collection, model in objects().items() if score_of(model)}


def in_force() -> tuple[tuple[str, Wanted], ...]:
    """Of each object the rule that began last; one query."""
    with connection.cursor() as cursor:
        cursor.execute(IN_FORCE)
        return tuple((row[0], Wanted(tuple(row[1]), row[2], frozenset(row[3]))) for row in cursor.fetchall())
