"""编号规则: one decision about how a field is numbered; the latest of each field is in force, for new records only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from zhike.features.numbering.numbered import numbered_fields
from zhike.kernel.declare import Record, Spec, f, option
from zhike.kernel.writes.numbers import wrong_pattern
from zhike.org.scopes import everyone


class NumberedFields(Mapping[str, Any]):
    """Every numbered field; asked for when needed, for at the time of declaring not all are known."""

    def __getitem__(self, key: str) -> Any:
        model, kind = numbered_fields()[key]
        return option(f"{model.spec.label}·{kind.label}")

    def __iter__(self) -> Iterator[str]:
        return iter(numbered_fields())

    def __len__(self) -> int:
        return len(numbered_fields())


class FieldChoice(f.Choice):
    """One of the numbered fields."""

    def set_options(self, options: Any) -> None:
        self.written = self.declared = NumberedFields()


def sound(pattern: str) -> str:
    """A pattern by which numbers can be written. Raises ValueError with the reason."""
    if reason := wrong_pattern(pattern):
        raise ValueError(reason)
    return pattern


class NumberPattern(Record):
    """What an administrator has decided about a numbered field."""

    name = f.Text("名称", blank=True, editable=False)
    field = FieldChoice("字段", max_length=120)
    pattern = f.Text("编号格式", blank=True, max_length=50, check=sound, help="形如 KH{yyyy}{mm}-{seq:5}；留空就是原来的规则")
    note = f.Text("说明", blank=True)

    spec = Spec(
        label="编号规则",
        collection="number-patterns",
        subtitle=("pattern",),
        columns=("name", "field", "pattern", "note", "created_by", "created_at"),
        filters=("field",),
        sections={"编号规则": ("field", "pattern", "note")},
        order="-created_at",
        scope=everyone,
    )

    def derive(self) -> None:
        called = NumberedFields()[self.field].label if self.field in numbered_fields() else self.field
        self.name = f"{called} {self.pattern or '原来的规则'}"[:200]
