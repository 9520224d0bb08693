"""Files that are no tables, or are made to do harm: each is refused with one clear sentence."""

import io
import resource
import struct
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from zhike.features.transfer.sheets import UnreadableFile, read_table
from zhike.features.transfer.sheets.limits import LIMITS, MIB, Limits

SHEET = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


def refusal(folder: Path, content: bytes, limits: Limits = LIMITS, sheet: str | None = None) -> str:
    path = folder / "file.xls"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as refused:
        table = read_table(path, folder / "unpacked.csv", limits=limits, sheet=sheet)
        table.count()
    return refused.value.message


def workbook(rows: list[list[str]]) -> bytes:
    content = io.BytesIO()
    book = Workbook(content)
    sheet = book.add_worksheet("客户")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return content.getvalue()


def with_entry(book: bytes, name: str, entry: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info, old.read(info))
        new.writestr(name, entry)
    return content.getvalue()


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le")


def zipped(**entries: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, entry in entries.items():
            archive.writestr(name.replace("__", "/"), entry)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "文件是空的"),
        (b"\n\n \n", "文件是空的"),
        (b"a,b\n", "只有表头，没有数据"),
        (b"a,b\n,\n\n", "只有表头，没有数据"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "这是PNG 图片"),
        (b"MZ\x90\x00\x03", "这是Windows 程序"),
        (b"%PDF-1.7\n", "这是PDF 文档"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "这是网页或 XML 文件"),
        (b"\xef\xbb\xbf <!DOCTYPE html>", "这是网页或 XML 文件"),
        (b'<?xml version="1.0"?><Workbook/>', "这是网页或 XML 文件"),
        (b"\x01\x02\x03\x04,\x05\x06\n\x07\x08", "这不是表格文件"),
        (b"a,b\n1,2\n3,\x004\n", "第 3 行含有空字符（NUL）"),
        ("a,b\n1,客户".encode()[:-1], "文件在末尾被截断"),
        ("名称\n客户".encode("gb18030")[:-1], "文件在末尾被截断"),
        ("名称,备注\n".encode() + "很长的中文文字\n".encode() * 9 + b"caf\xe9\n", "第 11 行有无法识别的文字"),
        ("name,city\nCaf\xe9,Z\xfcrich\n".encode("latin-1"), "文字编码无法识别"),
        (b'a,b\n1,"2\n3,4\n', "第 2 行的引号没有结束"),
        (b"a,a\n1,2\n", "表头“a”出现了两次（第 1 列和第 2 列）"),
        (b"a,,c\n1,2,3\n", "第 2 列没有表头"),
        (b"a" + b",x" * 1_000_000 + b"\n1\n", "表头有 1,000,001 列，最多 500 列"),
        (b"a,b\n1," + b"x" * 200_000 + b"\n", "第 2 行有一个单元格超过 131,072 个字"),
        (b"a,b\n1," + b"x" * 5_000_000 + b"\n", "有一行超过 4,194,304 个字符"),
        (zipped(readme=b"hello"), "这是压缩包，里面没有工作簿"),
        (zipped(word__document_xml=b"<w/>").replace(b"document_xml", b"document.xml"), "这是 Word 或 PowerPoint 文档"),
        (workbook([["a"], ["1"]])[:-30], "文件不完整或已损坏"),
        (workbook([["a", "b"]]), "只有表头，没有数据"),
        (workbook([]), "工作簿是空的"),
        (workbook([["a", "a"], ["1", "2"]]), "表头“a”出现了两次"),
        (workbook([["x"] * 501, ["1"]]), "工作表有 501 列，最多 500 列"),
        (ole("EncryptedPackage"), "工作簿有密码"),
        (ole("WordDocument"), "这是旧版 Office 文档"),
        (ole("Workbook"), "工作簿不完整或已损坏"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.covers("K-07")
def test_it_is_refused_with_a_reason(content: bytes, words: str, tmp_path: Path) -> None:
    assert words in refusal(tmp_path, content)


def test_a_workbook_without_the_wanted_sheet_is_refused_by_the_sheets_name(tmp_path: Path) -> None:
    assert refusal(tmp_path, workbook([["a"], ["1"]]), sheet="产品") == "工作簿里没有名为“产品”的工作表。"


def test_a_damaged_entry_of_a_workbook_is_refused(tmp_path: Path) -> None:
    book = bytearray(workbook([["a"], ["1"]]))
    book[60:64] = b"\xff\xff\xff\xff"
    assert "文件不完整或已损坏" in refusal(tmp_path, bytes(book))


def test_more_bytes_or_rows_than_allowed_are_refused_with_both_numbers(tmp_path: Path) -> None:
    assert refusal(tmp_path, b"a\n" + b"1\n" * MIB, replace(LIMITS, bytes=MIB)) == "文件有 2 MB，最大 1 MB，请拆成几个文件导入。"
    assert refusal(tmp_path, b"a\n1\n2\n3\n4\n", replace(LIMITS, rows=3)) == "数据超过 3 行，请拆成几个文件导入。"


def test_a_bomb_that_admits_its_size_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = with_entry(workbook([["a"], ["1"]]), "xl/worksheets/sheet1.xml", bytes(64 * MIB))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "疑似压缩炸弹" in refusal(tmp_path, bomb)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 16 * 1024


def test_a_bomb_that_lies_about_its_size_is_refused_when_it_grows(tmp_path: Path) -> None:
    bomb = bytearray(with_entry(workbook([["a"], ["1"]]), "xl/worksheets/sheet1.xml", bytes(64 * MIB)))
    true_size, small = struct.pack("<L", 64 * MIB), struct.pack("<L", 1000)
    assert bomb.count(true_size) == 2
    assert "疑似压缩炸弹" in refusal(tmp_path, bytes(bomb).replace(true_size, small))


def test_many_small_entries_that_make_a_large_whole_are_refused(tmp_path: Path) -> None:
    book = workbook([["a"], ["1"]])
    for number in range(4):
        book = with_entry(book, f"xl/media/{number}.bin", bytes(MIB))
    assert "疑似压缩炸弹" in refusal(tmp_path, book, replace(LIMITS, unpacked=3 * MIB))


@pytest.mark.parametrize("far", [b"XFD1048576", b"SF1048576"])
def test_a_small_workbook_that_spans_a_giant_area_is_refused_and_the_process_lives_on(far: bytes, tmp_path: Path) -> None:
    rows = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="%s"><v>1</v></c></row>' % far
    bomb = with_entry(workbook([["a"], ["1"]]), "xl/worksheets/sheet1.xml", SHEET % rows)
    assert "数据范围过大" in refusal(tmp_path, bomb)
