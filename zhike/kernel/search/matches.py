"""Records that hold words: named one by one when they are few, recognised while reading on when they are many.

PostgreSQL knows which words are frequent, but weighs word, scope and order badly against each other: it collects every hit of a
frequent word before it sorts, and reads a whole department beside a rare one. So it is told what to begin with.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from zhike.kernel.search import frequency, grams
from zhike.kernel.search.lookups import LiesAmong, Matches


def matching(model: Any, words: str) -> Q:
    """Records whose search index holds what was typed; nothing searchable finds nothing."""
    query = grams.query(words)
    return holding(model, query, frequency.rare(model, words)) if query else Q(pk__in=[])


def holding(model: Any, query: str, rare: bool) -> Q:
    """Records whose search index answers the query, to begin with when it is rare."""
    if not rare:
        return Q(Matches(query))
    return Q(LiesAmong(model._base_manager.filter(Q(Matches(query)))))
