"""Reading the files people send: every encoding, separator, quote and line end, and workbooks as they are shown."""

import csv
import json
from datetime import date, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from xlsxwriter import Workbook

from zhike.features.transfer.sheets import Table, read_table

SPECTRUM = Path(__file__).parent / "data" / "csv_spectrum"
CONTACTS = '姓名,电话,备注\n李雷,13800138000,爱喝茶\n韩梅梅,0755-12345678,"“老客户”,每年续约"\n'


def opened(folder: Path, content: bytes, name: str = "file") -> Table:
    path = folder / name
    path.write_bytes(content)
    return read_table(path, folder / "unpacked.csv")


def records(table: Table) -> list[dict[str, str]]:
    return [dict(zip(table.headers, cells, strict=True)) for _, cells in table.rows()]


@pytest.mark.parametrize("path", sorted((SPECTRUM / "csvs").glob("*.csv")), ids=lambda path: path.stem)
def test_every_file_of_the_csv_spectrum_reads_as_its_json_says(path: Path, tmp_path: Path) -> None:
    expected = json.loads((SPECTRUM / "json" / f"{path.stem}.json").read_text(encoding="utf-8"))
    if isinstance(expected, dict):
        # This one file of the collection has a JSON that disagrees with its CSV in the phone number and its list.
        expected = [{**expected, "Contact Phone Number": "2095257564", "Counties": "Stanislaus"}]
    assert records(opened(tmp_path, path.read_bytes())) == expected


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("gbk", "GB18030"),
        ("gb18030", "GB18030"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
    ],
)
def test_chinese_reads_the_same_in_every_encoding(encoding: str, shown: str, tmp_path: Path) -> None:
    table = opened(tmp_path, CONTACTS.encode(encoding))
    assert table.encoding == shown
    assert table.headers == ("姓名", "电话", "备注")
    assert list(table.rows()) == [(2, ["李雷", "13800138000", "爱喝茶"]), (3, ["韩梅梅", "0755-12345678", "“老客户”,每年续约"])]


def test_utf16_with_the_big_end_first_and_its_mark_is_read(tmp_path: Path) -> None:
    assert opened(tmp_path, b"\xfe\xff" + "名称,级别\n甲,A\n".encode("utf-16-be")).headers == ("名称", "级别")


def test_four_byte_characters_of_gb18030_are_read(tmp_path: Path) -> None:
    assert records(opened(tmp_path, "名称,字\n㐂记,𠮷\n".encode("gb18030"))) == [{"名称": "㐂记", "字": "𠮷"}]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_separator_is_found_by_the_rows_it_makes(delimiter: str, tmp_path: Path) -> None:
    rows = [["名称", "地址", "金额"], ["甲,乙;丙", "深圳\t南山|科技园", "1,200.50"], ["丁", "北京;上海,广州", "3;4"]]
    lines = [delimiter.join(f'"{cell}"' if row else cell for cell in cells) for row, cells in enumerate(rows)]
    table = opened(tmp_path, "\n".join(lines).encode())
    assert table.delimiter == delimiter
    assert [cells for _, cells in table.rows()] == rows[1:]


def test_a_declared_separator_is_believed(tmp_path: Path) -> None:
    table = opened(tmp_path, b"sep=;\r\na;b\r\n1,5;2\r\n")
    assert (table.delimiter, table.header_row, list(table.rows())) == (";", 2, [(3, ["1,5", "2"])])


def test_one_column_with_commas_in_its_text_stays_one_column(tmp_path: Path) -> None:
    table = opened(tmp_path, "备注\n你好\n再见\n".encode())
    assert (table.delimiter, [cells for _, cells in table.rows()]) == (",", [["你好"], ["再见"]])


def test_old_mac_line_ends_are_read(tmp_path: Path) -> None:
    assert list(opened(tmp_path, b"a,b\r1,2\r3,4").rows()) == [(2, ["1", "2"]), (3, ["3", "4"])]


def test_blank_lines_are_passed_over_but_counted_as_a_sheet_counts_them(tmp_path: Path) -> None:
    assert list(opened(tmp_path, b"a,b\n1,2\n\n,\n3,4\n").rows()) == [(2, ["1", "2"]), (5, ["3", "4"])]


def test_a_short_row_is_filled_and_blank_cells_beyond_the_header_are_nothing(tmp_path: Path) -> None:
    table = opened(tmp_path, b"a,b,c,\n1\n1,2,3,,,\n1,2,3,,x\n")
    assert table.headers == ("a", "b", "c")
    assert [cells for _, cells in table.rows()] == [["1", "", ""], ["1", "2", "3"], ["1", "2", "3", "", "x"]]


def test_a_title_above_the_table_is_passed_over(tmp_path: Path) -> None:
    table = opened(tmp_path, "二〇一七年客户清单,,\n,,\n名称,电话,备注\n甲,1,2\n".encode())
    assert (table.header_row, table.headers, list(table.rows())) == (3, ("名称", "电话", "备注"), [(4, ["甲", "1", "2"])])


def test_a_quote_inside_a_word_is_just_a_quote(tmp_path: Path) -> None:
    assert list(opened(tmp_path, b'size,name\n5" pipe,x\n6,y\n').rows()) == [(2, ['5" pipe', "x"]), (3, ["6", "y"])]


