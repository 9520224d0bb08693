"""Guessing what a misspelt value means (建议): `GTXPro` is offered as `GTX Pro`, never taken for it without asking."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher

CLOSE_ENOUGH = 0.8
NOT_A_WORD = re.compile(r"[\W_]+")


def suggest(value: str, known: Iterable[tuple[object, str]]) -> tuple[object, str] | None:
    """The one known (id, label) this value most likely means: the same apart from spaces, signs and case, else the closest."""
    return Suggestions(known).closest(value)


def normalised(text: str) -> str:
    """Letters and digits only, in one width and case."""
    return NOT_A_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())


class Suggestions:
    """The known values prepared once for many questions; only values of a similar length are compared letter by letter."""

    def __init__(self, known: Iterable[tuple[object, str]]) -> None:
        self.same: dict[str, tuple[object, str]] = {}
        self.by_length: dict[int, list[str]] = defaultdict(list)
        for identity, label in known:
            plain = normalised(label)
            if plain and plain not in self.same:
                self.same[plain] = (identity, label)
                self.by_length[len(plain)].append(plain)

    def closest(self, value: str) -> tuple[object, str] | None:
        plain = normalised(value)
        if not plain:
            return None
        if plain in self.same:
            return self.same[plain]
        best, found = CLOSE_ENOUGH, None
        matcher = SequenceMatcher(autojunk=False, b=plain)
        for candidate in self.of_similar_length(len(plain)):
            matcher.set_seq1(candidate)
            if matcher.real_quick_ratio() >= best and matcher.quick_ratio() >= best:
                ratio = matcher.ratio()
                if ratio > best or (ratio == best and found is None):
                    best, found = ratio, candidate
        return self.same[found] if found else None

    def of_similar_length(self, length: int) -> Iterable[str]:
        """A ratio of 0.8 is out of reach when one is more than half as long again as the other."""
        for candidate_length in sorted(self.by_length, key=lambda other: abs(other - length)):
            if 2 * min(length, candidate_length) >= CLOSE_ENOUGH * (length + candidate_length):
                yield from self.by_length[candidate_length]
