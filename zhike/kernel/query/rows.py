"""Rows as JSON, built by PostgreSQL: Python authorises and passes the bytes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import orjson
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, F, JSONField, Q, QuerySet, Subquery, When

from zhike.kernel import sight
from zhike.kernel.errors import Invalid, NotFound
from zhike.kernel.kinds import Ref
from zhike.kernel.query.compiled import ANY_RECORD, Statement, compiled
from zhike.kernel.reach import Actor
from zhike.kernel.record import AnyKind, sees_all

DEEPEST_PATH = 3


def expressions(model: Any, names: Iterable[str], actor: Actor) -> dict[str, Any]:
    """The SQL of each wanted field; "customer.level" follows a reference. Raises Invalid for an unknown name."""
    return {name: expression(model, name, actor) for name in names}


def expression(model: Any, name: str, actor: Actor) -> Any:
    if name in ("id", "version"):
        return F(name)
    path, _ = resolve(model, name)
    holder = _walked(model, name, actor, sight.readable)
    return shown(sight.expression(holder, name.rpartition(".")[2], path, actor), model, name, actor)


def shown(value: Any, model: Any, name: str, actor: Actor) -> Any:
    """A value behind a reference, empty where the actor may not see the record it belongs to."""
    seen = visibility(model, name, actor)
    return Case(When(seen, then=value)) if seen else value


def visibility(model: Any, name: str, actor: Actor) -> Q:
    """Which rows may show what stands behind the references of a dotted name; empty when all may."""
    seen, path = Q(), ""
    for head in name.split(".")[:-1]:
        kind = model.kinds()[head]
        path, model = f"{path}{kind.path}", kind.target
        if not sees_all(model, actor):
            seen &= Q(**{f"{path}_id__in": model.objects.visible_to(actor).values("pk")})
        path += "__"
    return seen


def resolve(model: Any, name: str) -> tuple[str, AnyKind]:
    """The ORM path and the kind of a dotted field name, whoever asks. Raises Invalid."""
    *heads, last = name.split(".")
    path: list[str] = []
    for head in heads:
        kind = model.kinds().get(head)
        if not isinstance(kind, Ref) or len(heads) > DEEPEST_PATH:
            raise Invalid.of({name: "没有这个字段"})
        path.append(kind.path)
        model = kind.target
    if last not in model.kinds():
        raise Invalid.of({name: "没有这个字段"})
    kind = model.kinds()[last]
    return "__".join([*path, kind.path]), kind


def asked_about(model: Any, name: str, actor: Actor) -> tuple[str, AnyKind]:
    """The same, if the actor may filter, order, group and add up by the field. Raises Invalid as for an unknown name."""
    found = resolve(model, name)
    _walked(model, name, actor, sight.askable)
    return found


def _walked(model: Any, name: str, actor: Actor, fields: Callable[[Any, Actor], Mapping[str, AnyKind]]) -> Any:
    """The object that holds the field at the end of a dotted name, when each step is among the actor's `fields`."""
    *heads, last = name.split(".")
    for head in heads:
        if head not in fields(model, actor):
            raise Invalid.of({name: sight.UNKNOWN})
        model = model.kinds()[head].target
    if last not in fields(model, actor):
        raise Invalid.of({name: sight.UNKNOWN})
    return model


def every_field(model: Any, actor: Actor) -> list[str]:
    """All fields of a record page."""
    return ["id", "version", *sight.readable(model, actor)]


class JsonRows(Subquery):
    """A whole result as one JSON array, inside another query."""

    template = "(SELECT coalesce(json_agg(t), '[]'::json) FROM %(subquery)s AS t(%(names)s))"

    def __init__(self, queryset: Any, names: str, **extra: Any) -> None:
        super().__init__(queryset, output_field=JSONField(), names=names, **extra)
        self.template = self.template.replace("%(subquery)s", "(%(subquery)s)")


def json_rows(queryset: QuerySet[Any], columns: Mapping[str, Any]) -> JsonRows:
    """The rows of `queryset` with these named columns, as an expression."""
    return JsonRows(queryset.values_list(*columns.values()), _names(columns))


def fetch_json(queryset: QuerySet[Any], columns: Mapping[str, Any]) -> str:
    """The rows of `queryset` with these named columns, as the text of a JSON array."""
    try:
        statement = as_json(queryset, columns)
    except EmptyResultSet:
        return "[]"
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        return str(cursor.fetchone()[0])


def as_json(queryset: QuerySet[Any], columns: Mapping[str, Any]) -> Statement:
    """The statement of `fetch_json`. Raises EmptyResultSet when there can be no rows."""
    sql, params = queryset.values_list(*columns.values()).query.sql_with_params()
    return f"SELECT coalesce(json_agg(t), '[]')::text FROM ({sql}) AS t({_names(columns)})", params


def fetch_record(model: Any, pk: int, actor: Actor, also: Callable[[Any], Mapping[str, Any]]) -> tuple[str, dict[str, Any]]:
    """A record one may see as the text of a JSON object, and what else is asked about it. Raises NotFound.

    Arguments:
        also: makes further expressions by name for an actor, the same for every record of this object.
    """

    def compile(who: Actor) -> Statement:
        wanted, facts = expressions(model, every_field(model, who), who), also(who)
        rows = model.objects.visible_to(who).filter(pk=ANY_RECORD).values_list(*wanted.values(), *facts.values())
        sql, params = rows.query.sql_with_params()
        return f"SELECT {_object(wanted)}::text, {_object(facts)}::text FROM ({sql}) AS t({_names([*wanted, *facts])})", params

    try:
        statement = compiled(("record", model), actor, compile, (ANY_RECORD, pk))
    except EmptyResultSet:
        raise NotFound() from None
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        found = cursor.fetchone()
    if found is None:
        raise NotFound()
    return found[0], orjson.loads(found[1])


def _object(names: Iterable[str]) -> str:
    columns = ", ".join(f't."{name}"' for name in names)
    return f"(SELECT to_json(o) FROM (SELECT {columns}) AS o)"


def _names(columns: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
