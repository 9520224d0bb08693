"""Added 自定义字段: a kind whose values lie under a name in one JSON column, and which is used like any other.

`extra__x_region` is to the ORM a typed expression: numbers compare as numbers, dates as dates, and a reference leads on to the
fields of the record it points to. So lists, filters, order, aggregation and export know nothing of where a value lies.
"""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection as database
from django.db import models
from django.db.models import Q, Transform, Value

from zhike.kernel.kinds.base import NEGATED, Kind
from zhike.kernel.kinds.choices import Boolean
from zhike.kernel.kinds.references import Ref

if TYPE_CHECKING:
    from zhike.kernel.reach import Actor

COLUMN = "extra"
NAME = re.compile(r"x_[a-z0-9_]{1,38}")


class Added(Kind):
    """Mixin over a kind: what differs when the value has no column of its own."""

    def place(self, model: Any, name: str, section: str) -> None:
        """Make it the field `name` of `model`. Raises ValueError for a name that SQL should not see."""
        if not NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name of an added field")
        self.set_attributes_from_name(name)
        self.model, self.section = model, section
        if not hasattr(model, name):
            setattr(model, name, _Value(name))

    def get_attname(self) -> str:
        return str(self.name)

    @property
    def path(self) -> str:
        return f"{COLUMN}__{self.name}"

    @property
    def value_path(self) -> str:
        return self.path

    @property
    def stored_in(self) -> str:
        return COLUMN

    def condition(self, path: str, op: str, value: Any, actor: Actor) -> Q:
        """What has no value is unequal to every value, as in a column."""
        found = super().condition(path, op, value, actor)
        return found | self.emptiness(path) if op in NEGATED and self.null else found

    @property
    def read_as(self) -> Any:
        """The plain field that reads and compares the value."""
        return models.BigIntegerField() if isinstance(self, Ref) else self

    def typed(self, column: str) -> str:
        """The SQL of the value; what is not there reads as in a column that was never filled."""
        sort = self.read_as.db_type(database)
        if isinstance(self, ArrayField):
            return f"ARRAY(SELECT jsonb_array_elements_text(coalesce({column} -> '{self.name}', '[]')))::{sort}"
        value = f"({column} ->> '{self.name}')"
        if isinstance(self, models.CharField | models.TextField):
            return f"coalesce({value}, '')"
        return f"coalesce({value}::boolean, false)" if isinstance(self, Boolean) else f"{value}::{sort}"


@cache
def added(kind: type[Kind]) -> Any:
    """The added counterpart of a kind."""
    return type(f"Added{kind.__name__}", (Added, kind), {})


class Extra(models.JSONField):
    """The column of all added fields of a record: {"x_region": "north", "x_area": "1200.50"}."""

    def __init__(self, **kwargs: Any) -> None:
        defaults = {"default": dict, "db_default": Value({}, models.JSONField()), "editable": False}
        super().__init__(**{**defaults, **kwargs})

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", list(args), kwargs

    def get_transform(self, name: str) -> Any:
        kinds = self.model.kinds()
        kind = kinds.get(name) or kinds.get(name.removesuffix("_id"))
        return partial(_Typed, kind=kind) if isinstance(kind, Added) else super().get_transform(name)


class _Typed(Transform):
    """The value of one added field."""

    def __init__(self, expression: Any, kind: Any) -> None:
        super().__init__(expression, output_field=kind.read_as)
        self.kind = kind

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:
        column, params = compiler.compile(self.source_expressions[0])
        return self.kind.typed(column), [*params]

    def get_transform(self, name: str) -> Any:
        return _beyond(self.kind.target, name) if isinstance(self.kind, Ref) else super().get_transform(name)


class _Beyond(Transform):
    """A column of the record that an added reference points to."""

    def __init__(self, expression: Any, field: Any) -> None:
        super().__init__(expression, output_field=models.BigIntegerField() if field.remote_field else field)
        self.beyond = field

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:
        pointer, params = compiler.compile(self.source_expressions[0])
        table = self.beyond.model._meta.db_table
        return f'(SELECT r."{self.beyond.column}" FROM "{table}" r WHERE r.id = {pointer})', [*params]

    def get_transform(self, name: str) -> Any:
        onward = self.beyond.remote_field
        return _beyond(onward.model, name) if onward else super().get_transform(name)


def _beyond(model: Any, name: str) -> Any:
    return partial(_Beyond, field=model._meta.pk if name == "pk" else model._meta.get_field(name))


class _Value:
    """What a record answers when asked for an added field by its name."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, record: Any, model: Any = None) -> Any:
        if record is None:
            return self
        kind, kept = type(record).kinds().get(self.name), record.extra.get(self.name)
        if kind is None:
            return kept
        return kind.nothing() if kept is None else kind.revive(kept)

    def __set__(self, record: Any, value: Any) -> None:
        kind = type(record).stored()[self.name]
        others = {name: kept for name, kept in record.extra.items() if name != self.name}
        record.extra = others if kind.is_empty(value) else {**others, self.name: kind.plain(value)}
