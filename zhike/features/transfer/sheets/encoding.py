"""Which encoding a text file is in (文字编码): UTF-8, UTF-16 or GB18030, proven over the whole file."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from zhike.features.transfer.sheets.unreadable import UnreadableFile

CHUNK = 1 << 20
SAMPLE = 1 << 16
# Chinese text in GB18030 may pass for UTF-8 over a character or two, never over ten; after that it is damaged UTF-8.
CONVINCING = 20
BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
UNKNOWN = "文字编码无法识别，请在 Excel 或 WPS 中另存为“CSV UTF-8”后再导入。"


def detect_encoding(path: Path) -> str:
    """The encoding under which every byte of the file makes sense; a file that makes none is refused with the line."""
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
    for bom, encoding in BOMS:
        if sample.startswith(bom):
            return require(path, encoding)
    if wide := without_bom(sample):
        return require(path, wide)
    problem = first_problem(path, "utf-8")
    if problem is None:
        return "utf-8"
    if problem.nul or problem.beyond_ascii >= CONVINCING or (problem.at_end and problem.beyond_ascii):
        raise UnreadableFile(problem.message)
    chinese = first_problem(path, "gb18030")
    if chinese is None:
        return "gb18030"
    raise UnreadableFile(chinese.message if chinese.nul or chinese.at_end else UNKNOWN)


def require(path: Path, encoding: str) -> str:
    problem = first_problem(path, encoding)
    if problem is not None:
        raise UnreadableFile(problem.message)
    return encoding


def without_bom(sample: bytes) -> str | None:
    """UTF-16 written without its mark: every comma and line end carries a NUL, always on the same side."""
    nuls = sample.count(0)
    if not nuls:
        return None
    for encoding, high in (("utf-16-le", 1), ("utf-16-be", 0)):
        if sample[high::2].count(0) == nuls and looks_like_text(sample, encoding):
            return encoding
    return None


def looks_like_text(sample: bytes, encoding: str) -> bool:
    text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
    usual = sum(1 for char in text if char in "\t\r\n" or (char.isprintable() and not "\ue000" <= char <= "\uf8ff"))
    lines = text.count("\n") + text.count("\r")
    return usual >= len(text) * 0.98 and (lines > 0 or sample.count(0) * 4 >= len(sample))


@dataclass(frozen=True)
class Problem:
    """The first place where an encoding makes no sense of the file; `beyond_ascii` counts what it explained before."""

    line: int
    nul: bool = False
    at_end: bool = False
    beyond_ascii: int = 0

    @property
    def message(self) -> str:
        if self.nul:
            return f"第 {self.line} 行含有空字符（NUL），文件可能已损坏或不是文本，请重新另存为“CSV UTF-8”。"
        if self.at_end:
            return "文件在末尾被截断，最后一个字不完整，请重新导出或重新上传。"
        return f"第 {self.line} 行有无法识别的文字，文件可能已损坏，请重新另存为“CSV UTF-8”。"


def first_problem(path: Path, encoding: str) -> Problem | None:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    line, beyond_ascii = 1, 0
    for chunk, last in chunks(path):
        try:
            text = decoder.decode(chunk, last)
        except UnicodeDecodeError as error:
            good = error.object[: error.start]
            beyond_ascii += len(good) - len(good.decode(encoding, "ignore"))
            at_end = last and error.end >= len(error.object)
            return Problem(line + good.count(b"\n"), at_end=at_end, beyond_ascii=beyond_ascii)
        if (nul := text.find("\0")) >= 0:
            return Problem(line + text.count("\n", 0, nul), nul=True)
        line += text.count("\n")
        beyond_ascii += len(chunk) - len(text)
    return None


def chunks(path: Path) -> Iterator[tuple[bytes, bool]]:
    with path.open("rb") as file:
        chunk = file.read(CHUNK)
        while chunk:
            following = file.read(CHUNK)
            yield chunk, not following
            chunk = following
