"""A page of rows 列表: scope, filter, words, order and place in one statement."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any

import orjson
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Func, JSONField, Q, QuerySet
from django.utils import timezone

from zhike.kernel.errors import Invalid
from zhike.kernel.query import filters, paging, walking, wording
from zhike.kernel.query.compiled import ANY_QUERY, ANY_RECORD, Given, Statement, compiled
from zhike.kernel.query.rows import expressions
from zhike.kernel.reach import Actor
from zhike.kernel.record import whether
from zhike.kernel.search import frequency, grams
from zhike.kernel.search.matches import holding
from zhike.kernel.sight import readable

DEFAULT_LIMIT, MOST_ROWS = 50, 200
COUNTED = 10_000
MEETS, MOST_RULES = "_meets", 8
NOTHING: Statement = ("SELECT '[]', 0, NULL::text", ())


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a caller wants to see of one object.

    Arguments:
        filter: a tree of the filter language.
        words: what someone typed into the quick search; pinyin and initials count.
        order: "-amount,name"; fields: the wanted columns, those of the Spec when empty.
        after: the cursor of the row before; limit: rows a page, at most 200.
        meets: conditions each row is held against; it says of each whether it meets it (颜色规则).
    """

    filter: Any = None
    words: str = ""
    order: str = ""
    fields: tuple[str, ...] = ()
    after: str = ""
    limit: int = DEFAULT_LIMIT
    meets: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Search:
    """Words as the search index is asked for them, and whether they are rare enough to begin with."""

    query: str
    rare: bool


@dataclass(frozen=True)
class Page:
    """Rows as the text of a JSON array, and where the next page begins."""

    rows: str
    next: str | None


def selected(model: Any, asked: Asked, actor: Actor, verb: str = "view") -> QuerySet[Any]:
    """Every row that is asked for and may be seen, in no order."""
    rows = model.objects.visible_to(actor, verb).filter(filters.condition(model, asked.filter, actor))
    return rows.filter(wording.matching(model, asked.words, actor)) if asked.words.strip() else rows


def page(model: Any, asked: Asked, actor: Actor) -> Page:
    """One page under the gate. Raises Invalid for unknown fields, Malformed for a cursor of another order."""
    if not 1 <= asked.limit <= MOST_ROWS:
        raise Invalid.of({"limit": f"应在 1 与 {MOST_ROWS} 之间"})
    order = paging.keys(model, asked.order, actor)
    try:
        statement = found(model, asked, actor, order)
    except EmptyResultSet:
        return Page("[]", None)
    names = (*(asked.fields or default_fields(model, actor)), *([MEETS] if asked.meets else []))
    [answer] = _fetch([_as_page(statement, names, order)], asked.limit)
    return answer


def pointing_to(targets: Iterable[tuple[Any, str]], pk: int, actor: Actor, limit: int) -> list[Page]:
    """The first rows of each object whose field points to one record, all in one statement.

    Arguments:
        targets: object and field, "companies.customer" when the pointer stands in its lines.
    """
    statements = []
    for model, field in targets:
        order = paging.keys(model, "", actor)
        fields = (*default_fields(model, actor), *_attached(model, actor))
        asked = Asked(filter={"field": field, "op": "eq", "value": ANY_RECORD}, limit=limit, fields=fields)
        try:
            compile = partial(_statement, model, asked, order, None, ())
            statement = compiled(_key(model, asked), actor, compile, (ANY_RECORD, pk))
            statements.append(_as_page(statement, fields, order))
        except EmptyResultSet:
            statements.append(NOTHING)
    return _fetch(statements, limit) if statements else []


def _attached(model: Any, actor: Actor) -> list[str]:
    """Files stand beside what they were given with: a photo of a visit where the visit is told."""
    shown = default_fields(model, actor)
    return [name for name, kind in readable(model, actor).items() if kind.kind == "file" and name not in shown]


def found(model: Any, asked: Asked, actor: Actor, order: list[paging.Key]) -> Statement:
    """The wanted columns of the wanted rows, then those of the order. Raises EmptyResultSet when there can be none."""
    typed, query = bool(asked.words.strip()), grams.query(asked.words)
    if typed and not query:
        raise EmptyResultSet
    search = Search(ANY_QUERY, frequency.rare(model, asked.words)) if query else None
    place = paging.place(order, asked.after) if asked.after else []
    behind = tuple(None if value is None else Given(n) for n, value in enumerate(place))
    compile = partial(_statement, model, asked, order, search, behind)
    key = _key(model, asked, search, behind) if not search or wording.plain(model, actor) else None
    return compiled(key, actor, compile, (ANY_QUERY, query), *zip(behind, place, strict=True))


