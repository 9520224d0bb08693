"""Watermark 水印 of a DOCX: across every page, in the header, where the text of the paper does not move for it."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml

WATERMARK = "未批准 不得外发"
SHAPE = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:o="urn:schemas-microsoft-com:office:office"><w:pict>'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
    '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="watermark" type="#_x0000_t136" fillcolor="#d03030" stroked="f" style="position:absolute;width:440pt;'
    "height:60pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    'mso-position-vertical:center;mso-position-vertical-relative:margin"><v:fill opacity=".2"/>'
    '<v:textpath style="font-family:&quot;宋体&quot;;font-size:1pt" string="{text}"/></v:shape></w:pict></w:r>'
)


def mark(paper: Any, text: str) -> None:
    """Put the words across every page, and plainly at its head for programs that draw no shapes."""
    for section in paper.sections:
        section.header.is_linked_to_previous = False
        paragraph = section.header.paragraphs[0]
        paragraph.add_run(text).bold = True
        paragraph._p.append(parse_xml(SHAPE.format(text=escape(text, {'"': "&quot;"}))))
