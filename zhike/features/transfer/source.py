"""The file behind an import (源文件): kept as it came, and opened again as a table whenever it is needed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from zhike.features.files.store import keep, path_of
from zhike.features.transfer.models import Import
from zhike.features.transfer.refused import blocks
from zhike.features.transfer.sheets import Table, UnreadableFile, laid_out_table, read_table
from zhike.kernel.errors import Invalid


def keep_file(name: str, chunks: Iterable[bytes], *, owner: Any) -> Any:
    """Keep an upload. Raises Invalid when it is too large."""
    return keep(name, "application/octet-stream", chunks, owner=owner)


def open_first(found: Import, owner: Any, sheet: str | None = None) -> Table:
    """Open the file for the first time and remember what it is. Raises Invalid with the reason when it is no table."""
    with tempfile.TemporaryDirectory(prefix="zhike-sheet-") as folder, unreadable():
        target = Path(folder) / "sheet.csv"
        table = read_table(path_of(found.file.digest), target, sheet=sheet)
        found.encoding, found.delimiter, found.sheet = table.encoding, table.delimiter, table.sheet
        found.sheets, found.rows = list(table.sheets), table.count()
        found.columns = [
            {"index": index, "header": header, "samples": values}
            for index, (header, values) in enumerate(zip(table.headers, table.samples(), strict=True))
        ]
        if table.sheet is not None:
            found.laid_out = keep("sheet.csv", "text/csv", blocks(target), owner=owner)
    return open_again(found)


def open_again(found: Import) -> Table:
    """The table of an import that was opened before."""
    with unreadable():
        if found.laid_out is not None:
            return laid_out_table(path_of(found.laid_out.digest), found.sheet or "", tuple(found.sheets))
        return read_table(path_of(found.file.digest), Path())


@contextmanager
def unreadable() -> Iterator[None]:
    """What a file cannot be read for is told as a reason beside the file."""
    try:
        yield
    except UnreadableFile as error:
        raise Invalid.of({"file": error.message}, {"file": "文件"}) from None
