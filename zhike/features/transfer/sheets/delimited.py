"""Reading CSV files (逗号分隔文件) as a stream, one row in memory at a time."""

import csv
import re
from collections.abc import Iterator
from functools import partial
from io import TextIOWrapper
from pathlib import Path

from zhike.features.transfer.sheets.delimiter import declared_delimiter, sniff_delimiter
from zhike.features.transfer.sheets.encoding import detect_encoding
from zhike.features.transfer.sheets.limits import Limits
from zhike.features.transfer.sheets.unreadable import UnreadableFile

SAMPLE = 1 << 16
# No file that passed the check of its encoding holds this character, so it marks the end of the file for certain.
END = "\0"
CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")


class Delimited:
    """A CSV file: its encoding, its separator and its records, numbered as a spreadsheet would number its rows."""

    def __init__(self, path: Path, limits: Limits, *, encoding: str = "", delimiter: str = "") -> None:
        self.path, self.limits, self.skipped = path, limits, 0
        self.encoding = encoding or detect_encoding(path)
        self.delimiter = delimiter or self.find_delimiter()

    def find_delimiter(self) -> str:
        with self.open() as file:
            sample = file.read(SAMPLE)
            complete = not file.read(1)
        # Whoever marked the file as text meant text, whatever strange characters stand in it.
        if not self.encoding.endswith("-sig"):
            refuse_binary(sample)
        declared = declared_delimiter(sample)
        self.skipped = 1 if declared else 0
        return declared or sniff_delimiter(sample, complete=complete)

    def open(self) -> TextIOWrapper:
        return self.path.open(encoding=self.encoding, newline="")

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Every record with its number; blank lines count, so that the number is the row a spreadsheet shows."""
        number = 0
        with self.open() as file:
            reader = csv.reader(lines(file, self.limits), delimiter=self.delimiter)
            try:
                for number, record in enumerate(reader, 1):
                    if record and record[-1].endswith(END):
                        refuse_open_quote(record, number)
                        return
                    if number > self.skipped:
                        yield number, record
            except csv.Error as error:
                message = f"第 {number + 1} 行有一个单元格超过 {self.limits.cell:,} 个字，多半是引号没有成对，请检查。"
                raise UnreadableFile(message) from error


def refuse_binary(sample: str) -> None:
    if len(CONTROL.findall(sample)) * 20 > len(sample):
        raise UnreadableFile("这不是表格文件，请选择 CSV、XLSX、XLS 或 ODS 表格。")


def refuse_open_quote(record: list[str], number: int) -> None:
    if record != [END]:
        raise UnreadableFile(f"第 {number} 行的引号没有结束，文件可能被截断，请重新导出或重新上传。")


def lines(file: TextIOWrapper, limits: Limits) -> Iterator[str]:
    """The lines of the file, then a mark that tells a finished last record from one whose quote never closed."""
    for line in iter(partial(file.readline, limits.line), ""):
        if len(line) >= limits.line:
            raise UnreadableFile(f"有一行超过 {limits.line:,} 个字符，不像是表格，请检查文件的换行。")
        yield line
    yield END
