"""Telling people: what is written down for somebody, and what she must be able to see to read it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from zhike.features.notify.knowing import Word, known
from zhike.features.notify.models import Notification
from zhike.kernel.reach import Actor


def tell(people: Iterable[int | None], text: str, *, record: Any = None, quoting: Collection[str] = (), actor: Actor) -> None:
    """Let these people know, the one who did it excepted, as far as they may know (see knowing.py).

    Arguments:
        record: what it is about; or the object to whose list it leads, where it is about several.
        quoting: the fields of it that the words quote.
    """
    tell_each(((person, text, record) for person in sorted({p for p in people if p})), quoting=quoting, actor=actor)


def tell_each(words: Iterable[Sequence[Any]], *, quoting: Collection[str] = (), actor: Actor) -> None:
    """Let each of these people know, in words of her own; each is a `Word`, or what one is made of. One statement in the end."""
    wanted = [Word(*word) for word in words]
    told = known([word for word in wanted if word.to and word.to != actor.pk], quoting)
    Notification.objects.bulk_create(
        Notification(person_id=word.to, text=word.text[:300], **_place(word.record), needs=_needs(word, quoting)) for word in told
    )


def _place(record: Any) -> dict[str, Any]:
    """Where a notification leads."""
    if record is None:
        return {}
    return {"collection": record.spec.collection, "record": None if isinstance(record, type) else record.pk}


def _needs(word: Word, quoting: Collection[str]) -> dict[str, Any]:
    """See `Notification.needs`."""
    place = _place(word.about)
    other = {"of": place["collection"], "record": place["record"]} if place else {}
    return other | ({"fields": sorted(quoting)} if quoting else {}) | ({"all": True} if word.whole else {})
