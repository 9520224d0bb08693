"""Order and keyset paging 分页: the next page starts after the last row, so the deepest page costs what the first does."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.core.exceptions import ValidationError
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import OrderBy
from django.db.models.lookups import Exact, GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual

from zhike.kernel.errors import Invalid, Malformed
from zhike.kernel.kinds import Choice, Integer, Ref
from zhike.kernel.query.rows import asked_about, visibility
from zhike.kernel.reach import Actor
from zhike.kernel.sight import askable

MOST_ORDERS = 4
MOST_RANKS = 200
WHOLE = re.compile(r"-?\d{1,6}")
WRONG = "分页位置 after 不正确"
IDENTITY = Integer("id")


@dataclass(frozen=True)
class Key:
    """One part of the order: a column, its direction, and whether it can be empty (empty comes last)."""

    path: str
    descending: bool
    nullable: bool
    kind: Any

    def column(self) -> Any:
        """What the rows are ordered by."""
        return F(self.path)

    def order(self) -> OrderBy:
        last = True if self.nullable else None
        return OrderBy(F(self.path), descending=self.descending, nulls_last=last)

    def after(self, value: Any) -> Q:
        """Rows that come later in this column than `value`."""
        if value is None:
            return Q(pk__in=[])
        later = Q(**{f"{self.path}__{'lt' if self.descending else 'gt'}": value})
        return later | Q(**{f"{self.path}__isnull": True}) if self.nullable else later

    def onward(self, value: Any) -> Q:
        """Rows at `value` or later in this column: one range, so that an index begins there."""
        if value is None:
            return self.same(value)
        onward = Q(**{f"{self.path}__{'lte' if self.descending else 'gte'}": value})
        return onward | Q(**{f"{self.path}__isnull": True}) if self.nullable else onward

    def same(self, value: Any) -> Q:
        return Q(**{f"{self.path}__isnull": True}) if value is None else Q(**{self.path: value})

    def value(self, text: str | None) -> Any:
        """The value of this column in a cursor, from the text PostgreSQL gave."""
        if text is None and not self.nullable:
            raise Malformed(WRONG)
        if text is None or isinstance(self.kind, Ref):
            return text
        try:
            return text == "true" if self.kind.kind == "boolean" else self.kind.to_python(text)
        except (ValidationError, ValueError, OverflowError):
            raise Malformed(WRONG) from None


@dataclass(frozen=True)
class Ranked(Key):
    """A choice or a state: in the order of its options, as people know it, and not of the words they are stored as.

    What is empty, or no option any more, comes last either way.
    """

    def column(self) -> Any:
        options = self.kind.options
        ranks = [When(**{self.path: value}, then=Value(place)) for place, value in enumerate(options)]
        return Case(*ranks, default=Value(-1 if self.descending else len(options)), output_field=IntegerField())

    def order(self) -> OrderBy:
        return OrderBy(self.column(), descending=self.descending)

    def after(self, value: Any) -> Q:
        return Q((LessThan if self.descending else GreaterThan)(self.column(), value))

    def onward(self, value: Any) -> Q:
        return Q((LessThanOrEqual if self.descending else GreaterThanOrEqual)(self.column(), value))

    def same(self, value: Any) -> Q:
        return Q(Exact(self.column(), value))

    def value(self, text: str | None) -> int:
        if text is None or not WHOLE.fullmatch(text):
            raise Malformed(WRONG)
        return int(text)


def keys(model: Any, order: str, actor: Actor) -> list[Key]:
    """The order a caller asked for ("-amount,name"), made total by the id. Raises Invalid."""
    wanted = [name for name in (order or own_order(model, actor)).split(",") if name]
    if len(wanted) > MOST_ORDERS:
        raise Invalid.of({"order": f"最多按 {MOST_ORDERS} 列排序"})
    found = [_key(model, name.lstrip("-"), name.startswith("-"), actor) for name in wanted if name.lstrip("-") != "id"]
    direction = wanted[-1].startswith("-") if wanted else True
    return [*found, Key("id", direction, False, IDENTITY)]


def own_order(model: Any, actor: Actor) -> str:
    """The order an object declares, without what the actor may not ask about."""
    known = askable(model, actor)
    return ",".join(name for name in model.spec.order.split(",") if name.lstrip("-") in known)


def _key(model: Any, name: str, descending: bool, actor: Actor) -> Key:
    path, kind = asked_about(model, name, actor)
    if not kind.sortable or visibility(model, name, actor):
        raise Invalid.of({name: "不能按此列排序"})
    nullable = "." in name or bool(getattr(kind, "null", False))
    path = f"{path}__{kind.target.spec.title}" if isinstance(kind, Ref) else path
    if isinstance(kind, Choice) and 1 < len(kind.options) <= MOST_RANKS:
        return Ranked(path, descending, False, kind)
    return Key(path, descending, nullable or isinstance(kind, Ref), kind)


def ordered(rows: QuerySet[Any], order: list[Key]) -> QuerySet[Any]:
    return rows.order_by(*(k.order() for k in order))


def place(order: list[Key], cursor: str) -> list[Any]:
    """The values of the order columns that a cursor stands behind. Raises Malformed for a cursor of another order."""
    return [key.value(text) for key, text in zip(order, _decode(cursor, len(order)), strict=True)]


def after(order: list[Key], values: Sequence[Any]) -> Q:
    """Rows behind a place: later in the first column, or equal there and later in the second, and so on."""
    later, equal = Q(pk__in=[]), Q()
    for key, value in zip(order, values, strict=True):
        later |= equal & key.after(value)
        equal &= key.same(value)
    return order[0].onward(values[0]) & later


def cursor(values: str) -> str:
    """The place behind a row, as an opaque word; `values` are its order columns as a JSON array of texts."""
    return base64.urlsafe_b64encode(values.encode()).decode().rstrip("=")


def _decode(text: str, expected: int) -> list[str | None]:
    try:
        values = orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except ValueError:
        raise Malformed(WRONG) from None
    if not isinstance(values, list) or len(values) != expected or not all(v is None or _storable(v) for v in values):
        raise Malformed(WRONG)
    return values


def _storable(value: Any) -> bool:
    return isinstance(value, str) and "\x00" not in value
