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
class Written(Event):
    """These records of one object were written, be it one by itself or many at once; deleted ones are as they were."""

    model: type
    records: list[Any]
    verb: str

    @property
    def ids(self) -> list[int]:
        return [record.pk for record in self.records]


@dataclass(frozen=True, kw_only=True)
class ChangedMany(Written):
    """A set-based write touched these records of one object. `fields` are those that changed."""

    fields: tuple[str, ...] = ()


E = TypeVar("E", bound=Event)
_handlers: dict[type[Event], list[Callable[[Any], None]]] = defaultdict(list)


def on(event_type: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Declare a handler that must not be lost: it runs in the transaction that caused the event."""

    def register(handler: Callable[[E], None]) -> Callable[[E], None]:
        _handlers[event_type].append(handler)
        return handler

    return register


def on_written(handler: Callable[[Written], None]) -> Callable[[Written], None]:
    """Declare a handler to which it is the same whether a record was written by itself or with many others."""

    @on(Changed)
    def of_one(event: Changed) -> None:
        handler(Written(actor=event.actor, model=type(event.record), records=[event.record], verb=event.verb))

    on(ChangedMany)(handler)
    return handler


def emit(event: Event) -> None:
    """Tell every handler; one that fails takes the whole change back."""
    for handler in _handlers[type(event)]:
        handler(event)
