"""Modules 模块: every domain with objects is one because its folder says so, a feature when it says so (`switchable`).

Its required references tell what it needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps

from zhike.kernel.kinds import Lines, Ref
from zhike.kernel.registry import every_object

DOMAINS = "zhike.apps."


@dataclass(frozen=True)
class Module:
    """One domain, or a feature one can do without.

    Arguments:
        needs: name of another module → labels of the objects here that cannot do without one of its records.
    """

    name: str
    label: str
    objects: tuple[Any, ...]
    needs: dict[str, tuple[str, ...]]


@cache
def modules() -> dict[str, Module]:
    """Name → module, in the order of their menus."""
    found: dict[str, list[Any]] = {}
    for model in sorted(every_object().values(), key=lambda m: m.spec.place):
        config = model._meta.app_config
        if config.name.startswith(DOMAINS) or getattr(config, "switchable", False):
            found.setdefault(config.label, []).append(model)
    return {name: _module(name, owned, set(found)) for name, owned in found.items()}


def _module(name: str, owned: list[Any], known: set[str]) -> Module:
    needs: dict[str, list[str]] = {}
    for model in owned:
        for needed in sorted({target._meta.app_label for target in _required(model)} & known - {name}):
            needs.setdefault(needed, []).append(model.spec.label)
    label = str(apps.get_app_config(name).verbose_name)
    return Module(name, label, tuple(owned), {needed: tuple(labels) for needed, labels in needs.items()})


def _required(model: Any) -> Iterator[Any]:
    """The objects without which no record of this one can be written, those of its lines included."""
    for kind in model.declared().values():
        parts = kind.target.declared().values() if isinstance(kind, Lines) else [kind]
        yield from (part.target for part in parts if isinstance(part, Ref) and part.required)


def broken(off: frozenset[str]) -> list[tuple[Module, Module]]:
    """Pairs of a module that would be on and one it needs that would be off."""
    on = [m for name, m in modules().items() if name not in off]
    return [(m, modules()[needed]) for m in on for needed in m.needs if needed in off]
