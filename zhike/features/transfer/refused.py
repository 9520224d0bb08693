"""The rows that were refused (退回的行), as a file: their own cells and the reason, to be mended and imported again."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from zhike.features.files.store import keep
from zhike.features.transfer.destinations import Destination
from zhike.features.transfer.drafts import Draft
from zhike.features.transfer.sheets import TableWriter, table_writer

REASON = "原因"
BLOCK = 1 << 20
TOLD_APART, TOLD, ROWS_NAMED = 1000, 20, 3
"""So many reasons are counted each for itself, so many are told, the commonest first, with so many rows each."""


@dataclass
class Why:
    """One reason for which rows were refused: how many, and the first of them by number."""

    count: int = 0
    rows: list[int] = field(default_factory=list)

    def add(self, numbers: Sequence[int]) -> None:
        self.count += len(numbers)
        self.rows = sorted([*self.rows, *numbers])[:ROWS_NAMED]


class RefusedRows:
    """退回的行, written to a temporary file as they come and kept for the owner at the end."""

    def __init__(self, headers: Sequence[str], known: Mapping[str, Destination]) -> None:
        self.headers = [header for header in headers if header != REASON]
        self.places = [index for index, header in enumerate(headers) if header != REASON]
        self.width, self.known, self.count = len(headers), known, 0
        self.folder = tempfile.TemporaryDirectory(prefix="zhike-refused-")
        self.path = Path(self.folder.name) / "refused.csv"
        self.writer: TableWriter | None = None
        self.waiting: list[tuple[int, list[str], str]] = []
        self.reasons: dict[tuple[str, str], Why] = defaultdict(Why)

    def add(self, draft: Draft, errors: Mapping[str, str] | str) -> None:
        """Every row of a draft with what is wrong with it."""
        reason = errors if isinstance(errors, str) else self.sentence(errors)
        for each in [("", errors)] if isinstance(errors, str) else errors.items():
            if each in self.reasons or len(self.reasons) < TOLD_APART:
                self.reasons[each].add([number for number, _ in draft.rows])
        self.waiting += [(number, cells, reason) for number, cells in draft.rows]
        self.count += len(draft.rows)

    def write(self) -> None:
        """Write those of a chunk in the order in which they stand in the file."""
        if self.waiting and self.writer is None:
            self.writer = table_writer(self.path, [*self.headers, REASON], format="csv")
        for number, cells, reason in sorted(self.waiting, key=lambda each: each[0]):
            assert self.writer is not None
            beyond = cells[self.width :]
            self.writer.write([*(cells[place] for place in self.places), f"第 {number} 行：{reason}", *beyond])
        self.waiting.clear()

    def sentence(self, errors: Mapping[str, str]) -> str:
        labels = {name: f"{self.known[name].label}：" for name in errors if name in self.known}
        return "；".join(f"{labels.get(name, '')}{reason}" for name, reason in errors.items())

    def told(self) -> list[dict[str, Any]]:
        """Why rows were refused, the commonest reason first; a row with two is counted in both."""
        commonest = sorted(self.reasons.items(), key=lambda each: (-each[1].count, each[1].rows))[:TOLD]
        return [{"field": name, "reason": reason, **asdict(why)} for (name, reason), why in commonest]

    def keep(self, filename: str, owner: Any) -> dict[str, Any] | None:
        """Close the file and leave it for the owner; nothing when every row was taken."""
        self.write()
        if self.writer is None:
            return None
        self.writer.__exit__(None, None, None)
        name = f"{Path(filename).stem} 退回的行.csv"
        kept = keep(name, "text/csv", blocks(self.path), owner=owner)
        return {"id": kept.pk, "name": kept.name}

    def discard(self) -> None:
        self.folder.cleanup()


def blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block
