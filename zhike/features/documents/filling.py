"""Filling a template: Jinja in a sandbox, over texts only, so that a template can neither reach further nor break the paper."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from django.apps import apps
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from zhike.features.documents.telling import Told, known_names
from zhike.features.files.store import path_of
from zhike.kernel.errors import Invalid
from zhike.kernel.registry import find

LARGEST, MOST_UNPACKED = 5 * 1024 * 1024, 50 * 1024 * 1024
QR_SIZE = Mm(24)


def filled(template: bytes, told: Told, qr: bytes | None) -> Any:
    """The template as a python-docx document with everything told in its place."""
    paper = DocxTemplate(BytesIO(template))
    picture = {"qr": InlineImage(paper, BytesIO(qr), width=QR_SIZE) if qr else ""}
    paper.render({"code": "", **told, **picture}, _environment(), autoescape=True)
    return paper.docx


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
    try:
        names = DocxTemplate(BytesIO(content)).get_undeclared_template_variables(_environment())
    except TemplateError as error:
        raise _wrong(f"模板写法有误：{error}") from None
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
    except zipfile.BadZipFile:
        return False
    return any(p.filename == "word/document.xml" for p in parts) and sum(p.file_size for p in parts) <= MOST_UNPACKED
