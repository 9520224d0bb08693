"""A mapping made ready to read rows (导入计划): each column bound to its field and to what understands its cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from zhike.features.transfer.cells import ChoiceReader, PlainReader, Reader
from zhike.features.transfer.destinations import Destination, destinations
from zhike.features.transfer.drafts import ABSENT, LATER, Draft, Wrong
from zhike.features.transfer.mapping import Column, Mapping, wrong
from zhike.features.transfer.references import ReferenceReader
from zhike.kernel.reach import Actor
from zhike.kernel.writes.parsing import unreachable


@dataclass(frozen=True)
class Bound:
    """One column of the file on its way to one field."""

    index: int
    header: str
    destination: Destination
    reader: Reader


class Plan:
    """导入计划 of one import: reads rows into drafts, column by column."""

    def __init__(self, model: Any, mapping: Mapping, headers: tuple[str, ...], actor: Actor) -> None:
        self.model, self.mapping, self.actor = model, mapping, actor
        self.known = destinations(model, actor)
        places = {header: index for index, header in enumerate(headers)}
        self.columns = [
            Bound(places[column.header], column.header, self.known[path], self.reader(column, self.known[path]))
            for column in mapping.columns
            for path in (column.field, *column.also)
        ]
        self.constants = self.read_defaults()
        needed = [destination for destination in self.known.values() if destination.needed]
        self.needed = [destination.path for destination in needed if destination.line is None]
        self.needed_parts = [(destination, destination.line.name) for destination in needed if destination.line]

    def reader(self, column: Column, destination: Destination) -> Reader:
        meanings, kind = self.mapping.values.get(destination.path, {}), destination.kind
        if destination.points:
            same = kind.target is self.model and destination.line is None
            return ReferenceReader(destination, column, meanings=meanings, actor=self.actor, same=same)
        if destination.chooses and not isinstance(kind.nothing(), list):
            return ChoiceReader(kind, meanings=meanings, order=self.mapping.dates, unknown=column.unknown)
        return PlainReader(kind, meanings=meanings, order=self.mapping.dates)

    def read_defaults(self) -> dict[str, Any]:
        """Values for fields of which the file says nothing. Raises Invalid for one that cannot be."""
        found: dict[str, Any] = {}
        for path, raw in self.mapping.defaults.items():
            destination = self.known[path]
            found[path] = self.default(destination, raw)
        own = {path: value for path, value in found.items() if self.known[path].line is None}
        if errors := unreachable(self.model.kinds(), own, self.actor):
            name, reason = next(iter(errors.items()))
            raise wrong(f"默认值 {self.known[name].label}：{reason}")
        return found

    def default(self, destination: Destination, raw: Any) -> Any:
        """A default as people write it, or as the browser sends it (the id of a record)."""
        if isinstance(raw, str):
            column = Column("", destination.path)
            value = self.reader(column, destination).read([raw])[raw]
            if isinstance(value, Wrong) or value is ABSENT or value is LATER:
                raise wrong(f"默认值 {destination.label}：{value.reason if isinstance(value, Wrong) else '没有这个值'}")
            return value
        try:
            return destination.kind.parse(raw)
        except ValueError as error:
            raise wrong(f"默认值 {destination.label}：{error}") from None

    @property
    def together(self) -> list[int]:
        """The columns by which neighbouring rows are one record: those of `match`, when the file has lines."""
        if not any(bound.destination.line for bound in self.columns):
            return []
        return [bound.index for bound in self.columns if bound.destination.path in self.mapping.match]

    def read(self, drafts: list[Draft]) -> None:
        """Fill the drafts from their rows; a draft that cannot be whole says why."""
        for bound in self.columns:
            if bound.destination.line:
                read_parts(bound, drafts)
            else:
                read_own(bound, drafts)
        for draft in drafts:
            self.fill_up(draft)

    def fill_up(self, draft: Draft) -> None:
        """Put the defaults where the file says nothing."""
        for path, value in self.constants.items():
            destination = self.known[path]
            if destination.line is None:
                draft.values.setdefault(path, value)
                continue
            for line in draft.lines.get(destination.line.name, ()):
                if line:
                    line.setdefault(destination.kind.name, value)

    def settle(self) -> None:
        """All rows have been seen: what waits for a record further down waits no longer."""
        for bound in self.columns:
            if isinstance(bound.reader, ReferenceReader):
                bound.reader.settle()

    def missing(self, draft: Draft) -> dict[str, str]:
        """What a new record cannot do without and this one does not have."""
        own = [path for path in self.needed if path not in draft.values and path not in draft.errors]
        parts = [
            destination.path
            for destination, table in self.needed_parts
            for line in draft.lines.get(table, ())
            if line and destination.kind.name not in line and destination.path not in draft.errors
        ]
        return dict.fromkeys([*own, *parts], "必填")


def read_own(bound: Bound, drafts: list[Draft]) -> None:
    index, name = bound.index, bound.destination.path
    outcomes = bound.reader.read({draft.rows[0][1][index] for draft in drafts})
    for draft in drafts:
        outcome = outcomes[draft.rows[0][1][index]]
        if outcome is not ABSENT:
            draft.take(name, outcome)


def read_parts(bound: Bound, drafts: list[Draft]) -> None:
    index, part = bound.index, bound.destination.kind.name
    assert bound.destination.line is not None
    line = bound.destination.line.name
    outcomes = bound.reader.read({cells[index] for draft in drafts for _, cells in draft.rows})
    for draft in drafts:
        draft.lines.setdefault(line, [{} for _ in draft.rows])
        for row, (_, cells) in enumerate(draft.rows):
            draft.take_part(row, line, part, outcomes[cells[index]])
