"""一个一个来: what somebody may have only so many of is counted while nothing else is given to her."""

from __future__ import annotations

from zhike.org.objects.person import Person


def hold(person: int | None) -> None:
    """Keep her to oneself until the transaction ends: of two who count for her at the same moment the second sees the first."""
    list(Person._base_manager.select_for_update(no_key=True).filter(pk=person).values_list("pk"))
