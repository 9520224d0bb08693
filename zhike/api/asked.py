"""What a caller asks of a collection, read from the address."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
from django.http import HttpRequest, QueryDict

from zhike.kernel.errors import Invalid, Malformed
from zhike.kernel.query.listing import DEFAULT_LIMIT, Asked

LONGEST_FILTER = 100_000
READ = frozenset({"filter", "q", "order", "fields", "after", "limit", "total", "meets"})


def asked(request: HttpRequest, also: frozenset[str] = frozenset()) -> Asked:
    """Raises Invalid for an unknown parameter, Malformed for one that cannot be read."""
    given = request.GET
    if unknown := set(given) - READ - also:
        raise Invalid.of(dict.fromkeys(sorted(unknown), "没有这个参数"))
    return Asked(
        filter=tree(given.get("filter", "")),
        words=_clean(given.get("q", "")),
        order=given.get("order", ""),
        fields=tuple(dict.fromkeys(n for n in given.get("fields", "").split(",") if n)),
        after=given.get("after", ""),
        limit=number(given, "limit", DEFAULT_LIMIT),
        meets=_rules(given.get("meets", "")),
    )


def tree(text: str) -> Any:
    """A filter from its JSON text."""
    if len(text) > LONGEST_FILTER:
        raise Malformed("筛选条件过长")
    try:
        return orjson.loads(text) if text else None
    except orjson.JSONDecodeError:
        raise Malformed("筛选条件 filter 不是正确的 JSON") from None


def _rules(text: str) -> tuple[Any, ...]:
    """The conditions every row is held against."""
    found = tree(text) or []
    if not isinstance(found, list):
        raise Invalid.of({"meets": "应为一组筛选条件"})
    return tuple(found)


def number(given: QueryDict, name: str, otherwise: int) -> int:
    """A whole number from the address."""
    text = given.get(name, "")
    if not text:
        return otherwise
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise Invalid.of({name: "应为正整数"})
    return int(text)


def day(given: QueryDict, name: str) -> date | None:
    """A day from the address, where one is named. Raises Invalid."""
    try:
        return date.fromisoformat(given[name]) if given.get(name) else None
    except ValueError:
        raise Invalid.of({name: "日期格式不正确，应如 2026-03-01"}) from None


def words(given: QueryDict, name: str) -> list[str]:
    return [w for w in given.get(name, "").split(",") if w]


def _clean(text: str) -> str:
    if "\x00" in text or len(text) > 200:
        raise Invalid.of({"q": "搜索词最多 200 个字"})
    return text
