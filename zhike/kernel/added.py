"""Fields added without code 自定义字段, and what else administrators decide of all objects, as of one moment.

Whoever acts brings the number of the organisation's state along (see org/revision.py); under this number a process keeps what is
added, so a field is there with the next request, in every process, and costs nothing until then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from zhike.kernel.kinds.added import Added
    from zhike.kernel.kinds.choices import Option
    from zhike.kernel.kinds.completeness import Wanted
    from zhike.kernel.record import AnyKind


class Fields:
    """Every field of every object: the declared ones, and those added as of one moment, and how options were changed."""

    def __init__(
        self,
        kinds: Iterable[Added] = (),
        options: Mapping[int, dict[str, Option]] | None = None,
        off: frozenset[str] = frozenset(),
        patterns: Mapping[str, str] | None = None,
        wanted: Mapping[str, Wanted] | None = None,
    ) -> None:
        self.wanted = wanted or {}
        """Collection → what makes its records complete, and what they may not do before (完整度规则)."""
        self.patterns = patterns or {}
        """Numbered field (customers.number) → the pattern an administrator put in place of the declared one (编号规则)."""
        self.off = off
        """Apps (by their labels) that are switched off (模块停用): for whoever asks, their objects are not there."""
        self.options = options or {}
        """The set of options (by the id of the mapping it was declared with) → as an administrator has changed it."""
        self._added: dict[Any, dict[str, Added]] = defaultdict(dict)
        self._pointing: dict[Any, list[Added]] = defaultdict(list)
        self._whole: dict[Any, dict[str, AnyKind]] = {}
        self._seen: dict[Any, dict[str, AnyKind]] = {}
        for kind in kinds:
            self._added[kind.model][kind.name] = kind
            if kind.kind in ("ref", "person"):
                self._pointing[kind.target].append(kind)

    def of(self, model: Any) -> dict[str, AnyKind]:
        """All fields of an object by name; those that point into what is switched off are left out."""
        if not self.off:
            return self.stored(model)
        seen = self._seen.get(model)
        if seen is None:
            stored = self.stored(model).items()
            seen = self._seen[model] = {name: kind for name, kind in stored if not self.hides(getattr(kind, "target", None))}
        return seen

    def stored(self, model: Any) -> dict[str, AnyKind]:
        """Every field of an object, whether anybody may see it now or not."""
        whole = self._whole.get(model)
        if whole is None:
            more = self._added.get(model)
            whole = self._whole[model] = {**model.declared(), **more} if more else model.declared()
        return whole

    def hides(self, model: Any) -> bool:
        """Whether an object belongs to what is switched off."""
        return model is not None and model._meta.app_label in self.off

    def pointing_to(self, model: Any) -> list[Added]:
        """Added references to an object: nothing but we keeps what they point to."""
        return self._pointing.get(model, [])


Source = Callable[[int | None], Fields]
NONE = Fields()
_within: ContextVar[Fields | None] = ContextVar("added fields of this request", default=None)
_outside: list[Fields] = []
_sources: list[Source] = []


def comes_from(source: Source) -> None:
    """Declare who knows the added fields of a revision; without one, of now."""
    _sources[:] = [source]


def current() -> Fields:
    """The fields that are in force here and now."""
    return _within.get() or (_outside[0] if _outside else NONE)


@contextmanager
def as_of(revision: int | None) -> Iterator[None]:
    """What happens within, a request or a job, sees the fields of this revision, even while others change them."""
    token = _within.set(_sources[0](revision) if _sources else NONE)
    try:
        yield
    finally:
        _within.reset(token)


def look() -> None:
    """Learn the fields where neither request nor job has: the command line, a script. Once, unless they are forgotten."""
    if _within.get() is None and not _outside and _sources:
        _outside.append(_sources[0](None))


def forget() -> None:
    """Look anew the next time."""
    _outside.clear()


F = TypeVar("F", bound=Callable[..., Any])


def following(function: F) -> F:
    """Keep what a function returns for its arguments as long as no field is added or taken away."""
    kept = lru_cache(maxsize=512)(lambda fields, *args: function(*args))

    @wraps(function)
    def follow(*args: Any) -> Any:
        return kept(current(), *args)

    return cast(F, follow)
