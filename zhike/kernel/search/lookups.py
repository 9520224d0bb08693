"""The search column of a record, asked with a tsquery that `grams` has built."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, QuerySet, TextField, Value


class Matches(Func):
    """True for the rows whose search column contains the query."""

    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()
    conditional = True

    def __init__(self, query: str, column: str = "search", **extra: Any) -> None:
        super().__init__(F(column), _Query(Value(query)), **extra)


class LiesAmong(Func):
    """True for the rows that lie where the found ones lie.

    The same rows as by their ids. But they are fetched from their places, not looked up in the index of ids one by one, and an
    array is made before anything is fetched: the condition the rows were found by is not weighed against scope and order.
    """

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()
    conditional = True

    def __init__(self, found: QuerySet[Any], **extra: Any) -> None:
        super().__init__(
            _Place(F("pk")), ArraySubquery(found.order_by().annotate(place=_Place(F("pk"))).values("place")), **extra
        )


class _Query(Func):
    template = "%(expressions)s::tsquery"


class _Place(Func):
    """Where a row lies, as one statement sees it."""

    output_field = TextField()

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        (column,) = self.source_expressions
        return f"{compiler.quote_name_unless_alias(column.alias)}.ctid", ()
