"""Drafts (草稿): records as the file describes them, before they are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Any, Final

from zhike.features.transfer.sheets import Row


class Absent:
    """The file says nothing here."""


class Later:
    """The record that is meant may come further down in the same file."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell that cannot be taken, and why."""

    reason: str


ABSENT: Final = Absent()
LATER: Final = Later()


@dataclass(slots=True)
class Draft:
    """One record to be: the rows of the file it comes from, its values so far, and what is wrong with them.

    `lines` holds, by the name of a table of lines, the values of one line for each row; `follows` says that the department is
    that of the owner and not the file's own word.
    """

    rows: list[Row]
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    later: bool = False
    follows: bool = False

    def take(self, name: str, outcome: Any) -> None:
        """Keep what a cell gave for a field of the record's own."""
        if outcome.__class__ is Wrong:
            self.errors[name] = outcome.reason
        elif outcome is LATER:
            self.later = True
        elif outcome is not ABSENT:
            self.values[name] = outcome

    def take_part(self, row: int, line: str, part: str, outcome: Any) -> None:
        """Keep what a cell gave for a part of the line that this row describes."""
        if outcome.__class__ is Wrong:
            self.errors[f"{line}.{part}"] = outcome.reason
        elif outcome is LATER:
            self.later = True
        elif outcome is not ABSENT:
            self.lines[line][row][part] = outcome

    def whole(self) -> dict[str, Any]:
        """All values as the write path takes them; lines of which the file says nothing are left out."""
        filled = {name: [row for row in rows if row] for name, rows in self.lines.items()}
        return self.values | {name: rows for name, rows in filled.items() if rows}


def drafts_of(rows: Iterable[Row], together: Sequence[int]) -> Iterator[Draft]:
    """One draft a row; rows in a line whose cells in the columns `together` are equal make one record with several lines."""
    if not together:
        yield from (Draft([row]) for row in rows)
        return
    for key, group in groupby(rows, key=lambda row: [row[1][index].strip() for index in together]):
        if any(key):
            yield Draft(list(group))
        else:
            yield from (Draft([row]) for row in group)


def chunks(drafts: Iterable[Draft], size: int) -> Iterator[list[Draft]]:
    each = iter(drafts)
    while chunk := list(islice(each, size)):
        yield chunk