def _key(model: Any, asked: Asked, search: Search | None = None, behind: tuple[Given | None, ...] = ()) -> Hashable:
    """What tells one question from another; relative days mean others tomorrow, an empty value in a place other columns."""
    tree = sha256(orjson.dumps([asked.filter, asked.meets], default=repr)).digest()
    return model, tree, search, asked.order, asked.fields, asked.limit, behind, timezone.localdate()


def _statement(
    model: Any, asked: Asked, order: list[paging.Key], search: Search | None, place: tuple[Given | None, ...], actor: Actor
) -> Statement:
    columns = expressions(model, asked.fields or default_fields(model, actor), actor) | _meets(model, asked.meets, actor)
    behind = paging.after(order, place) if place else Q()
    wanted = (*columns.values(), *(k.column() for k in order))
    condition = filters.condition(model, asked.filter, actor)
    if search:
        condition &= holding(model, search.query, search.rare) & wording.told(model, asked.words, actor)
    if not (search and search.rare) and walking.walkable(model, asked.filter, order, actor):
        places = paging.ordered(model.objects.visible_to(actor).filter(behind), order)
        return walking.walked(places, model._base_manager.filter(condition).values_list(*wanted), order, asked.limit)
    rows = paging.ordered(model.objects.visible_to(actor).filter(condition & behind), order)
    return rows.values_list(*wanted)[: asked.limit].query.sql_with_params()


def _meets(model: Any, rules: tuple[Any, ...], actor: Actor) -> dict[str, Any]:
    """Whether a row meets each rule, as a list of true and false. Raises Invalid."""
    if len(rules) > MOST_RULES:
        raise Invalid.of({"meets": f"最多 {MOST_RULES} 条规则"})
    held = [whether(filters.condition(model, rule, actor)) for rule in rules]
    return {MEETS: Func(*held, function="json_build_array", output_field=JSONField())} if held else {}


def default_fields(model: Any, actor: Actor) -> tuple[str, ...]:
    """The columns of the default screens, as far as they are there for this actor."""
    spec, known = model.spec, {"id", "version", *readable(model, actor)}
    return tuple(n for n in dict.fromkeys(("id", "version", spec.title, *spec.subtitle, *spec.columns)) if n in known)


def total(model: Any, asked: Asked, actor: Actor) -> dict[str, Any]:
    """How many rows: exact up to 10,000, “10,000+” beyond, so that counting never costs more than a glance."""
    found = selected(model, asked, actor).order_by()[: COUNTED + 1].count()
    return {"count": min(found, COUNTED), "exact": found <= COUNTED}


def _as_page(statement: Statement, columns: Iterable[str], order: list[paging.Key]) -> Statement:
    """The same as one row: the rows as JSON, their number, the place behind the last."""
    sql, params = statement
    places = [f"o{n}" for n in range(len(order))]
    shown = ", ".join(f't."{name}"' for name in columns)
    names = ", ".join(f'"{name}"' for name in (*columns, *places))
    place = ", ".join(f"t.{p}::text" for p in places)
    return (
        f"SELECT coalesce(json_agg((SELECT r FROM (SELECT {shown}) AS r)), '[]')::text, count(*), "
        f"(array_agg(json_build_array({place})::text))[count(*)] FROM ({sql}) AS t({names})",
        params,
    )


def _fetch(pages: list[Statement], limit: int) -> list[Page]:
    """All pages by one statement, each planned for itself: joined, PostgreSQL would weigh every order of a dozen of them."""
    statement = " UNION ALL ".join(f"SELECT {n}, p.* FROM ({sql}) AS p" for n, (sql, _) in enumerate(pages))
    with connection.cursor() as cursor:
        cursor.execute(statement, [p for _, params in pages for p in params])
        found = sorted(cursor.fetchall())
    return [Page(rows, paging.cursor(last) if count == limit else None) for _, rows, count, last in found]
