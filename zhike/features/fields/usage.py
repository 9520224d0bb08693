"""Whether records already carry an added field; then its meaning must stay as it is."""

from __future__ import annotations

from typing import Any

from zhike.kernel.registry import every_object


def used(collection: str, name: str) -> bool:
    """Whether any record of the object has a value there."""
    return bool(every_object()[collection]._base_manager.filter(extra__has_key=name).exists())


def chosen(field: Any, value: str) -> bool:
    """Whether any record has chosen this option."""
    kept = value if field.kind == "choice" else [value]
    return bool(every_object()[field.collection]._base_manager.filter(extra__contains={field.name: kept}).exists())
