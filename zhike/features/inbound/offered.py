"""What a domain opens to people outside: which object, which of its fields, and what a chat becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhike.kernel.declare import Option, option
from zhike.kernel.registry import every_object


@dataclass(frozen=True, kw_only=True)
class Opened:
    """One object that forms and chats may add.

    Arguments:
        fields: what may be asked or filled in beforehand; nothing else can be sent.
        begin: makes the record of a new chat from what the visitor told of herself.
        add: adds what was said to that record.
    """

    collection: str
    fields: tuple[str, ...]
    begin: Callable[[Mapping[str, str], Any, Any], Any]
    add: Callable[[int, Sequence[Mapping[str, Any]], Any], None]

    @property
    def model(self) -> Any:
        return every_object()[self.collection]


_opened: dict[str, Opened] = {}


def offer(opened: Opened) -> None:
    """Declare it, once, when the domain is there."""
    _opened[opened.collection] = opened


def opened(collection: str) -> Opened:
    return _opened[collection]


def collections() -> dict[str, Option]:
    """The objects that can be chosen, by what people call them."""
    return {c: option(o.model.spec.label) for c, o in _opened.items()}


def fields() -> dict[str, Option]:
    """Every field that a form may have."""
    return {name: option(o.model.declared()[name].label) for o in _opened.values() for name in o.fields}
