"""Events 事件: what happened, told to whoever declared an interest. Handled inside the transaction of their cause."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from zhike.kernel.reach import Actor


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened to records of one object."""

    actor: Actor


@dataclass(frozen=True, kw_only=True)
class Changed(Event):
    """One record was added, changed, acted upon, transferred or deleted.

    `before` and `after` hold plain field values; empty for a record that did not exist or no longer does.
    """

    record: Any
    verb: str
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class ChangedMany(Event):
    """A set-based write touched these records of one object; deleted ones are as they were. `fields` are those that changed."""

    model: type
    records: list[Any]
    verb: str
    fields: tuple[str, ...] = ()

    @property
    def ids(self) -> list[int]:
        return [record.pk for record in self.records]


E = TypeVar("E", bound=Event)
_handlers: dict[type[Event], list[Callable[[Any], None]]] = defaultdict(list)


def on(event_type: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Declare a handler that must not be lost: it runs in the transaction that caused the event."""

    def register(handler: Callable[[E], None]) -> Callable[[E], None]:
        _handlers[event_type].append(handler)
        return handler

    return register


def emit(event: Event) -> None:
    """Tell every handler; one that fails takes the whole change back."""
    for handler in _handlers[type(event)]:
        handler(event)
