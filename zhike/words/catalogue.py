"""The catalogue 词表: Chinese → English, of plain words and of patterns with slots for what is not ours to translate.

A slot `{0}` carries a value over as it is. `{0!}` carries words of the product, which are translated themselves (several are
joined by “、”). `{0#row|rows}` is the first word when the value is 1, else the second.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from zhike.words.speaking import english

FILE = Path(__file__).with_name("en.json")
SLOT = re.compile(r"{(\d+)(!|#[^|{}]*\|[^{}]*)?}")
CHINESE = re.compile(r"[㐀-鿿]")


@dataclass(frozen=True)
class Pattern:
    """One sentence with slots, in both languages."""

    chinese: re.Pattern[str]
    english: str

    def fill(self, text: str) -> str | None:
        """The text in English; None when it is another sentence."""
        found = self.chinese.fullmatch(text)
        return None if found is None else SLOT.sub(lambda slot: _filled(slot, found), self.english)


def word(text: str) -> str:
    """A word of the product as the asker calls it; what the catalogue does not know was named by people and stays."""
    return plain().get(text, text) if english() else text


def say(text: str) -> str:
    """A sentence of the product in the asker's language, with the values in it untouched."""
    return translated(text) if english() else text


def side_by_side(*words: str) -> str:
    """Words that make one name together: “金额合计”."""
    return " ".join(word(one) for one in words if one) if english() else "".join(words)


def pair(text: str) -> str:
    """Two words set side by side (“新建客户”), where each is known."""
    cuts = ((text[:at], text[at:]) for at in range(1, len(text)))
    known = ((plain()[left], plain()[right]) for left, right in cuts if left in plain() and right in plain())
    return " ".join(next(known, (word(text),))) if english() else text


def listed(text: str) -> str:
    """A word, or several set beside and inside each other: “客户·行业、线索·行业”."""
    if not english() or text in plain():
        return word(text)
    return ", ".join("·".join(map(word, one.split("·"))) for one in _apart(text))


def _apart(text: str) -> list[str]:
    """Words set beside each other by “、”, some of which hold one of their own (电力、热力、燃气和水)."""
    parts, found = text.split("、"), []
    while parts:
        most = next((n for n in range(len(parts), 1, -1) if "、".join(parts[:n]) in plain()), 1)
        found.append("、".join(parts[:most]))
        parts = parts[most:]
    return found


@lru_cache(maxsize=4096)
def translated(text: str) -> str:
    """A sentence in English: known as it is, by its pattern, or clause by clause (“字段：原因；字段：原因”)."""
    if text in plain():
        return plain()[text]
    if not CHINESE.search(text):
        return text
    return next((told for pattern in patterns() if (told := pattern.fill(text)) is not None), None) or _by_clauses(text)


def _by_clauses(text: str) -> str:
    clauses = text.split("；")
    if len(clauses) > 1:
        return "; ".join(map(translated, clauses))
    name, colon, reason = text.partition("：")
    return f"{plain().get(name, name)}: {translated(reason)}" if colon else text


def _filled(slot: re.Match[str], found: re.Match[str]) -> str:
    value, manner = found[int(slot[1]) + 1], slot[2] or ""
    if manner == "!":
        return ", ".join(map(translated, _apart(value)))
    if manner.startswith("#"):
        one, many = manner[1:].split("|")
        return one if value == "1" else many
    return value


@cache
def entries() -> dict[str, str]:
    """Everything in the catalogue."""
    found: dict[str, str] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


@cache
def plain() -> dict[str, str]:
    """Those without slots."""
    return {chinese: english for chinese, english in entries().items() if not SLOT.search(chinese)}


@cache
def patterns() -> list[Pattern]:
    """Those with slots, the most telling first: what says most of itself is least likely to be mistaken."""
    slotted = [chinese for chinese in entries() if SLOT.search(chinese)]
    ordered = sorted(slotted, key=lambda chinese: -len(SLOT.sub("", chinese)))
    return [Pattern(_as_pattern(chinese), entries()[chinese]) for chinese in ordered]


def _as_pattern(chinese: str) -> re.Pattern[str]:
    parts = [re.escape(part) for part in re.split(r"{\d+}", chinese)]
    return re.compile("(.*?)".join(parts), re.DOTALL)
