"""Folding (归一): what people regard as the same writing becomes the same letters. ＡＢＣ公司, abc公司 and ABC 公司 agree.

Every character is folded alone, so a part of a text folds to a part of the folded text: any part can be found.
"""

import re
import unicodedata
from typing import NamedTuple

from zhike.chinese.simplified import table

JOINT, BREAK = " ", "\n"
# What people put between the digits of one number: 138-0013-8000, (028) 8666.1234, 7,450,000
JOINTS = frozenset(" -‐‑‒–—−.,()+/·")
_BETWEEN_DIGITS = re.compile(f"(?<=[0-9]){JOINT}{{1,3}}(?=[0-9])")
# Chinese characters, with the letters of Japanese, Korean and zhuyin (注音)
_SINGLE = (
    "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
    "\u3040-\u30ff\u31f0-\u31ff\u1100-\u11ff\ua960-\ua97c\uac00-\ud7fb\u3105-\u318f\u31a0-\u31bf"
)
_RUNS = re.compile(f"([{_SINGLE}]+)|([^{_SINGLE}{JOINT}{BREAK}]+)")
REMEMBERED = 20_000


class Run(NamedTuple):
    """Letters without a break between them: characters that each mean something (汉字), or letters and digits of a word."""

    text: str
    ideographs: bool


class _Folds(dict[int, str]):
    """The folded form of each character met so far; a process meets a few thousand."""

    def __missing__(self, code: int) -> str:
        folded = fold_character(chr(code))
        if len(self) < REMEMBERED:
            self[code] = folded
        return folded


_folds = _Folds()


def fold_character(character: str) -> str:
    """Fold one character to small simplified letters without accents, to a break, or to nothing (accents, zero width)."""
    parts = unicodedata.normalize("NFKD", character)
    bare = "".join(part for part in parts if unicodedata.category(part) not in ("Mn", "Me", "Cf"))
    plain = unicodedata.normalize("NFC", bare).casefold().translate(table())
    return "".join(map(_letter_or_break, plain))


def _letter_or_break(character: str) -> str:
    if unicodedata.category(character)[0] in "LN" or unicodedata.category(character) == "Mc":
        return character
    return JOINT if character in JOINTS else BREAK


def fold(text: str) -> str:
    """Fold a text; what is neither letter nor digit becomes a break, except between the digits of one number."""
    return _BETWEEN_DIGITS.sub("", text.translate(_folds))


def fold_traced(text: str) -> tuple[str, list[int]]:
    """Fold a text and tell for each folded letter which character of the text it came from."""
    letters = [(letter, at) for at, character in enumerate(text) for letter in _folds[ord(character)]]
    folded = "".join(letter for letter, _ in letters)
    dropped = {at for joint in _BETWEEN_DIGITS.finditer(folded) for at in range(*joint.span())}
    kept = [pair for at, pair in enumerate(letters) if at not in dropped]
    return "".join(letter for letter, _ in kept), [origin for _, origin in kept]


def runs(folded: str) -> list[Run]:
    """Cut a folded text into its runs."""
    return [Run(ideographs or word, bool(ideographs)) for ideographs, word in _RUNS.findall(folded)]