def test_samples_and_count_come_by_column(tmp_path: Path) -> None:
    table = opened(tmp_path, b"a,b\n1,2\n3,4\n5,6\n")
    assert (table.samples(2), table.count()) == ([["1", "3"], ["2", "4"]], 3)


def test_a_workbook_shows_dates_and_numbers_as_people_typed_them(tmp_path: Path) -> None:
    book = Workbook(str(tmp_path / "book.xlsx"))
    day, moment = book.add_format({"num_format": "yyyy/m/d"}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    book.add_worksheet("空表")
    sheet = book.add_worksheet("客户")
    for column, header in enumerate(["日期", "时刻", "整数", "小数", "手机", "天数", "是否", "公式", "文字"]):
        sheet.write(0, column, header)
    sheet.write_datetime(1, 0, date(2017, 3, 1), day)
    sheet.write_datetime(1, 1, datetime(2017, 3, 1, 9, 30), moment)
    for column, number in enumerate([1100, 1100.04, 13812345678, 42795], 2):
        sheet.write_number(1, column, number)
    sheet.write_boolean(1, 6, True)
    sheet.write_formula(1, 7, "=1+1", None, 2)
    sheet.write_string(1, 8, "  第一行\n第二行 ")
    book.close()
    table = read_table(tmp_path / "book.xlsx", tmp_path / "unpacked.csv")
    assert (table.sheet, table.sheets, table.encoding, table.delimiter) == ("客户", ("空表", "客户"), None, None)
    expected = ["2017-03-01", "2017-03-01 09:30:00", "1100", "1100.04", "13812345678", "42795", "是", "2", "  第一行\n第二行 "]
    assert list(table.rows()) == [(2, expected)]


def test_another_sheet_may_be_chosen_and_a_table_may_begin_anywhere(tmp_path: Path) -> None:
    book = Workbook(str(tmp_path / "book.xlsx"))
    book.add_worksheet("一").write_row(0, 0, ["甲"])
    book.add_worksheet("二").write_row(3, 2, ["名称", "数量"])
    book.worksheets()[1].write_row(4, 2, ["乙", 5])
    book.close()
    table = read_table(tmp_path / "book.xlsx", tmp_path / "unpacked.csv", sheet="二")
    assert (table.header_row, table.headers, list(table.rows())) == (4, ("名称", "数量"), [(5, ["乙", "5"])])


def ods(rows: str) -> dict[str, str]:
    """The parts of an OpenDocument workbook with one sheet."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(f'xmlns:{name}="{space}:{name}:1.0"' for name in ("office", "table", "text"))
    body = (
        f'<office:body><office:spreadsheet><table:table table:name="表">{rows}</table:table></office:spreadsheet></office:body>'
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return {
        "mimetype": kind,
        "content.xml": f"<office:document-content {spaces}>{body}</office:document-content>",
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{space}:manifest:1.0"><manifest:file-entry '
        f'manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
    }


def test_an_ods_sheet_is_read_and_its_million_blank_rows_cost_nothing(tmp_path: Path) -> None:
    def cell(value: str, more: str = 'office:value-type="string"') -> str:
        return f"<table:table-cell {more}><text:p>{value}</text:p></table:table-cell>"

    def row(cells: str, more: str = "") -> str:
        return f"<table:table-row {more}>{cells}</table:table-row>"

    day = cell("2017/3/1", 'office:value-type="date" office:date-value="2017-03-01"')
    blank = row('<table:table-cell table:number-columns-repeated="1024"/>', 'table:number-rows-repeated="1048574"')
    with ZipFile(tmp_path / "book.ods", "w", ZIP_DEFLATED) as archive:
        for name, content in ods(row(cell("名称") + cell("日期")) + row(cell("甲") + day) + blank).items():
            archive.writestr(name, content)
    table = read_table(tmp_path / "book.ods", tmp_path / "unpacked.csv")
    assert (table.sheet, table.headers, list(table.rows())) == ("表", ("名称", "日期"), [(2, ["甲", "2017-03-01"])])


def test_a_hidden_sheet_is_not_taken_by_itself(tmp_path: Path) -> None:
    book = Workbook(str(tmp_path / "book.xlsx"))
    book.add_worksheet("参数").write_column(0, 0, ["旧", "值"])
    book.add_worksheet("客户").write_column(0, 0, ["名称", "甲"])
    book.worksheets()[1].activate()
    book.worksheets()[1].set_first_sheet()
    book.worksheets()[0].hide()
    book.close()
    assert read_table(tmp_path / "book.xlsx", tmp_path / "unpacked.csv").sheet == "客户"


def test_a_large_csv_is_streamed(tmp_path: Path) -> None:
    with (tmp_path / "large.csv").open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([["名称", "电话"], *([f"客户{n}", f"138{n:08}"] for n in range(50_000))])
    table = read_table(tmp_path / "large.csv", tmp_path / "unpacked.csv")
    rows = table.rows()
    assert next(rows) == (2, ["客户0", "13800000000"])
    assert table.count() == 50_000
