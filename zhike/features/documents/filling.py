"""Filling a template 填写模板: what an administrator wrote is run in a process of its own with little time and memory.

Loops within loops, texts that double, a file that crashes its reader: they end that process and become one sentence beside the
template, while the server goes on. The process knows what it is told and nothing else: neither settings nor database, and it
cannot write a file.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from django.apps import apps

from zhike.features.documents.telling import Told, known_names
from zhike.features.files.store import path_of
from zhike.kernel.errors import Invalid
from zhike.kernel.registry import find

LARGEST, MOST_UNPACKED = 5 * 1024 * 1024, 50 * 1024 * 1024
MEMORY, SECONDS, PATIENCE = 1024 * 1024 * 1024, 10, 30
"""What one paper may cost: bytes of memory, seconds of reckoning, seconds until somebody has waited enough."""
# The folder that holds the package, so that the process finds it however this one was started.
ROOT = Path(__file__).parents[3]


def filled(template: bytes, told: Told, qr: bytes | None, *, format: str, title: str, watermark: str) -> bytes:
    """The template as DOCX or PDF with everything told in its place. Raises Invalid."""
    done = _asked({"template": _packed(template), "told": told, "qr": _packed(qr or b""), "as": [format, title, watermark]})
    return base64.b64decode(done["paper"])


def _asked(order: dict[str, Any]) -> dict[str, Any]:
    """What the other process answers. Raises Invalid with its reason, or when it came to no end."""
    command = [sys.executable, "-m", "zhike.features.documents.rendering"]
    said = json.dumps(order | {"memory": MEMORY, "seconds": SECONDS}).encode()
    try:
        done = subprocess.run(command, input=said, cwd=ROOT, env={}, capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise _wrong(TOO_MUCH) from None
    if done.returncode != 0:
        raise _wrong(TOO_MUCH)
    answer: dict[str, Any] = json.loads(done.stdout)
    if "refused" in answer:
        raise _wrong(answer["refused"])
    return answer


TOO_MUCH = "这个模板填不完：循环太多，或内容太大"


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
    if unknown := sorted(set(_asked({"template": _packed(content)})["names"]) - known_names(find(collection))):
        raise _wrong(f"模板里有不认识的字段：{'、'.join(unknown)}")


def _packed(content: bytes) -> str:
    return base64.b64encode(content).decode()


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
