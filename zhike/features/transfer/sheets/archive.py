"""A workbook is a zip archive (压缩包); what it unpacks to is measured before anything reads it."""

import copy
import zlib
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from zhike.features.transfer.sheets.limits import Limits
from zhike.features.transfer.sheets.unreadable import UnreadableFile

BOMB = "文件展开后过大，疑似压缩炸弹，已拒绝。若确有这么多数据，请另存为 CSV 再导入。"
BROKEN = "文件不完整或已损坏，请重新另存或重新上传。"


def refuse_bomb(path: Path, limits: Limits) -> None:
    """Refuse an archive that would unpack to more than we hold (压缩炸弹), first by what it declares, then by what it does."""
    try:
        with ZipFile(path) as archive:
            entries = archive.infolist()
            check_declared(entries, limits)
            unpack_all(archive, entries, limits)
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile(BROKEN) from error


def check_declared(entries: list[ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.entries or sum(entry.file_size for entry in entries) > limits.unpacked:
        raise UnreadableFile(BOMB)
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise UnreadableFile("工作簿有密码，请去掉密码后再导入。")
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise UnreadableFile("工作簿的压缩方式不受支持，请用 Excel 或 WPS 重新另存为 XLSX。")
        check_ratio(entry.file_size, entry.compress_size, limits)


def check_ratio(unpacked: int, packed: int, limits: Limits) -> None:
    if unpacked > limits.ratio_matters_from and unpacked > packed * limits.ratio:
        raise UnreadableFile(BOMB)


def unpack_all(archive: ZipFile, entries: list[ZipInfo], limits: Limits) -> None:
    """Unpack into nothing and count, since the declared sizes are the sender's word only."""
    total = 0
    for entry in entries:
        honest = copy.copy(entry)
        # Python stops reading at the declared size; a liar declares little. Reading goes on to the true end instead.
        honest.file_size = limits.unpacked + 1
        size = 0
        with archive.open(honest) as content:
            while chunk := content.read(1 << 20):
                size += len(chunk)
                check_ratio(size, entry.compress_size, limits)
                if total + size > limits.unpacked:
                    raise UnreadableFile(BOMB)
        if size != entry.file_size:
            raise UnreadableFile(BROKEN)
        total += size
