"""一个一个来: what somebody may have only so many of is counted while nothing else is given to her."""

from __future__ import annotations

from collections.abc import Iterable

from zhike.org.objects.person import Person


def hold(person: int | None) -> None:
    """Keep her to oneself until the transaction ends: of two who count for her at the same moment the second sees the first."""
    hold_all({person} - {None})


def hold_all(people: Iterable[int | None]) -> None:
    """The same for several at once, always in one order: of two who want the same people neither waits for ever."""
    wanted = Person._base_manager.select_for_update(no_key=True).filter(pk__in=people).order_by("pk")
    list(wanted.values_list("pk"))
