"""What the write path fills in before every save: computed fields, 资料不全, the search index, keys of likely duplicates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from zhike.kernel.added import following
from zhike.kernel.errors import Invalid
from zhike.kernel.kinds.completeness import score_of
from zhike.kernel.search import grams


def complete(record: Any, before: Mapping[str, Any] | None = None) -> None:
    """Fill everything that follows from the record's own fields, then ask its rules. Raises Refused or Invalid.

    Arguments:
        before: what its own row held until now; None of a new record, and where that is not known.
    """
    record.derive()
    refuse_mismatch(record)
    kinds = _columns(type(record))
    record.incomplete = any(k.expected and k.is_empty(getattr(record, k.attname)) for k in kinds) or detached(record)
    if (score := score_of(type(record))) and not (before and score.stands(record, before)):
        setattr(record, score.attname, score.reckoned(record))
    record.search = index(record)
    record.match_keys = match_keys(record) or None
    record.validate()


def refuse_mismatch(record: Any) -> None:
    """A choice goes with the one it depends on (细分行业 with 行业); a pair that stood there before may stay. Raises Invalid."""
    kinds = record.kinds()
    wrong = {}
    for name in _dependent(type(record)):
        kind, deciding = kinds[name], kinds[kinds[name].depends]
        reason = kind.mismatch(getattr(record, kind.attname), deciding, getattr(record, deciding.attname))
        if reason and not _standing(record, kind, deciding):
            wrong[name] = reason
    if wrong:
        raise Invalid.of(wrong, {name: kinds[name].label for name in wrong})


@following
def _dependent(model: Any) -> tuple[str, ...]:
    kinds = model.kinds()
    return tuple(name for name, kind in kinds.items() if getattr(kind, "depends", "") in kinds)


def _standing(record: Any, *kinds: Any) -> bool:
    """Whether the record has exactly these values already; nobody has touched them."""
    pair = {kind.attname: getattr(record, kind.attname) for kind in kinds}
    return bool(record.pk and type(record)._base_manager.filter(pk=record.pk, **pair).exists())


def detached(record: Any) -> bool:
    """Whether it is about nothing: of the references of `Spec.one_of` none is filled."""
    links = record.spec.one_of
    return bool(links) and not any(getattr(record, record.declared()[n].attname) for n in links)


def index(record: Any) -> str | None:
    """What search finds the record by."""
    return grams.vector(_parts(record, _columns(type(record)))) or None


def match_keys(record: Any) -> list[str]:
    """The keys by which this record may be recognised as a duplicate."""
    keys = (s.key_of(getattr(record, s.field)) for s in record.spec.duplicates)
    return sorted({k for k in keys if k})


def _columns(model: Any) -> list[Any]:
    return [k for k in model.kinds().values() if k.in_row]


def _parts(record: Any, kinds: list[Any]) -> Iterable[grams.Part]:
    for kind in kinds:
        value = getattr(record, kind.attname) if kind.search else None
        if value:
            yield from (_weighed(part, kind) for part in kind.search_parts(value))


def _weighed(part: grams.Part, kind: Any) -> grams.Part:
    """The name of a record can be told from all else in the index: by it everybody may search."""
    if kind.name == kind.model.spec.title:
        return replace(part, weight="C")
    return replace(part, weight="B") if part.weight == "A" else part
