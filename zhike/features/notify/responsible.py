"""职责所在: whose work it is to do something to a record, to be told that it waits."""

from __future__ import annotations

from typing import Any

from zhike.features.notify.talk import who_sees
from zhike.kernel.reach import Reach
from zhike.org.held_roles import holding
from zhike.org.objects.person import Person
from zhike.org.objects.role import Role, granted

MOST_TOLD = 50


def responsible(record: Any, verb: str) -> list[int]:
    """Those whose roles speak of this object by name and let them do `verb` to this record.

    Whoever may do everything to everything is left out: she keeps the system and is not waited for.
    """
    collection = type(record).spec.collection
    grants = dict(Role._base_manager.values_list("pk", "grants"))
    roles = [pk for pk, said in grants.items() if collection in said and granted(said, verb, collection) is not Reach.NONE]
    people = list(Person.objects.acting().filter(holding(roles), is_active=True).order_by("pk")[:MOST_TOLD])
    return [p.pk for p, may in zip(people, who_sees(record, people, verb), strict=True) if may]
