"""The process that fills one template or names what it asks for (填写模板); see `filling` for why it stands alone.

Jinja in a sandbox, over texts only: a template can neither reach further nor break the paper.
"""

from __future__ import annotations

import base64
import json
import resource
import struct
import sys
import zipfile
import zlib
from io import BytesIO
from typing import Any

from docx.opc.exceptions import OpcError
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import TemplateError
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import LxmlError

from zhike.features.documents.writing import written

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


def main() -> None:
    order = json.load(sys.stdin.buffer)
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"], order["seconds"]))
    for nothing in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
        resource.setrlimit(nothing, (0, 0))
    json.dump(answer(order), sys.stdout)


def answer(order: dict[str, Any]) -> dict[str, Any]:
    """{"names"} or {"paper"}, or {"refused"}: what a template cannot be used for is told as a reason."""
    try:
        paper = DocxTemplate(BytesIO(base64.b64decode(order["template"])))
        if "told" not in order:
            return {"names": sorted(paper.get_undeclared_template_variables(_environment()))}
        _fill(paper, order["told"], base64.b64decode(order["qr"]))
        return {"paper": base64.b64encode(written(paper.docx, *order["as"])).decode()}
    except (TemplateError, *ENDLESS) as error:
        return {"refused": f"模板写法有误：{error}"}
    except BROKEN:
        return {"refused": "文件已损坏，请在 Word 中重新保存后上传"}


def _fill(paper: Any, told: dict[str, Any], qr: bytes) -> None:
    """Everything told in its place."""
    picture = {"qr": InlineImage(paper, BytesIO(qr), width=QR_SIZE) if qr else ""}
    paper.render({"code": "", **told, **picture}, _environment(), autoescape=True)


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


if __name__ == "__main__":
    main()
