"""What a file is 文件类型: told by its first bytes, never by its name or its sender."""

from __future__ import annotations

import re

from zhike.kernel.errors import Invalid

UNKNOWN = "application/octet-stream"
SIGNATURES = {
    "image/png": rb"\x89PNG\r\n\x1a\n",
    "image/jpeg": rb"\xff\xd8\xff",
    "image/gif": rb"GIF8[79]a",
    "image/webp": rb"RIFF....WEBP",
    "application/pdf": rb"%PDF-",
    "audio/webm": rb"\x1aE\xdf\xa3",
    "audio/mp4": rb"....ftyp(?!hei|mif)",
    "audio/mpeg": rb"ID3|\xff[\xe2-\xff]",
    "audio/ogg": rb"OggS",
    "audio/wav": rb"RIFF....WAVE",
}
SAFE_TO_SHOW = frozenset(SIGNATURES)
"""Kinds a browser may open in our pages; all others are saved."""
PROGRAM = re.compile(rb"MZ|\x7fELF|\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe|#!\s*/", re.DOTALL)


def recognised(head: bytes, claimed: str) -> str:
    """The kind of a file that begins like this. Raises Invalid for a program.

    What is claimed is believed of kinds that are only ever saved, so that a list can tell a document from a table.
    """
    if PROGRAM.match(head):
        raise Invalid.of({"file": "不能上传程序文件"}, {"file": "文件"})
    found = [kind for kind, begins in SIGNATURES.items() if re.match(begins, head, re.DOTALL)]
    if found:
        return claimed if claimed in found else found[0]
    return UNKNOWN if not claimed or claimed in SAFE_TO_SHOW or len(claimed) > 100 else claimed
