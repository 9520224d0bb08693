"""The search column of a record, asked with a tsquery that `grams` has built."""

from typing import Any

from django.db.models import BooleanField, F, Func, Value


class Matches(Func):
    """True for the rows whose search column contains the query."""

    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()
    conditional = True

    def __init__(self, query: str, column: str = "search", **extra: Any) -> None:
        super().__init__(F(column), _Query(Value(query)), **extra)


class _Query(Func):
    template = "%(expressions)s::tsquery"
