"""Automatic numbers 自动编号: drawn from a PostgreSQL sequence, so that no two writers wait for each other."""

from __future__ import annotations

import re
from typing import Any

from django.db import connection
from django.utils import timezone

from zhike.kernel import added
from zhike.kernel.kinds import Number

SEQUENCE = re.compile(r"\{seq:?(\d*)\}")
PLACE = re.compile(r"\{[^{}]*\}")
MOST_DIGITS, LONGEST_PATTERN = 12, 50
DATES = {"{yyyy}": "%Y", "{yy}": "%y", "{mm}": "%m", "{dd}": "%d"}
DRAWN = """
SELECT drawn.number, {taken}
FROM (
    SELECT %s || lpad(n::text, greatest(length(n::text), %s), '0') || %s AS number
    FROM (SELECT nextval(%s::regclass) AS n FROM generate_series(1, %s)) counted OFFSET 0
) drawn
"""


def sequence(model: Any, kind: Number) -> str:
    """The name of the sequence behind a numbered field."""
    return kind.counter or f"{model._meta.db_table}_{kind.column}_number"


def numbered(model: Any) -> list[Number]:
    """The fields that are declared as numbers."""
    return [k for k in model.declared().values() if isinstance(k, Number)]


def pattern_of(model: Any, kind: Number) -> str:
    """As declared, or as an administrator wants it (编号规则)."""
    return added.current().patterns.get(f"{model.spec.collection}.{kind.name}", kind.pattern)


def give_numbers(model: Any, records: list[Any]) -> None:
    """Number every record that has no number yet; one query a numbered field.

    A number that stands already, by an import or another pattern, is passed over.
    """
    for kind in [k for k in model.stored().values() if isinstance(k, Number)]:
        waiting = [r for r in records if not getattr(r, kind.name)]
        brought = {getattr(r, kind.name) for r in records} - {""}
        while waiting:
            free = [n for n, taken in _draw(model, kind, len(waiting)) if not taken and n not in brought]
            for record, number in zip(waiting, free, strict=False):
                setattr(record, kind.name, number)
            waiting = waiting[len(free) :]


def written(pattern: str, value: int) -> str:
    """KH{yyyy}{mm}-{seq:5} and 42 in November 2026 give KH202611-00042."""
    before, digits, after = _parted(pattern)
    return f"{before}{str(value).zfill(digits)}{after}"


def coming(model: Any, kind: Number) -> int:
    """The value that would be drawn next, without drawing it."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT last_value + is_called::int FROM "{sequence(model, kind)}"')
        return int(cursor.fetchone()[0])


def wrong_pattern(pattern: str) -> str:
    """Why numbers cannot be written so; empty when they can."""
    places = PLACE.findall(pattern)
    unknown = [place for place in places if place not in DATES and not SEQUENCE.fullmatch(place)]
    counted = SEQUENCE.findall(pattern)
    if unknown or set("{}") & set(PLACE.sub("", pattern)):
        return f"不认识“{'、'.join(unknown) or pattern}”；可以用 {{yyyy}} {{yy}} {{mm}} {{dd}} 和 {{seq:5}}"
    if len(counted) != 1:
        return "要有且只有一个流水号 {seq:位数}，例如 {seq:5}"
    if not 1 <= int(counted[0] or 1) <= MOST_DIGITS:
        return f"流水号的位数应为 1 到 {MOST_DIGITS}"
    return f"最多 {LONGEST_PATTERN} 个字符" if len(pattern) > LONGEST_PATTERN else ""


def _parted(pattern: str) -> tuple[str, int, str]:
    """What stands before the sequence today, how many digits it has at least, what stands behind."""
    today = timezone.localdate()
    for place, format in DATES.items():
        pattern = pattern.replace(place, today.strftime(format))
    before, digits, after = SEQUENCE.split(pattern, maxsplit=1)
    return before, int(digits or 1), after


def _draw(model: Any, kind: Number, count: int) -> list[tuple[str, bool]]:
    """New numbers, and whether a record has each already."""
    before, digits, after = _parted(pattern_of(model, kind))
    sql = DRAWN.format(taken="false" if kind.counter else _standing(model, kind))
    with connection.cursor() as cursor:
        cursor.execute(sql, [before, digits, after, f'"{sequence(model, kind)}"', count])
        return list(cursor.fetchall())


def _standing(model: Any, kind: Number) -> str:
    """Whether a record has the number: numbers come with imports too, and by patterns of earlier days."""
    quote = connection.ops.quote_name
    return f"EXISTS (SELECT 1 FROM {quote(model._meta.db_table)} t WHERE t.{quote(kind.column)} = drawn.number)"
