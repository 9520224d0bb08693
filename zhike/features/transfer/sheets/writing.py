"""Writing tables (写出表格): CSV that Excel opens with its Chinese intact, and XLSX, both row by row in little memory."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from zhike.features.transfer.sheets.formulas import guard
from zhike.features.transfer.sheets.unreadable import UnwritableCell

# A str is text and is guarded against being run as a formula; numbers and dates are written as what they are.
Cell = str | int | float | Decimal | date | datetime | bool | None

MARK = "〔水印〕"
"""What a line of a CSV file begins with that is no data but tells who took the file along; reading passes it over."""
MARKED_ROWS = range(4, 200, 28)
EXCEL_ROWS = 1_048_576
EXCEL_TEXT = 32_767
EXCEL_DIGITS = 15


class TableWriter(Protocol):
    """写出器: the header first, then row after row; the file is complete when the `with` ends without an error."""

    def __enter__(self) -> Self: ...
    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...
    def write(self, cells: Sequence[Cell]) -> None: ...
    def write_many(self, rows: Iterable[Sequence[Cell]]) -> None: ...


def table_writer(path: Path, headers: Sequence[str], *, format: str, mark: str = "") -> TableWriter:
    """A writer for "csv" or "xlsx" with these headers in its first row, and a watermark where one is wanted."""
    return XlsxWriter(path, headers, mark) if format == "xlsx" else CsvWriter(path, headers, mark)


class CsvWriter:
    """CSV in UTF-8 with the mark by which Excel recognises it."""

    def __init__(self, path: Path, headers: Sequence[str], mark: str) -> None:
        self.file = path.open("w", encoding="utf-8-sig", newline="")
        self.writer, self.mark = csv.writer(self.file, lineterminator="\r\n"), mark
        self.write(headers)

    def write(self, cells: Sequence[Cell]) -> None:
        self.writer.writerow([csv_cell(cell) for cell in cells])

    def write_many(self, rows: Iterable[Sequence[Cell]]) -> None:
        self.writer.writerows([csv_cell(cell) for cell in cells] for cells in rows)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.mark:
            self.write([MARK + self.mark])
        self.file.close()


def csv_cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return guard(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)


class XlsxWriter:
    """XLSX; when a sheet is full the rows go on in another one under the same header."""

    def __init__(self, path: Path, headers: Sequence[str], mark: str) -> None:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.workbook = Workbook(str(path), options)
        self.heading = self.workbook.add_format({"bold": True})
        self.day = self.workbook.add_format({"num_format": "yyyy-mm-dd"})
        self.moment = self.workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self.headers, self.mark = headers, mark
        self.row = EXCEL_ROWS
        if mark:
            self.workbook.set_properties({"author": mark, "comments": MARK + mark})

    def add_sheet(self) -> None:
        self.sheet: Worksheet = self.workbook.add_worksheet()
        self.sheet.freeze_panes(1, 0)
        self.row = 1
        for column, header in enumerate(self.headers):
            self.sheet.write_string(0, column, header, self.heading)
        if self.mark:
            self.add_mark()

    def add_mark(self) -> None:
        """Faintly over the first cells, and at the head of every printed page; no cell holds it."""
        self.sheet.set_header(f"&C&14&K999999{self.mark.replace('&', '&&')}")
        pale = {
            "font": {"color": "#C8C8C8", "size": 26},
            "fill": {"none": True},
            "line": {"none": True},
            "width": 760,
            "height": 60,
        }
        for row in MARKED_ROWS:
            self.sheet.insert_textbox(row, 1, self.mark, pale)

    def write(self, cells: Sequence[Cell]) -> None:
        if self.row == EXCEL_ROWS:
            self.add_sheet()
        for column, cell in enumerate(cells):
            if cell is not None and cell != "":
                self.write_cell(column, cell)
        self.row += 1

    def write_many(self, rows: Iterable[Sequence[Cell]]) -> None:
        for cells in rows:
            self.write(cells)

    def write_cell(self, column: int, cell: Cell) -> None:
        if isinstance(cell, str):
            self.write_text(column, cell)
        elif isinstance(cell, bool):
            self.sheet.write_string(self.row, column, csv_cell(cell))
        elif isinstance(cell, date):
            self.write_date(column, cell)
        elif cell is not None:
            self.write_number(column, cell)

    def write_text(self, column: int, text: str) -> None:
        if len(text) > EXCEL_TEXT:
            place = f"第 {self.row + 1} 行“{self.headers[column]}”"
            raise UnwritableCell(f"{place}有 {len(text):,} 个字，超过 Excel 单元格的上限 {EXCEL_TEXT:,} 个字，请导出为 CSV。")
        self.sheet.write_string(self.row, column, text)

    def write_date(self, column: int, value: date) -> None:
        # Excel counts days from 1900 and has no earlier ones.
        if value.year < 1901:
            self.sheet.write_string(self.row, column, csv_cell(value))
            return
        format: Format = self.moment if isinstance(value, datetime) else self.day
        self.sheet.write_datetime(self.row, column, value, format)

    def write_number(self, column: int, value: int | float | Decimal) -> None:
        digits = len(str(value).replace(".", "").lstrip("-0"))
        if digits > EXCEL_DIGITS:
            self.sheet.write_string(self.row, column, csv_cell(value))
        else:
            self.sheet.write_number(self.row, column, value)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.row == EXCEL_ROWS:
            self.add_sheet()
        self.workbook.close()
