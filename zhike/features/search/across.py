"""Search across objects 全局搜索: any part of any searched field, in characters, pinyin, initials or digits.

The newest candidates of each object are found by its index, then ranked: the whole name, its beginning, its middle, elsewhere.
"""

from __future__ import annotations

from typing import Any

import orjson
from django.db.models import Case, IntegerField, Q, Value, When

from zhike.kernel.query.rows import expressions, fetch_json
from zhike.kernel.reach import Actor, Reach
from zhike.kernel.registry import objects
from zhike.kernel.search import grams
from zhike.kernel.search.matches import matching

CANDIDATES, SHOWN = 200, 6
LONGEST_SNIPPET = 60


def search(words: str, actor: Actor, limit: int = SHOWN) -> list[dict[str, Any]]:
    """Groups of found records, one a collection, under the gate; one query an object."""
    if grams.query(words) is None:
        return []
    groups = (_group(m, words, actor, limit) for m in objects().values() if _searched(m, actor))
    return [g for g in groups if g["rows"]]


def _searched(model: Any, actor: Actor) -> bool:
    return bool(model.spec.menu) and actor.reach("view", model) is not Reach.NONE


def _group(model: Any, words: str, actor: Actor, limit: int) -> dict[str, Any]:
    spec = model.spec
    fields = tuple(dict.fromkeys(("id", spec.title, *spec.subtitle, *_searchable(model))))
    found = orjson.loads(fetch_json(ranked(model, words, actor)[:limit], expressions(model, fields, actor)))
    rows = [_row(model, row, words) for row in found]
    return {"collection": spec.collection, "label": spec.label, "rows": rows}


def ranked(model: Any, words: str, actor: Actor) -> Any:
    """The best of the newest matches: the planner walks back for a frequent word and asks the index for a rare one."""
    newest = model.objects.visible_to(actor).filter(matching(words)).order_by("-pk").values("pk")[:CANDIDATES]
    return model._base_manager.filter(pk__in=newest).annotate(rank=_rank(model.spec.title, words)).order_by("rank", "-pk")


def _rank(title: str, words: str) -> Any:
    wanted = words.strip()
    tests = ("iexact", "istartswith", "icontains")
    whens = [When(Q(**{f"{title}__{test}": wanted}), then=Value(place)) for place, test in enumerate(tests)]
    return Case(*whens, default=Value(len(tests)), output_field=IntegerField())


def _searchable(model: Any) -> list[str]:
    return [name for name, kind in model.kinds().items() if kind.search]


def _row(model: Any, row: dict[str, Any], words: str) -> dict[str, Any]:
    kinds, spec = model.kinds(), model.spec
    subtitle = " · ".join(str(s) for n in spec.subtitle if (s := kinds[n].show(row[n])) not in ("", None))
    matched = [m for n in _searchable(model) if (m := _matched(kinds[n], row[n], words))]
    return {"id": row["id"], "title": row[spec.title], "subtitle": subtitle, "matched": matched[:3]}


def _matched(kind: Any, value: Any, words: str) -> dict[str, Any] | None:
    """The field and the characters of it that were meant; a long text is cut around them."""
    text = str(kind.show(value) or "")
    spans = sorted({s for word in words.split() for s in grams.spans(text, word)})
    if not spans:
        return None
    start = max(spans[0][0] - LONGEST_SNIPPET // 2, 0) if len(text) > LONGEST_SNIPPET else 0
    cut = text[start : start + LONGEST_SNIPPET]
    inside = [[a - start, min(b - start, len(cut))] for a, b in spans if a - start < len(cut)]
    return {"field": kind.name, "label": kind.label, "text": cut, "spans": inside}
