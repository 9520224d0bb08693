"""Reading cells (单元格) as values of a field: each distinct text of a chunk is understood once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Protocol

from zhike.features.transfer.drafts import ABSENT, Wrong
from zhike.features.transfer.sheets import Suggestions
from zhike.features.transfer.sheets.suggestion import normalised
from zhike.words.catalogue import plain


class Reader(Protocol):
    """Understands the cells of one column for one field."""

    meanings: Mapping[str, str]

    def read(self, texts: Iterable[str]) -> dict[str, Any]:
        """What each text means: a stored value, Wrong with the reason, ABSENT or LATER."""
        ...


class PlainReader:
    """Numbers, dates, texts: whatever the kind of the field can read."""

    def __init__(self, kind: Any, *, meanings: Mapping[str, str], order: str) -> None:
        self.kind, self.meanings, self.order = kind, meanings, order

    def read(self, texts: Iterable[str]) -> dict[str, Any]:
        return {text: self.one(meant(text, self.meanings)) for text in texts}

    def one(self, text: str) -> Any:
        if not text.strip():
            return ABSENT
        try:
            value = self.kind.read(text, self.order)
        except ValueError as error:
            return Wrong(str(error))
        return ABSENT if self.kind.is_empty(value) else value


class ChoiceReader(PlainReader):
    """One of a fixed set, by its name or its label in either language, whatever the case."""

    def __init__(self, kind: Any, *, meanings: Mapping[str, str], order: str, unknown: str) -> None:
        super().__init__(kind, meanings=meanings, order=order)
        self.unknown = unknown
        labels = {o.label: value for value, o in kind.open().items()}
        english = {normalised(plain().get(label, label)): value for label, value in labels.items()}
        names = {normalised(value): value for value in kind.open()}
        self.options = english | names | {normalised(label): value for label, value in labels.items()}

    def one(self, text: str) -> Any:
        if not text.strip():
            return ABSENT
        value = self.options.get(normalised(text))
        if value is None:
            return ABSENT if self.unknown == "empty" else super().one(text)
        return value

    def knows(self, text: str) -> bool:
        return normalised(text) in self.options

    @cached_property
    def suggestions(self) -> Suggestions:
        """Every option twice, by its name and by its label, for finding what a misspelt value means."""
        labels = {value: o.label for value, o in self.kind.open().items()}
        return Suggestions([*labels.items(), *((value, value) for value in labels)])


def meant(text: str, meanings: Mapping[str, str]) -> str:
    """What a text stands for, where the mapping says so."""
    return meanings.get(text.strip(), text) if meanings else text
