"""Child lines 明细: a table inside its parent, shown and saved with it in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import F, OuterRef, Q

from zhike.kernel.kinds.base import Kind
from zhike.kernel.kinds.references import identifier, owner_of

if TYPE_CHECKING:
    from zhike.kernel.reach import Actor

MOST_LINES = 500


class Parent(models.ForeignKey):
    """The record a line belongs to; the line goes when the record goes."""

    def __init__(self, to: Any = "", related_name: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("on_delete", models.CASCADE)
        super().__init__(to, related_name=related_name, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.ForeignKey", list(args), kwargs


class Lines:
    """A field of the parent that holds its lines.

    Arguments:
        to: the line object, "sales.OpportunityProduct".
        label: what people call the table.
        editable: whether people fill it in.
        when: as in `Kind`, another field → the values with which a form asks for the table.
    """

    kind, ops, sortable, in_row, system = "lines", ("empty", "filled"), False, False, False
    json_type: dict[str, Any] = {"type": "array", "items": {"type": "object"}}
    search = True
    expected = required = unique = False
    masked = None
    synonyms: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    section = ""
    name: str
    model: Any

    if TYPE_CHECKING:

        def __get__(self, record: Any, model: Any = None) -> Any: ...

    def __init__(
        self,
        to: str,
        label: str = "",
        *,
        help: str = "",
        editable: bool = True,
        when: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.to, self.label, self.help, self.editable, self.when = to, label, help, editable, when or {}

    def contribute_to_class(self, model: Any, name: str) -> None:
        self.model, self.name = model, name
        model.lines = {**getattr(model, "lines", {}), name: self}

    @property
    def target(self) -> Any:
        return apps.get_model(self.to)

    @property
    def path(self) -> str:
        return self.name

    @property
    def parent(self) -> str:
        """The name of the line's field that points back to this record."""
        return next(x.name for x in self.target._meta.local_fields if isinstance(x, Parent))

    def describe(self) -> dict[str, Any]:
        parts = [p.describe() for p in self.target.kinds().values()]
        return {
            "name": self.name, "kind": self.kind, "label": self.label, "help": self.help, "required": False,
            "expected": False, "readonly": not self.editable, "sortable": False, "searchable": False, "importable": self.editable,
            "ops": list(self.ops), "parts": parts, **({"when": self.when} if self.when else {}),
        }  # fmt: skip

    def parse(self, raw: Any) -> list[dict[str, Any]]:
        """Rows with stored values; each may carry the id of the line it changes."""
        if raw is None:
            return []
        if not isinstance(raw, list) or len(raw) > MOST_LINES:
            raise ValueError(f"应为一组明细，最多 {MOST_LINES} 行")
        return [self._line(n, row) for n, row in enumerate(raw, 1)]

    def _line(self, number: int, row: Any) -> dict[str, Any]:
        from zhike.kernel.writes.parsing import parse_fields

        if not isinstance(row, dict):
            raise ValueError(f"第 {number} 行应为一组值")
        values, errors = parse_fields(self.target.kinds(), {k: v for k, v in row.items() if k != "id"}, whole=True, closed=True)
        if errors:
            raise ValueError("；".join(f"第 {number} 行 {name}：{reason}" for name, reason in errors.items()))
        return values | ({"id": identifier(row)} if row.get("id") is not None else {})

    def is_empty(self, value: Any) -> bool:
        return not value

    def closed(self, value: Any, before: Any = None) -> str:
        """A line is sent whole each time, so what once was chosen in it stays allowed."""
        return ""

    def show(self, value: Any) -> Any:
        return "；".join(_line_text(self.target.kinds(), line) for line in value or [])

    def expression(self, path: str, parts: Mapping[str, Any] | None = None) -> Any:
        """The lines as JSON; with `parts`, only these of each."""
        from zhike.kernel.query.rows import json_rows

        lines = self.target._default_manager.filter(**{self.parent: OuterRef(f"{owner_of(path)}pk")}).order_by("pk")
        return json_rows(lines, {"id": F("pk"), **_expressions(parts or self.target.kinds())})

    def condition(self, path: str, op: str, value: Any, actor: Actor) -> Q:
        filled = self.having(Q())
        return filled if op == "filled" else ~filled

    def having(self, condition: Q) -> Q:
        """Records with at least one line that meets the condition."""
        lines = self.target._default_manager.filter(condition)
        return Q(pk__in=lines.values(f"{self.parent}_id"))


def _expressions(kinds: Mapping[str, Any]) -> dict[str, Any]:
    return {name: kind.expression(name) for name, kind in kinds.items()}


def _line_text(kinds: dict[str, Kind], line: dict[str, Any]) -> str:
    return " ".join(str(shown) for name, kind in kinds.items() if (shown := kind.show(line.get(name))) != "")
