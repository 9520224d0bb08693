"""Which language is being spoken: that of the request in hand, Chinese where nobody asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

CHINESE, ENGLISH = "zh-CN", "en"
_spoken: ContextVar[str] = ContextVar("spoken", default=CHINESE)


def english() -> bool:
    """Whether the answer in hand is to be in English."""
    return _spoken.get() == ENGLISH


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Everything said inside is said in this language."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def asked_for(header: str) -> str:
    """The language an Accept-Language header likes best, of those there are. Programs that send none get Chinese."""
    if not header:
        return CHINESE
    liked = max((part.strip() for part in header.split(",")), key=_weight)
    return ENGLISH if liked[:2].lower() == "en" else CHINESE


def _weight(part: str) -> float:
    """How much one language of the header is liked; the first of equals wins."""
    _, _, weight = part.partition(";q=")
    try:
        return float(weight or 1)
    except ValueError:
        return 0.0
