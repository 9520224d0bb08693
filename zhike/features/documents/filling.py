"""Filling a template: Jinja in a sandbox, over texts only, so that a template can neither reach further nor break the paper."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from django.apps import apps
from docx.opc.exceptions import OpcError
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import TemplateError
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import LxmlError

from zhike.features.documents.telling import Told, known_names
from zhike.features.files.store import path_of
from zhike.kernel.errors import Invalid
from zhike.kernel.registry import find

LARGEST, MOST_UNPACKED = 5 * 1024 * 1024, 50 * 1024 * 1024
QR_SIZE = Mm(24)
# A file that only looks like a DOCX fails wherever it is looked into first.
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, LxmlError, OpcError, LookupError, ValueError,
    TypeError, AttributeError,
)  # fmt: skip
# What a template asks for that cannot be reckoned, or never ends.
ENDLESS = (ArithmeticError, RecursionError, MemoryError)
# Filters that make as much text as a number says.
INFLATING = ("batch", "center", "format", "indent", "slice")


def filled(template: bytes, told: Told, qr: bytes | None) -> Any:
    """The template as a python-docx document with everything told in its place."""
    with understood():
        paper = DocxTemplate(BytesIO(template))
        picture = {"qr": InlineImage(paper, BytesIO(qr), width=QR_SIZE) if qr else ""}
        paper.render({"code": "", **told, **picture}, _environment(), autoescape=True)
        return paper.docx


@contextmanager
def understood() -> Iterator[None]:
    """What a template cannot be used for is told as a reason beside its file. Raises Invalid."""
    try:
        yield
    except (TemplateError, *ENDLESS) as error:
        raise _wrong(f"模板写法有误：{error}") from None
    except BROKEN:
        raise _wrong("文件已损坏，请在 Word 中重新保存后上传") from None


def template_bytes(files: list[int]) -> bytes:
    """The template file of a record that keeps one."""
    stored = apps.get_model("files.StoredFile").objects.get(pk=files[0])
    return Path(path_of(stored.digest)).read_bytes()


def refuse_unusable(files: list[int], collection: str) -> None:
    """One DOCX that names only fields there are. Raises Invalid."""
    if len(files) > 1:
        raise _wrong("只能有一个模板文件")
    content = template_bytes(files)
    if len(content) > LARGEST or not _is_docx(content):
        raise _wrong("应为不超过 5 MB 的 DOCX 文件")
    with understood():
        names = DocxTemplate(BytesIO(content)).get_undeclared_template_variables(_environment())
    if unknown := sorted(names - known_names(find(collection))):
        raise _wrong(f"模板里有不认识的字段：{'、'.join(unknown)}")


class Sandbox(SandboxedEnvironment):
    """Names what it is told and loops over lines; it reaches into no object: a picture knows the paper, the paper the disk."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return isinstance(obj, LoopContext) and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """“{:>9999}”.format is a method like any other here."""

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Numbers are multiplied; texts and lists are not made long by it, nor numbers endless."""
        if operator == "**" or not all(isinstance(value, int | float) for value in (left, right)):
            raise SecurityError(f"{operator} 只能用于数字")
        return super().call_binop(context, operator, left, right)


def _environment() -> Sandbox:
    made = Sandbox(autoescape=True)
    made.globals.clear()
    for name in INFLATING:
        del made.filters[name]
    return made


def _wrong(reason: str) -> Invalid:
    return Invalid.of({"file": reason}, {"file": "模板文件"})


def _is_docx(content: bytes) -> bool:
    """Whether it is one, and would not unpack into gigabytes."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return False
    return any(p.filename == "word/document.xml" for p in parts) and sum(p.file_size for p in parts) <= MOST_UNPACKED
