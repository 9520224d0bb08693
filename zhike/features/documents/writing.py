"""A paper as the bytes of a file."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from zhike.features.documents.marking import mark
from zhike.features.documents.portable import as_pdf


def written(paper: Any, format: str, title: str, watermark: str) -> bytes:
    """A python-docx document as DOCX or PDF, with its watermark when there is one."""
    if format == "pdf":
        return as_pdf(paper, title, watermark)
    if watermark:
        mark(paper, watermark)
    out = BytesIO()
    paper.save(out)
    return out.getvalue()
