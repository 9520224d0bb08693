"""Words under field rules 搜索与字段权限: what was typed must stand in a field whose whole value the asker may read.

The search column holds the words of every field, so for most people it answers alone. Whoever may not read some searched field
asks it for candidates, and each typed piece must besides be found where she may look: in the name of the record (weight C), in
other texts (B, and A in rows not written since) unless one of them is closed to her, or literally in a column open to her. The
price is a few comparisons for each candidate row, paid by nobody else; of texts beside a closed one the pinyin is not searched.
"""

from __future__ import annotations

from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Q

from zhike.kernel.kinds.base import Kind
from zhike.kernel.reach import Actor
from zhike.kernel.search import grams, matches
from zhike.kernel.search.lookups import Matches
from zhike.kernel.sight import askable

TITLES, TEXTS = "C", "ABC"


def plain(model: Any, actor: Actor) -> bool:
    """Whether the actor may read every field that is searched."""
    return not _closed(model, actor)


def matching(model: Any, words: str, actor: Actor) -> Q:
    """Records in whose readable fields every typed word stands."""
    return matches.matching(model, words) & told(model, words, actor)


def told(model: Any, words: str, actor: Actor) -> Q:
    """What must hold besides the answer of the search column; nothing for most people."""
    closed = _closed(model, actor)
    return reduce(and_, (_term(model, run, actor, closed) for run in grams.terms(words)), Q()) if closed else Q()


def _closed(model: Any, actor: Actor) -> list[Kind]:
    known = askable(model, actor)
    return [kind for name, kind in model.kinds().items() if isinstance(kind, Kind) and kind.search and name not in known]


def _term(model: Any, run: str, actor: Actor, closed: list[Kind]) -> Q:
    """Where one typed piece may be found."""
    weights = TITLES if any(kind.kind == "text" for kind in closed) else TEXTS
    known = (kind for kind in askable(model, actor).values() if isinstance(kind, Kind) and kind.search)
    return reduce(or_, (kind.holds(kind.path, run) for kind in known), Q(Matches(grams.weighted(run, weights))))
