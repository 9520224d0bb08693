"""What the values of a column look like (值的形状), whatever its header says."""

import re
from collections.abc import Mapping, Sequence

PHONE = re.compile(
    r"(\+?86[- ]?)?1[3-9]\d{9}"
    r"|(\+?86[- ]?)?\(?0\d{2,3}\)?[- ]?\d{7,8}(-\d{1,6})?"
    r"|400[- ]?\d{3}[- ]?\d{4}"
    r"|\+\d{1,3}[- ]?[\d -]{6,14}"
)
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]{2,}")
URL = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
DATE = re.compile(
    r"\d{4}[-/.年]\d{1,2}([-/.月]\d{1,2}日?)?([ T]\d{1,2}:\d{2}(:\d{2})?)?"
    r"|\d{1,2}[-/]\d{1,2}[-/]\d{4}"
    r"|(19|20)\d{6}"
)
NUMBER = re.compile(
    r'"?\s*[-+(\uff08]?\s*([¥\uffe5$€£]|RMB|CNY|USD)?\s*-?[\d,\uff0c]*\.?\d+\s*(%|折|元|万|亿|千|万元|亿元)?[)\uff09]?\s*"?',
    re.IGNORECASE,
)
BOOLEAN = frozenset(("是", "否", "有", "无", "y", "n", "yes", "no", "true", "false", "√", "×"))

PATTERNS: Mapping[str, re.Pattern[str]] = {
    "phone": PHONE,
    "email": EMAIL,
    "url": URL,
    "credit_code": CREDIT_CODE,
    "date": DATE,
    "number": NUMBER,
}
# Which shape the values of a field of this kind have; a kind that is not here takes anything.
SHAPE_OF_KIND: Mapping[str, str] = {
    "phone": "phone",
    "email": "email",
    "url": "url",
    "date": "date",
    "datetime": "date",
    "integer": "number",
    "decimal": "number",
    "money": "number",
    "ratio": "number",
    "boolean": "boolean",
}
# Shapes so telling that they name the field by themselves.
TELLING = ("credit_code", "phone", "email", "url")
MOST = 0.8


def shapes_of(values: Sequence[str]) -> frozenset[str]:
    """Every shape that at least four of five filled cells have; "words" when they have none, nothing when all are blank."""
    filled = [value.strip() for value in values if value.strip()]
    if not filled:
        return frozenset()
    shapes = {name for name, pattern in PATTERNS.items() if sum(1 for v in filled if pattern.fullmatch(v)) >= MOST * len(filled)}
    if sum(1 for value in filled if value.casefold() in BOOLEAN) >= MOST * len(filled):
        shapes.add("boolean")
    if "date" not in shapes and "number" in shapes and all(is_day_number(value) for value in filled):
        shapes.add("day_number")
    return frozenset(shapes or {"words"})


def is_day_number(value: str) -> bool:
    """A day as a sheet counts it (42795 is 2017-03-01), between 1982 and 2064."""
    return value.isdigit() and 30_000 <= int(value) <= 60_000


def fits(kind: str, shapes: frozenset[str]) -> bool:
    """Whether a column of these shapes may hold values of this kind; an empty column may hold anything."""
    shape = SHAPE_OF_KIND.get(kind)
    if shape is None or not shapes or shape in shapes:
        return True
    return (shape == "date" and "day_number" in shapes) or (shape == "phone" and "number" in shapes)
