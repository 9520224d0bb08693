"""Writing tables: Excel opens them with their Chinese intact, runs nothing in them, and we read back what we wrote."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis.strategies import characters, lists, text, tuples
from python_calamine import CalamineWorkbook

from zhike.features.transfer.sheets import Cell, UnwritableCell, read_table, table_writer

AWKWARD = [
    "=1+1",
    '=HYPERLINK("http://x","点我")',
    "+86 138 0013 8000",
    "-5",
    "@SUM(A1)",
    "\tcmd",
    "\r=1",
    "\n=1",
    "'=1+1",
    "''@x",
    "'普通",
    "\uff1d1",
    "=cmd|' /C calc'!A0",
    "_x0001_",
    "a\x01b",
    "\ufffe",
    "多行\n文字\r\n和\r回车",
    '引号"和,逗号;分号\t制表符',
    " 前后空格 ",
    "007",
    "1E5",
    "TRUE",
    "🙂‍↔️ 𠮷",
]


def written(folder: Path, format: str, rows: list[list[Cell]], headers: list[str]) -> Path:
    path = folder / f"out.{format}"
    with table_writer(path, headers, format=format) as writer:
        writer.write_many(rows)
    return path


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_every_text_comes_back_as_it_was(format: str, tmp_path: Path) -> None:
    path = written(tmp_path, format, [["甲", text] for text in AWKWARD], ["名称", "=内容"])
    table = read_table(path, tmp_path / "unpacked.csv")
    assert [cells[1] for _, cells in table.rows()] == AWKWARD


ANYTHING = text(characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)


@given(rows=lists(tuples(ANYTHING, ANYTHING), min_size=1, max_size=5))
@settings(max_examples=300, deadline=None, database=None)
def test_whatever_people_write_comes_back_from_a_csv(rows: list[tuple[str, str]]) -> None:
    with TemporaryDirectory() as folder:
        path = written(Path(folder), "csv", [["甲", *row] for row in rows], ["名称", "一", "二"])
        table = read_table(path, Path(folder) / "unpacked.csv")
        assert [tuple(cells[1:]) for _, cells in table.rows()] == rows


def test_no_text_of_a_csv_begins_like_a_formula_and_negative_numbers_stay_numbers(tmp_path: Path) -> None:
    path = written(
        tmp_path, "csv", [["=1+1", Decimal("-1234.50"), -5, -0.5], ["-5", None, True, "13800138000"]], ["@a", "b", "c", "d"]
    )
    assert path.read_bytes().decode("utf-8") == "\ufeff'@a,b,c,d\r\n'=1+1,-1234.50,-5,-0.5\r\n'-5,,是,13800138000\r\n"


def test_a_workbook_holds_texts_as_texts_and_numbers_as_numbers(tmp_path: Path) -> None:
    row: list[Cell] = ["=1+1", "13800138000", Decimal("-1234.50"), 7, date(2017, 3, 1), datetime(2017, 3, 1, 9, 30), True, None]
    path = written(tmp_path, "xlsx", [row], list("abcdefgh"))
    read = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()[1]
    assert read == ["=1+1", "13800138000", -1234.5, 7.0, date(2017, 3, 1), datetime(2017, 3, 1, 9, 30), "是", ""]


def test_a_number_with_more_digits_than_excel_keeps_is_written_whole(tmp_path: Path) -> None:
    path = written(tmp_path, "xlsx", [[Decimal("12345678901234567.89"), date(1900, 1, 1)]], ["a", "b"])
    assert list(read_table(path, tmp_path / "u.csv").rows()) == [(2, ["12345678901234567.89", "1900-01-01"])]


def test_a_text_too_long_for_excel_is_refused_by_row_and_column(tmp_path: Path) -> None:
    with pytest.raises(UnwritableCell) as refused:
        written(tmp_path, "xlsx", [["甲", "x" * 32_768]], ["名称", "备注"])
    assert refused.value.message == "第 2 行“备注”有 32,768 个字，超过 Excel 单元格的上限 32,767 个字，请导出为 CSV。"
