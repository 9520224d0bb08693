"""Making a document: the one way out for papers. What may not leave yet is watermarked and carries no code (V-44)."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import segno
from django.apps import apps
from django.conf import settings

from zhike.features.documents.filling import filled, template_bytes
from zhike.features.documents.issued import issue
from zhike.features.documents.layout import laid_out
from zhike.features.documents.marking import WATERMARK
from zhike.features.documents.telling import told
from zhike.features.documents.writing import written
from zhike.features.insight.noting import PAPER, exported
from zhike.features.leakage.watermark import in_file
from zhike.kernel.errors import Invalid, NotFound

TYPES = {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf"}


@dataclass(frozen=True)
class Paper:
    """A document ready to be taken."""

    name: str
    type: str
    content: bytes


def document(model: Any, pk: int, format: str, template: int | None, *, actor: Any) -> Paper:
    """A record one may see as a paper. Raises NotFound, Invalid.

    Arguments:
        format: docx or pdf; template: of the object's templates, its newest active one when none is named.
    """
    if format not in TYPES:
        raise Invalid.of({"format": "应为 docx 或 pdf"}, {"format": "格式"})
    content, chosen = told(model, pk, actor), _template(model, template)
    if chosen is None and not model.spec.prints:
        raise NotFound("这类记录没有文件")
    cleared = model.objects.visible_to(actor, "export").filter(pk=pk).first()
    issued = issue(cleared, actor=actor) if cleared else None
    content["code"] = issued.code if issued else ""
    qr = _qr(issued.code) if issued else None
    name = f"{model.spec.label} {content.get('number') or pk}"
    # What may go to the customer carries its code instead, which tells here who had it issued.
    watermark = "" if cleared else f"{WATERMARK} {in_file(actor, format)}".strip()
    if chosen:
        paper = filled(chosen, content, qr, format=format, title=name, watermark=watermark)
    else:
        paper = written(laid_out(model, content, qr), format, name, watermark)
    exported(model, [pk], PAPER, actor)
    return Paper(f"{name}.{format}", TYPES[format], paper)


def _template(model: Any, wanted: int | None) -> bytes | None:
    """The bytes of the template to be used; none when the object has none. Raises NotFound for one that is not there."""
    rows = apps.get_model("documents.DocumentTemplate")._base_manager.filter(collection=model.spec.collection, active=True)
    found = rows.exclude(file=[]).filter(**({"pk": wanted} if wanted else {})).order_by("-pk").first()
    if found is None and wanted:
        raise NotFound("没有这个模板")
    return template_bytes(found.file) if found else None


def _qr(code: str) -> bytes:
    """Where whoever holds the paper can ask; the bare code where this installation has no public address."""
    address = f"{settings.PUBLIC_ADDRESS}/api/v1/documents/{code}" if settings.PUBLIC_ADDRESS else code
    written = BytesIO()
    segno.make_qr(address, error="m").save(written, kind="png", scale=6, border=2)
    return written.getvalue()
