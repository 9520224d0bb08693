"""Which column goes to which field (字段匹配建议), proposed from the headers and from what the values look like.

A proposal is only ever a proposal: the person sees it, with how sure it is, before anything is read into a record.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from zhike.chinese.pinyin import syllables
from zhike.features.transfer.sheets.shapes import TELLING, fitting, shapes_of
from zhike.features.transfer.sheets.suggestion import normalised
from zhike.features.transfer.sheets.words import groups_of

CERTAIN, DECLARED, SYNONYM, SYNONYM_OF_NAME, PINYIN, PART, ALIKE, BY_VALUES = 1.0, 0.95, 0.9, 0.88, 0.85, 0.75, 0.65, 0.6
AGAINST = 0.6
SURE_ENOUGH = 0.5
HINT = re.compile(r"[(\uff08\[【].*?[)\uff09\]】]|[*:\uff0a\uff1a]\s*$")
REFERENCES = ("ref", "refs", "person")


@dataclass(frozen=True)
class Proposal:
    """建议: a column, the field it seems to hold (or none), and how sure that is from 0 to 1."""

    header: str
    field: str | None
    confidence: float
    by: str | None = None


@dataclass(frozen=True)
class Target:
    """A field a column may go to; a part of child lines is written `products.product`.

    Arguments:
        kept: a field every record has (负责人, 创建时间); the record's own fields come before it.
    """

    path: str
    label: str
    kind: str
    options: frozenset[str]
    declared: frozenset[str]
    readings: frozenset[str]
    groups: frozenset[int]
    groups_of_name: frozenset[int]
    reference: bool
    kept: bool


def propose(headers: Sequence[str], samples: Sequence[Sequence[str]], fields: Sequence[Mapping[str, Any]]) -> list[Proposal]:
    """One proposal a column; the surest pairs are made first and no field is given away twice."""
    targets = list(targets_of(fields))
    pairs = sorted(
        (
            (-score(header, values, target), target.kept, column, index)
            for column, (header, values) in enumerate(zip(headers, samples, strict=True))
            for index, target in enumerate(targets)
        ),
    )
    chosen: dict[int, Proposal] = {}
    taken: set[int] = set()
    for negative, _, column, index in pairs:
        if -negative < SURE_ENOUGH:
            break
        if column not in chosen and index not in taken:
            target = targets[index]
            chosen[column] = Proposal(headers[column], target.path, round(-negative, 2), "name" if target.reference else None)
            taken.add(index)
    return [chosen.get(column) or Proposal(header, None, 0.0) for column, header in enumerate(headers)]


def targets_of(fields: Sequence[Mapping[str, Any]], prefix: str = "") -> Iterator[Target]:
    for field in fields:
        if field.get("importable") is False:
            continue
        if field["kind"] == "lines":
            yield from targets_of(field.get("parts") or (), prefix=f"{field['name']}.")
        else:
            yield target_of(field, prefix)


def target_of(field: Mapping[str, Any], prefix: str) -> Target:
    label, name = str(field["label"]), str(field["name"])
    declared = [str(word) for word in field.get("synonyms", ())]
    return Target(
        path=prefix + name,
        label=normalised(label),
        kind=str(field["kind"]),
        options=frozenset(normalised(str(option["label"])) for option in field.get("options") or ()),
        declared=frozenset(map(normalised, declared)),
        readings=frozenset((normalised(name), normalised(label), *map(normalised, declared), *pinyin_of(label))),
        groups=groups_of(label),
        groups_of_name=frozenset[int]().union(*(groups_of(word) for word in (name, *declared))),
        reference=field["kind"] in REFERENCES,
        kept=bool(field.get("kept")),
    )


def pinyin_of(label: str) -> tuple[str, str]:
    """`客户名称` is also found as `kehumingcheng` and `khmc`."""
    read = [syllable or character for syllable, character in zip(syllables(label), label, strict=True)]
    return "".join(read).lower(), "".join(part[0] for part in read).lower()


def score(header: str, values: Sequence[str], target: Target) -> float:
    """How well a column suits a field: by its name, or by telling values; values that cannot be it speak against it.

    A header that is the very name of the field is believed whatever stands below it: better a refused row than a lost column.
    """
    named = score_of_name(HINT.sub("", header) or header, target)
    if named < CERTAIN and (fitting_share := fitting(target.kind, values)) < 1:
        return named - AGAINST * (1 - fitting_share)
    valued = score_of_values(values, shapes_of(values), target)
    return min(1.0, named + (0.05 if valued and named < CERTAIN else 0)) if named else valued


def score_of_name(header: str, target: Target) -> float:
    word = normalised(header)
    if word in (target.label, normalised(target.path.rpartition(".")[2])):
        return CERTAIN
    if word in target.declared:
        return DECLARED
    if groups_of(header) & target.groups:
        return SYNONYM
    if groups_of(header) & target.groups_of_name:
        return SYNONYM_OF_NAME
    if word in target.readings:
        return PINYIN
    if len(word) > 1 and len(target.label) > 1 and (word in target.label or target.label in word):
        return PART
    ratio = max(SequenceMatcher(None, word, reading).ratio() for reading in target.readings)
    return ALIKE if ratio >= 0.8 else 0.0


def score_of_values(values: Sequence[str], shapes: frozenset[str], target: Target) -> float:
    if target.options:
        filled = [normalised(value) for value in values if value.strip()]
        return BY_VALUES if filled and all(value in target.options for value in filled) else 0.0
    for shape in TELLING:
        if shape in shapes and (target.kind == shape or shape.replace("_", "") in target.readings):
            return BY_VALUES
    return 0.0
