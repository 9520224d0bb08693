"""A page of rows 列表: scope, filter, words, order and place in one statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Q, QuerySet

from zhike.kernel.errors import Invalid
from zhike.kernel.query import filters, paging
from zhike.kernel.query.rows import expressions
from zhike.kernel.reach import Actor
from zhike.kernel.search import grams
from zhike.kernel.search.lookups import Matches

DEFAULT_LIMIT, MOST_ROWS = 50, 200
COUNTED = 10_000


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a caller wants to see of one object.

    Arguments:
        filter: a tree of the filter language.
        words: what someone typed into the quick search; pinyin and initials count.
        order: "-amount,name"; fields: the wanted columns, those of the Spec when empty.
        after: the cursor of the row before; limit: rows a page, at most 200.
    """

    filter: Any = None
    words: str = ""
    order: str = ""
    fields: tuple[str, ...] = ()
    after: str = ""
    limit: int = DEFAULT_LIMIT


@dataclass(frozen=True)
class Page:
    """Rows as the text of a JSON array, and where the next page begins."""

    rows: str
    next: str | None


def selected(model: Any, asked: Asked, actor: Actor, verb: str = "view") -> QuerySet[Any]:
    """Every row that is asked for and may be seen, in no order."""
    rows = model.objects.visible_to(actor, verb).filter(filters.condition(model, asked.filter, actor))
    return rows.filter(matching(asked.words)) if asked.words.strip() else rows


def matching(words: str) -> Q:
    """Records whose search index holds what was typed; nothing searchable finds nothing."""
    query = grams.query(words)
    return Q(Matches(query)) if query else Q(pk__in=[])


def page(model: Any, asked: Asked, actor: Actor) -> Page:
    """One page under the gate. Raises Invalid for unknown fields, Malformed for a cursor of another order."""
    if not 1 <= asked.limit <= MOST_ROWS:
        raise Invalid.of({"limit": f"应在 1 与 {MOST_ROWS} 之间"})
    order = paging.keys(model, asked.order, actor)
    rows = paging.ordered(selected(model, asked, actor), order)
    if asked.after:
        rows = rows.filter(paging.after(order, asked.after))
    columns = expressions(model, asked.fields or default_fields(model), actor)
    return _fetch(rows[: asked.limit], columns, order, asked.limit)


def default_fields(model: Any) -> tuple[str, ...]:
    spec = model.spec
    return tuple(dict.fromkeys(("id", "version", spec.title, *spec.subtitle, *spec.columns)))


def total(model: Any, asked: Asked, actor: Actor) -> dict[str, Any]:
    """How many rows: exact up to 10,000, “10,000+” beyond, so that counting never costs more than a glance."""
    found = selected(model, asked, actor).order_by()[: COUNTED + 1].count()
    return {"count": min(found, COUNTED), "exact": found <= COUNTED}


def _fetch(rows: QuerySet[Any], columns: Mapping[str, Any], order: list[paging.Key], limit: int) -> Page:
    places = [f"o{n}" for n in range(len(order))]
    try:
        sql, params = rows.values_list(*columns.values(), *(F(k.path) for k in order)).query.sql_with_params()
    except EmptyResultSet:
        return Page("[]", None)
    shown = ", ".join(f't."{name}"' for name in columns)
    names = ", ".join(f'"{name}"' for name in (*columns, *places))
    place = ", ".join(f"t.{p}::text" for p in places)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT coalesce(json_agg((SELECT r FROM (SELECT {shown}) AS r)), '[]')::text, count(*), "
            f"(array_agg(json_build_array({place})::text))[count(*)] FROM ({sql}) AS t({names})",
            params,
        )
        found, count, last = cursor.fetchone()
    return Page(found, paging.cursor(last) if count == limit else None)
