"""Search by any part of a text on PostgreSQL's full text: 石油, shiyou, zgsy, 0013 from the middle of a phone number.

A text is folded and cut into runs. A run of Chinese characters is stored as the pair of characters at every position, a run of
letters or digits as the triple at every position, both with shorter tails; what is asked for is looked up as the sequence of its
pairs or triples. Nothing but letters and digits is ever stored or asked, so nothing needs escaping.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, zip_longest
from typing import Literal

from zhike.chinese import pinyin
from zhike.chinese.folding import Run, fold, fold_traced, runs

LONGEST_TEXT = 2_000
LONGEST_READ = 100
LONGEST_QUESTION = 200
LAST_POSITION = 16_383  # PostgreSQL keeps no position beyond; a phrase there would match anything

Span = tuple[int, int]
Weight = Literal["A", "B", "C", "D"]


@dataclass(frozen=True, slots=True)
class Part:
    """One text of a record to be found by: a text with its pinyin (A), or something else said about it (D).

    As stored, the name of the record is C and any other text B (see `writes/prepare.py` and `query/wording.py`).
    """

    text: str
    pinyin: bool = False
    weight: Weight = "D"


def vector(parts: Iterable[Part]) -> str:
    """Return what a record is found by, as text for `%s::tsvector`."""
    written: list[str] = []
    for (text, ideographs), places in _placed(parts):
        letters = (text, text[1:], places) if ideographs else (text, text[1:], text[2:], places)
        written.extend(chain.from_iterable(zip_longest(*letters, fillvalue="")))
    return "".join(written).rstrip()


def _placed(parts: Iterable[Part]) -> Iterator[tuple[Run, list[str]]]:
    """Give each run of a record its positions; what lies beyond the last position is left out."""
    position = 1
    for part in parts:
        marks = _marks(part.weight)
        for run in _stored(part):
            end = position + len(run.text)
            if end > LAST_POSITION:
                return
            yield run, marks[position:end]
            position = end + 1  # the gap keeps a phrase from running on into the next run


@cache
def _marks(weight: Weight) -> list[str]:
    """Return how each position is written; made once, since writing is most of the work of an import."""
    return [f":{position}{weight} " for position in range(LAST_POSITION + 1)]


def _stored(part: Part) -> Iterator[Run]:
    folded = fold(part.text[:LONGEST_TEXT])[:LONGEST_TEXT]
    yield from runs(folded)
    if part.pinyin and not folded.isascii():
        for reading in _readings(folded[:LONGEST_READ]):
            yield Run("".join(reading), False)
            yield Run("".join([syllable[:1] for syllable in reading]), False)


def _readings(folded: str) -> list[list[str]]:
    """Return how a folded text is read aloud, as running text and, if that differs, as a person's name.

    Letters and digits are read as themselves, breaks not at all.
    """
    plain = pinyin.syllables(folded)
    if not any(plain):
        return []
    named = pinyin.as_surname(folded)
    both = [plain] if named is None or named == plain else [plain, named]
    if all(plain):
        return both
    return [list(map(_aloud, reading, folded)) for reading in both]


def _aloud(syllable: str, letter: str) -> str:
    return syllable or (letter if letter.isalnum() else "")


def query(text: str) -> str | None:
    """Return what was asked as text for `%s::tsquery`: every word must be there. None if nothing can be asked."""
    terms = [_term(run) for run in _asked(text)]
    return " & ".join(dict.fromkeys(terms)) or None


def _asked(text: str) -> list[Run]:
    return [run for word in text[:LONGEST_QUESTION].split() for run in runs(fold(word))]


def terms(text: str) -> list[str]:
    """Return the pieces of a question, folded: each must be found, wherever the others are."""
    return list(dict.fromkeys(run.text for run in _asked(text)))


def weighted(run: str, weights: str) -> str:
    """Return one piece of a question as text for `%s::tsquery` that looks only at places of these weights."""
    return " & ".join(_term(found, weights) for found in runs(run))


def lexemes(text: str) -> list[str]:
    """Return the stored pieces a question is made of; one that is too short for a piece stands for all that begin with it."""
    return [piece for run in _asked(text) for piece in _pieces(run)]


def _term(run: Run, weights: str = "") -> str:
    if len(run.text) < _width(run):
        return f"'{run.text}':*{weights}"
    mark = f":{weights}" if weights else ""
    return " <-> ".join(f"'{piece}'{mark}" for piece in _pieces(run))


def _pieces(run: Run) -> list[str]:
    width = _width(run)
    return [run.text[at : at + width] for at in range(max(len(run.text) - width, 0) + 1)]


def _width(run: Run) -> int:
    return 2 if run.ideographs else 3


def spans(text: str, query: str) -> list[Span]:
    """Return which characters of a text to highlight: what was asked literally, else what is read or initialled so."""
    folded, origins = fold_traced(text)
    marked: set[int] = set()
    for run in _asked(query):
        found = _occurrences(folded, run.text) or ([] if run.ideographs else _spoken(folded, run.text))
        for start, end in found:
            marked.update(range(origins[start], origins[end - 1] + 1))
    return _joined(sorted(marked))


def _occurrences(text: str, part: str) -> list[Span]:
    """Return where a part stands in a text, overlapping places included."""
    found: list[Span] = []
    at = text.find(part)
    while at >= 0:
        found.append((at, at + len(part)))
        at = text.find(part, at + 1)
    return found


def _spoken(folded: str, typed: str) -> list[Span]:
    """Return the letters whose pinyin, or else whose initials, were typed; better from the start of a syllable than amid one."""
    for reading in _readings(folded[:LONGEST_READ]):
        for syllables in (reading, [syllable[:1] for syllable in reading]):
            owners = [at for at, syllable in enumerate(syllables) for _ in syllable]
            found = _occurrences("".join(syllables), typed)
            whole = [(start, end) for start, end in found if start == 0 or owners[start] != owners[start - 1]]
            if found:
                return [(owners[start], owners[end - 1] + 1) for start, end in whole or found[:1]]
    return []


def _joined(places: list[int]) -> list[Span]:
    """Join neighbouring places to ranges."""
    ranges: list[Span] = []
    for place in places:
        if ranges and ranges[-1][1] == place:
            ranges[-1] = (ranges[-1][0], place + 1)
        else:
            ranges.append((place, place + 1))
    return ranges
