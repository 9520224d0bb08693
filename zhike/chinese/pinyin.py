"""Pinyin (拼音): how a Chinese name is read, so that it is found by what people type: zhongguoshiyou or zgsy."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Self

# Read so only as a surname (姓), thus only at the start of a short name; 单伟 is Shan Wei, 单位 is dan wei.
_SURNAMES = (
    "单shan 仇qiu 查zha 盖ge 解xie 区ou 朴piao 翟zhai 缪miao 覃qin 隽juan 莘shen 郇xun 员yun 繁po 秘bi "
    "折she 洗xian 乐yue 种chong 隗wei 乜nie 黑he 哈ha 过guo 逯lu 贲ben"
)
SURNAMES = {entry[0]: entry[1:] for entry in _SURNAMES.split()}
COMPOUND_SURNAMES = {
    "尉迟": ["yu", "chi"],
    "万俟": ["mo", "qi"],
    "单于": ["chan", "yu"],
    "长孙": ["zhang", "sun"],
    "澹台": ["tan", "tai"],
}
LONGEST_PERSON_NAME = 4


class Readings:
    """Plain readings of single characters, and of the words in which a character is read otherwise (重 in 重庆)."""

    def __init__(self, characters: Mapping[str, str], words: Mapping[str, list[str]]) -> None:
        self.characters = characters
        self.words: dict[str, list[str]] = {}
        self.lengths: dict[str, list[int]] = {}
        self.unusual: set[str] = set()
        for word, reading in words.items():
            self.learn(word, reading)

    def learn(self, word: str, reading: list[str]) -> Self:
        """Add a word whose reading is not that of its characters alone."""
        self.words[word] = reading
        known = self.lengths.get(word[:2], [])
        self.lengths[word[:2]] = sorted({*known, len(word)}, reverse=True)
        both = zip(word, reading, strict=True)
        self.unusual.update(character for character, syllable in both if self.characters.get(character) != syllable)
        return self

    def syllables(self, text: str) -> list[str]:
        """Read a text of simplified characters: one syllable for each, empty for what is not read in Chinese."""
        plain = [self.characters.get(character, "") for character in text]
        if not self.unusual.isdisjoint(text):
            self._correct(text, plain)
        return plain

    def _correct(self, text: str, plain: list[str]) -> None:
        """Give the characters of each known word their reading in it; the longest word wins, from the left."""
        at = 0
        while at < len(text) - 1:
            for length in self.lengths.get(text[at : at + 2], ()):
                reading = self.words.get(text[at : at + length])
                if reading:
                    plain[at : at + length] = reading
                    at += length - 1
                    break
            at += 1


@cache
def readings() -> Readings:
    """Return the readings shipped with the product; read on first use."""
    syllables, words = files("zhike.chinese").joinpath("data/pinyin.txt").read_text("utf-8").split("\n\n")
    return Readings(_characters(syllables.splitlines()), {word: reading for word, *reading in map(str.split, words.splitlines())})


def _characters(lines: Iterable[str]) -> dict[str, str]:
    """Return the syllable of each character; every character of a syllable shares one string."""
    table: dict[str, str] = {}
    for syllable, characters in map(str.split, lines):
        table.update(dict.fromkeys(characters, syllable))
    return table


def syllables(text: str) -> list[str]:
    """Read a text of simplified characters as in running text: 重庆 gives chong, qing."""
    return readings().syllables(text)


def as_surname(text: str) -> list[str] | None:
    """Read a short text as a person's name if that gives another reading: 单伟 gives shan, wei; None if it does not."""
    if not 2 <= len(text) <= LONGEST_PERSON_NAME:
        return None
    if text[:2] in COMPOUND_SURNAMES:
        return COMPOUND_SURNAMES[text[:2]] + syllables(text[2:])
    if text[0] in SURNAMES:
        return [SURNAMES[text[0]], *syllables(text[1:])]
    return None
