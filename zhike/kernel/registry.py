"""Registry: every declared object, by its collection. Generic code finds objects here and never names one."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from django.apps import apps

from zhike.kernel.errors import NotFound


@cache
def objects() -> dict[str, Any]:
    """Collection → object, in the order of declaration."""
    from zhike.kernel.record import Record

    return {m.spec.collection: m for m in apps.get_models() if issubclass(m, Record)}


def find(collection: str) -> Any:
    """The object of a collection. Raises NotFound."""
    if collection not in objects():
        raise NotFound(f"没有名为“{collection[:40]}”的数据")
    return objects()[collection]


def load(package: str) -> None:
    """Import every module of an app's objects package: one file is enough to add an object."""
    for found in iter_modules(import_module(package).__path__):
        import_module(f"{package}.{found.name}")
