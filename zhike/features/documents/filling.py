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
    except TemplateError as error:
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


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(autoescape=True)


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
