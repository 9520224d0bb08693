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
    """Every telling shape that at least four of five filled cells have."""
    filled = [value.strip() for value in values if value.strip()]
    if not filled:
        return frozenset()
    return frozenset(name for name in TELLING if share(filled, name) >= MOST)


def fitting(kind: str, values: Sequence[str]) -> float:
    """Which share of the filled cells may hold values of this kind, from 0 to 1; an empty column may hold anything."""
    filled = [value.strip() for value in values if value.strip()]
    shape = SHAPE_OF_KIND.get(kind)
    return share(filled, shape) if shape and filled else 1.0


def share(filled: Sequence[str], shape: str) -> float:
    return sum(1 for value in filled if has_shape(value, shape)) / len(filled)


def has_shape(value: str, shape: str) -> bool:
    if shape == "boolean":
        return value.casefold() in BOOLEAN
    if PATTERNS[shape].fullmatch(value):
        return True
    # A sheet keeps days as numbers (42795 is 2017-03-01), and phone numbers without their area.
    return (shape == "date" and is_day_number(value)) or (shape == "phone" and value.isdigit() and len(value) >= 7)


def is_day_number(value: str) -> bool:
    """A day between 1982 and 2064 as a sheet counts it."""
    return value.isdigit() and 30_000 <= int(value) <= 60_000
