"""完整度: the share of what is asked for that is filled in, of any object that declares what counts (V-17)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import BigIntegerField, Case, Value, When
from django.db.models.functions import Cast

from zhike.kernel import added
from zhike.kernel.kinds.numbers import Integer

if TYPE_CHECKING:
    from zhike.kernel.reach import Actor

WHOLE = 100


@dataclass(frozen=True)
class Wanted:
    """What an administrator has laid down for an object (完整度规则).

    Arguments:
        fields: what counts in place of what is declared; empty for what is declared.
        least: the percentage below which `verbs` are refused.
    """

    fields: tuple[str, ...] = ()
    least: int = 0
    verbs: frozenset[str] = frozenset()


class Completeness(Integer):
    """完整度, in percent: nobody types it, the write path reckons it before every save.

    Arguments:
        of: the fields that count, each the same, links and lines included, until an administrator says otherwise.
    """

    def __init__(self, label: str = "完整度", *args: Any, of: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.of = of
        kept = {"blank": True, "editable": False, "help": "应有资料已填的百分比", "total": "avg", "least": 0, "most": WHOLE}
        super().__init__(label, *args, **{**kept, **kwargs})

    @property
    def wanted(self) -> Wanted:
        """The rule of now."""
        return added.current().wanted.get(self.model.spec.collection, Wanted())

    def counted(self) -> dict[str, Any]:
        """What counts now, by name; fields that are gone do not."""
        there = self.model.stored()
        return {name: there[name] for name in self.wanted.fields or self.of if name in there}

    def extra(self) -> dict[str, Any]:
        return super().extra() | {"counted": list(self.counted())}

    def missing(self, record: Any) -> list[str]:
        """What counts and is empty, by name."""
        if record.pk is not None and record.beside is None:
            look_beside(self.model, [record])
        return [name for name, kind in self.counted().items() if not _filled(record, name, kind)]

    def reckoned(self, record: Any) -> int:
        """How much of it is there; of a share the whole percents count."""
        many = len(self.counted())
        return WHOLE * (many - len(self.missing(record))) // many if many else WHOLE

    def stands(self, record: Any, before: Mapping[str, Any]) -> bool:
        """Whether nothing that counts has been filled in or emptied since `before`: nobody need look beside the record."""
        counted = self.counted()
        own = {name: kind for name, kind in counted.items() if kind.in_row}
        if getattr(record, self.attname) is None or counted.keys() & record.incoming.keys() or own.keys() - before.keys():
            return False
        return all(k.is_empty(before[n]) is k.is_empty(getattr(record, k.attname)) for n, k in own.items())

    def reckoning(self, actor: Actor) -> Any:
        """The same as an SQL expression over rows."""
        conditions = [kind.condition(kind.path, "filled", None, actor) for kind in self.counted().values()]
        many = [Case(When(filled, then=Value(1)), default=Value(0)) for filled in conditions]
        return Cast(sum(many[1:], many[0]) * WHOLE / Value(len(many)), BigIntegerField()) if many else Value(WHOLE)


def score_of(model: Any) -> Completeness | None:
    """The field that tells how complete a record is; None where an object declares none."""
    return next((kind for kind in model.declared().values() if isinstance(kind, Completeness)), None)


def look_beside(model: Any, records: Iterable[Any]) -> None:
    """Let saved records know which of their links and lines that count there are: one query, however many records."""
    score, saved = score_of(model), [record for record in records if record.pk is not None]
    if score is None or not saved:
        return
    asked = {name: kind for name, kind in score.counted().items() if not kind.in_row}
    filled = [Case(When(k.condition(k.path, "filled", None, None), then=True), default=False) for k in asked.values()]
    rows = model._base_manager.filter(pk__in=[record.pk for record in saved]).values_list("pk", *filled) if asked else ()
    found = {pk: {name for name, there in zip(asked, told, strict=True) if there} for pk, *told in rows}
    for record in saved:
        record.beside = found.get(record.pk, set())


def _filled(record: Any, name: str, kind: Any) -> bool:
    """Whether a field is filled in, as the record is about to be saved."""
    if kind.in_row:
        return not kind.is_empty(getattr(record, kind.attname))
    coming: Mapping[str, Any] = record.incoming
    return bool(coming[name]) if name in coming else name in (record.beside or ())
