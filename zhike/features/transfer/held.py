"""Rows that wait for a record further down in their own file (等待的行), kept on disk so that many of them cost no memory."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path

from zhike.features.transfer.sheets import Row


class HeldRows:
    """等待的行: added in one round, read in the next."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="zhike-held-")
        self.path, self.count = Path(self.folder.name) / "held.csv", 0

    def add(self, rows: list[Row]) -> None:
        with self.path.open("a", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([number, *cells] for number, cells in rows)
        self.count += len(rows)

    def rows(self) -> Iterator[Row]:
        with self.path.open(encoding="utf-8", newline="") as file:
            for number, *cells in csv.reader(file):
                yield int(number), cells
        self.folder.cleanup()
