"""Words people use for the same thing in the headers of their spreadsheets (同义词), Chinese and English.

A header and a field belong together when both are found in one group of `words.txt`.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from zhike.features.transfer.sheets.suggestion import normalised

WORDS = Path(__file__).with_name("words.txt")


def groups_of(word: str) -> frozenset[int]:
    """The numbers of all groups this word is in."""
    return INDEX.get(normalised(word), frozenset())


def index_of(lines: Iterable[str]) -> Mapping[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(lines):
        if line.startswith("#"):
            continue
        for word in line.split("|"):
            found.setdefault(normalised(word), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


INDEX = index_of(WORDS.read_text(encoding="utf-8").splitlines())
