"""Watermarks 水印: who looked or took it along, and when, so that a photograph or a file leads back to somebody."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from zhike.features.leakage.rules import FILES, SCREEN

NOWHERE, WITHOUT_PLAIN_TEXT, EVERYWHERE = 0, 1, 2


def who(actor: Any) -> str:
    """Whose eyes these are: of one who acts for somebody else, her own."""
    person = getattr(actor, "delegate", None) or actor
    return f"{getattr(person, 'name', '')} {getattr(person, 'username', '')}".strip()


def on_screen(actor: Any) -> str:
    """What stands across the screen; nothing where it is switched off. The browser adds the time."""
    return who(actor) if SCREEN.on() else ""


def in_pictures(actor: Any) -> str:
    """The same for pictures made by the browser."""
    return who(actor) if FILES.on() else ""


def in_file(actor: Any, format: str) -> str:
    """What stands in an exported file. Plain CSV has no place but its rows, so it is marked only where that is asked for."""
    wanted = FILES.on() >= (EVERYWHERE if format == "csv" else WITHOUT_PLAIN_TEXT)
    return f"{who(actor)} {timezone.localtime():%Y-%m-%d %H:%M}" if wanted else ""
