"""Among 其中: `id = ANY('{1,2,…}')`, one parameter however many ids; answered by an index, or by a hash."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, F, Func, Value


class Among(Func):
    """True for the rows whose `name` is one of these ids."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()
    conditional = True

    def __init__(self, name: str, ids: Collection[int], **extra: Any) -> None:
        self.name = name
        super().__init__(F(name), _Ids(Value(list(ids), ArrayField(BigIntegerField()))), **extra)


class _Ids(Func):
    template = "%(expressions)s::bigint[]"
