"""Search across objects 全局搜索: any part of any searched field, in characters, pinyin, initials or digits.

One statement finds the best of the newest hits of every object: the whole name, its beginning, its middle, elsewhere. A second
one shows those that were found. Both are compiled once for all who stand alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

import orjson
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models.expressions import RawSQL

from zhike.kernel import sight
from zhike.kernel.query import listing, paging
from zhike.kernel.query.compiled import ANY_RECORD, Statement, compiled
from zhike.kernel.query.rows import as_json, expressions
from zhike.kernel.reach import Actor, Reach
from zhike.kernel.registry import objects
from zhike.kernel.search import frequency, grams

RARE_CANDIDATES, COMMON_CANDIDATES, SHOWN = 200, 60, 6
LONGEST_SNIPPET = 60
_BEST = """
    SELECT {n}, c.id FROM ({candidates}) AS c(id, title{order})
    ORDER BY CASE WHEN lower(title::text) = lower(%s) THEN 0 WHEN starts_with(lower(title::text), lower(%s)) THEN 1
        WHEN position(lower(%s) IN lower(title::text)) > 0 THEN 2 ELSE 3 END, c.id DESC LIMIT {limit}
"""


def search(words: str, actor: Actor, limit: int = SHOWN, among: Iterable[Any] | None = None) -> list[dict[str, Any]]:
    """Groups of found records, one a collection, under the gate; two queries in all. Looks at every object, or at those given."""
    if grams.query(words) is None:
        return []
    found = _found([m for m in among or objects().values() if _searched(m, actor)], words, actor, limit)
    return [_group(model, rows, words, actor) for model, rows in _rows(found, actor) if rows]


def _searched(model: Any, actor: Actor) -> bool:
    return bool(model.spec.menu) and actor.reach("view", model) is not Reach.NONE


def _found(models: list[Any], words: str, actor: Actor, limit: int) -> dict[Any, list[int]]:
    """The ids of the best hits of each object, best first."""
    parts = [best for n, model in enumerate(models) if (best := _best(n, model, words, actor, limit))]
    found: dict[Any, list[int]] = {}
    for n, pk in _asked(" UNION ALL ".join(f"({sql})" for sql, _ in parts), parts):
        found.setdefault(models[n], []).append(pk)
    return found


def _best(n: int, model: Any, words: str, actor: Actor, limit: int) -> Statement | None:
    """The newest records that hold the words, the best named first."""
    many = RARE_CANDIDATES if frequency.rare(model, words) else COMMON_CANDIDATES
    asked = listing.Asked(words=words, order="-updated_at", fields=("id", model.spec.title), limit=many)
    order = paging.keys(model, asked.order, actor)
    try:
        candidates, parameters = listing.found(model, asked, actor, order)
    except EmptyResultSet:
        return None
    places = "".join(f", o{k}" for k in range(len(order)))
    return _BEST.format(n=n, candidates=candidates, order=places, limit=int(limit)), (*parameters, *[words.strip()] * 3)


def _rows(found: dict[Any, list[int]], actor: Actor) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
    """What is shown of each hit, in the order found."""
    parts = [compiled(("found", model), actor, partial(_shown, model), ([ANY_RECORD], ids)) for model, ids in found.items()]
    for answer in _asked("SELECT " + ", ".join(f"({sql})" for sql, _ in parts), parts):
        for (model, ids), text in zip(found.items(), answer, strict=True):
            yield model, sorted(orjson.loads(text), key=lambda row: ids.index(row["id"]))


def _shown(model: Any, actor: Actor) -> Statement:
    fields = tuple(dict.fromkeys(("id", model.spec.title, *_subtitle(model, actor), *_searchable(model, actor))))
    chosen = RawSQL("SELECT unnest(%s::bigint[])", ([ANY_RECORD],))
    return as_json(model.objects.visible_to(actor).filter(pk__in=chosen), expressions(model, fields, actor))


def _asked(sql: str, parts: list[Statement]) -> list[Any]:
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, [p for _, parameters in parts for p in parameters])
        return list(cursor.fetchall())


def _group(model: Any, rows: list[dict[str, Any]], words: str, actor: Actor) -> dict[str, Any]:
    shown = [_row(model, row, words, actor) for row in rows]
    return {"collection": model.spec.collection, "label": model.spec.label, "rows": shown}


def _searchable(model: Any, actor: Actor) -> list[str]:
    return [name for name, kind in sight.askable(model, actor).items() if kind.search]


def _subtitle(model: Any, actor: Actor) -> list[str]:
    known = sight.readable(model, actor)
    return [name for name in model.spec.subtitle if name in known]


def _row(model: Any, row: dict[str, Any], words: str, actor: Actor) -> dict[str, Any]:
    kinds, spec = model.kinds(), model.spec
    said = (sight.as_text(model, n, row[n], actor) for n in _subtitle(model, actor))
    subtitle = " · ".join(str(s) for s in said if s not in ("", None))
    matched = [m for n in _searchable(model, actor) if (m := _matched(kinds[n], row[n], words))]
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
