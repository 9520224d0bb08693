"""统计对象: which of the declared objects a report is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from zhike.kernel.declare import f
from zhike.kernel.registry import objects


class Declared(Mapping[str, Any]):
    """Every declared object by its collection; asked for when needed, for at the time of declaring not all are known."""

    def __getitem__(self, collection: str) -> Any:
        return f.option(objects()[collection].spec.label)

    def __iter__(self) -> Iterator[str]:
        return iter(objects())

    def __len__(self) -> int:
        return len(objects())


class ObjectChoice(f.Choice):
    """One of the declared objects."""

    def __init__(self, label: str = "", *args: Any, **kwargs: Any) -> None:
        super().__init__(label, Declared(), *args, **{"max_length": 60, **kwargs})

    def set_options(self, options: Any) -> None:
        self.written = self.declared = options
