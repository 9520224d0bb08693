"""Registry: every declared object, by its collection. Generic code finds objects here and never names one."""

from functools import cache, lru_cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from django.apps import apps

from zhike.kernel.added import current
from zhike.kernel.errors import NotFound


def objects() -> dict[str, Any]:
    """Collection → object, in the order of declaration; without those that are switched off (模块停用)."""
    off = current().off
    return _without(off) if off else every_object()


@cache
def every_object() -> dict[str, Any]:
    """All of them, for what must hold whether somebody has switched them off or not: tables, triggers, checks."""
    from zhike.kernel.record import Record

    return {m.spec.collection: m for m in apps.get_models() if issubclass(m, Record)}


@lru_cache(maxsize=8)
def _without(off: frozenset[str]) -> dict[str, Any]:
    return {c: m for c, m in every_object().items() if m._meta.app_label not in off}


def find(collection: str) -> Any:
    """The object of a collection. Raises NotFound."""
    found = objects().get(collection)
    if found is None:
        raise NotFound(f"没有名为“{collection[:40]}”的数据")
    return found


def load(package: str) -> None:
    """Import every module of an app's objects package: one file is enough to add an object."""
    for found in iter_modules(import_module(package).__path__):
        import_module(f"{package}.{found.name}")
