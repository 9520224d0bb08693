"""A file seen as a table (表格): a header and rows, whatever kind of file it came from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from zhike.features.transfer.sheets.delimited import Delimited
from zhike.features.transfer.sheets.filetype import recognise
from zhike.features.transfer.sheets.formulas import unguard
from zhike.features.transfer.sheets.limits import LIMITS, Limits
from zhike.features.transfer.sheets.unreadable import UnreadableFile
from zhike.features.transfer.sheets.workbook import unpack_workbook
from zhike.features.transfer.sheets.writing import MARK

Row = tuple[int, list[str]]
TITLE_ROWS = 10


@dataclass(frozen=True)
class Table:
    """表格: `rows` reads the file anew each time and never holds more than one row."""

    source: Delimited
    headers: tuple[str, ...]
    header_row: int
    limits: Limits
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()

    def rows(self) -> Iterator[Row]:
        """Each row that is not blank: its number as a spreadsheet shows it, and a cell for each header.

        Cells that stand to the right of the last header stay at the end of the list: the row is not what it seems to be,
        and whoever reads it must say so.
        """
        width, guarded, count = len(self.headers), self.sheet is None, 0
        for number, cells in self.source.records():
            if number <= self.header_row or not any(cells) or cells[0].startswith(MARK):
                continue
            count += 1
            if count > self.limits.rows:
                raise UnreadableFile(f"数据超过 {self.limits.rows:,} 行，请拆成几个文件导入。")
            if len(cells) != width:
                cells = fitted(cells, width)
            yield number, [unguard(cell) if cell[:1] == "'" else cell for cell in cells] if guarded else cells

    def samples(self, count: int = 20) -> list[list[str]]:
        """The first few values of each column, for the person and for guessing the fields."""
        first = [cells for _, cells in islice(self.rows(), count)]
        return [[row[index] for row in first] for index in range(len(self.headers))]

    def count(self) -> int:
        """How many rows there are; reads the whole file, so it also proves that all of it can be read."""
        return sum(1 for _ in self.rows())


def read_table(path: Path, unpacked: Path, *, sheet: str | None = None, limits: Limits = LIMITS) -> Table:
    """Open a CSV file or a workbook by its content (识别并打开表格); `unpacked` is where a workbook's sheet is laid out."""
    kind = recognise(path, limits)
    if kind != "text":
        answer = unpack_workbook(path, unpacked, kind=kind, sheet=sheet, limits=limits)
        return laid_out_table(unpacked, answer.sheet, answer.sheets, limits)
    source = Delimited(path, limits)
    header_row, headers = find_header(source, limits)
    return refuse_empty(Table(source, headers, header_row, limits, readable(source.encoding), source.delimiter))


def laid_out_table(path: Path, sheet: str, sheets: tuple[str, ...], limits: Limits = LIMITS) -> Table:
    """The table of a workbook's sheet that was laid out at `path` before."""
    source = Delimited(path, limits, encoding="utf-8", delimiter=",")
    header_row, headers = find_header(source, limits)
    return refuse_empty(Table(source, headers, header_row, limits, sheet=sheet, sheets=sheets))


def refuse_empty(table: Table) -> Table:
    if next(table.rows(), None) is None:
        raise UnreadableFile("文件只有表头，没有数据。")
    return table


def readable(encoding: str) -> str:
    return {"utf-8-sig": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}.get(encoding, encoding.upper())


def find_header(source: Delimited, limits: Limits) -> tuple[int, tuple[str, ...]]:
    """The first row that names columns; a title above the table, alone in its row, is passed over."""
    first = [row for row in islice(source.records(), TITLE_ROWS) if any(cell.strip() for cell in row[1])]
    if not first:
        raise UnreadableFile("文件是空的，请选择有表头和数据的表格。")
    number, cells = next((row for row in first if not is_title(row[1], first)), first[0])
    return number, checked_headers([" ".join(cell.split()) for cell in cells], limits)


def is_title(cells: Sequence[str], others: Sequence[Row]) -> bool:
    alone = len(cells) > 1 and filled(cells) == 1
    return alone and any(filled(other) > 1 for _, other in others)


def filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def checked_headers(headers: list[str], limits: Limits) -> tuple[str, ...]:
    """Each column needs a name of its own, or a mapping could not tell them apart."""
    while headers and not headers[-1]:
        headers.pop()
    if len(headers) > limits.columns:
        raise UnreadableFile(f"表头有 {len(headers):,} 列，最多 {limits.columns:,} 列，请删除多余的列。")
    seen: dict[str, int] = {}
    for index, header in enumerate(headers, 1):
        if not header:
            raise UnreadableFile(f"第 {index} 列没有表头，请补上表头或删除这一列。")
        if header in seen:
            raise UnreadableFile(f"表头“{header}”出现了两次（第 {seen[header]} 列和第 {index} 列），请改成不同的名称。")
        seen[header] = index
    return tuple(headers)


def fitted(cells: list[str], width: int) -> list[str]:
    """A short row is filled up with blanks; blank cells beyond the last header are nothing."""
    if len(cells) < width:
        return cells + [""] * (width - len(cells))
    while len(cells) > width and not cells[-1]:
        cells.pop()
    return cells
