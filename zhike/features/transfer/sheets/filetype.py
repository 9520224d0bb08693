"""What a file really is, judged by its first bytes and never by its name (文件类型)."""

import mmap
import re
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from zhike.features.transfer.sheets.limits import Limits
from zhike.features.transfer.sheets.unreadable import UnreadableFile

SPREADSHEETS = "CSV、XLSX、XLS 或 ODS 表格"

OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "PNG 图片"),
    (b"\xff\xd8\xff", "JPEG 图片"),
    (b"GIF8", "GIF 图片"),
    (b"RIFF", "图片或音视频"),
    (b"%PDF", "PDF 文档"),
    (b"MZ", "Windows 程序"),
    (b"\x7fELF", "Linux 程序"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    (b"\x1f\x8b", "GZIP 压缩包"),
    (b"BZh", "BZIP2 压缩包"),
    (b"\xfd7zXZ\x00", "XZ 压缩包"),
    (b"SQLite format 3\x00", "SQLite 数据库"),
    (b"{\\rtf", "RTF 文档"),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MARKUP = re.compile(rb"\s*<(!doctype|html|head|body|table|\?xml|svg)", re.IGNORECASE)


def recognise(path: Path, limits: Limits) -> str:
    """The kind of a file: "text", "xlsx", "ods" or "xls"; anything else is refused with its name."""
    size = path.stat().st_size
    if size == 0:
        raise UnreadableFile("文件是空的，请选择有表头和数据的表格。")
    if size > limits.bytes:
        raise UnreadableFile(f"文件有 {in_mib(size)}，最大 {in_mib(limits.bytes)}，请拆成几个文件导入。")
    with path.open("rb") as file:
        start = file.read(512)
    if start.startswith(b"PK"):
        return kind_of_zip(path)
    if start.startswith(OLE):
        return kind_of_ole(path)
    refuse_others(start)
    return "text"


def in_mib(size: int) -> str:
    return f"{size / (1 << 20):,.0f} MB"


def refuse_others(start: bytes) -> None:
    for magic, name in OTHERS:
        if start.startswith(magic):
            raise UnreadableFile(f"这是{name}，不是表格，请选择 {SPREADSHEETS}。")
    if MARKUP.match(start.removeprefix(b"\xef\xbb\xbf")):
        raise UnreadableFile("这是网页或 XML 文件，不是真正的表格，请用 Excel 或 WPS 打开后另存为 XLSX。")


def kind_of_zip(path: Path) -> str:
    try:
        with ZipFile(path) as archive:
            names = set(archive.namelist())
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile("文件不完整或已损坏，请重新另存或重新上传。") from error
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names and "mimetype" in names:
        return "ods"
    if "xl/workbook.bin" in names:
        raise UnreadableFile("这是 XLSB 工作簿，请在 Excel 中另存为 XLSX。")
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise UnreadableFile(f"这是 Word 或 PowerPoint 文档，不是表格，请选择 {SPREADSHEETS}。")
    raise UnreadableFile("这是压缩包，里面没有工作簿，请解压后选择其中的表格。")


def kind_of_ole(path: Path) -> str:
    """Old Office files share one container; the names of its streams tell a workbook from a letter."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            raise UnreadableFile("工作簿有密码，请在 Excel 中去掉密码后再导入。")
        if any(content.find(name.encode("utf-16-le")) >= 0 for name in ("Workbook", "Book")):
            return "xls"
    raise UnreadableFile(f"这是旧版 Office 文档，不是表格，请选择 {SPREADSHEETS}。")
