"""Formulas that would run when a spreadsheet opens the file (公式注入), made harmless and made whole again.

A text that begins like a formula gets an apostrophe in front; reading takes exactly one away. A text that already has
apostrophes before such a beginning gets one more, so nothing is lost on the way out and back.
"""

import re

# The full-width signs count too: East Asian editions of Excel read them as the plain ones.
STARTS = r"=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20"
LIKE_FORMULA = re.compile(rf"'*[{STARTS}]")
GUARDED = re.compile(rf"'+[{STARTS}]")


def guard(text: str) -> str:
    return "'" + text if LIKE_FORMULA.match(text) else text


def unguard(text: str) -> str:
    return text[1:] if text[:1] == "'" and GUARDED.match(text) else text
