"""How many records hold a word: few enough to name them all, or so many that one soon meets one while reading on.

PostgreSQL knows which words are frequent, but weighs word, scope and order badly against each other: it collects every hit of a
frequent word before it sorts, and reads a whole department beside a rare one. So it is asked what it knows, and told what to do.
"""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q

from zhike.kernel.search import grams
from zhike.kernel.search.lookups import Matches

FEW, COMMON = 1000, 10_000


def matching(words: str) -> Q:
    """Records whose search index holds what was typed; nothing searchable finds nothing."""
    query = grams.query(words)
    return Q(Matches(query)) if query else Q(pk__in=[])


def few(model: Any, words: str) -> list[int] | None:
    """The ids of all records that hold the words, whoever may see them; None when there are many."""
    rows = model._base_manager.filter(matching(words)).order_by().values_list("pk", flat=True)
    try:
        if _estimate(rows) > COMMON:
            return None
        found = list(rows[: FEW + 1])
    except EmptyResultSet:
        return []
    return found if len(found) <= FEW else None


def _estimate(rows: Any) -> int:
    """How many rows the planner expects, from what it remembers of the words of this object."""
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        plan = cursor.fetchone()[0]
    return int((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]["Plan Rows"])
