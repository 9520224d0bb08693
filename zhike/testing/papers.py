"""Reading what a PDF of ours says."""

from __future__ import annotations

import base64
import re
import zlib

STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
SAID = re.compile(rb"\((.*?)(?<!\\)\) Tj", re.DOTALL)


def words_on(content: bytes) -> str:
    """Its pages are packed, and their text is written two bytes a character."""
    pages = [zlib.decompress(base64.a85decode(page.strip(), adobe=True)) for page in STREAM.findall(content) if b"~>" in page]
    plain = [re.sub(rb"\\(\d{3})|\\(.)", _unescaped, one) for one in SAID.findall(b"".join(pages))]
    return "\n".join(one.decode("utf-16-be", "replace") for one in plain)


def _unescaped(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 8)]) if found[1] else found[2]
