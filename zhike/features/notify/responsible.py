"""职责所在: whose work it is to do something to records, to be told that they wait."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from zhike.features.notify.knowing import who_sees_each
from zhike.kernel.reach import Reach
from zhike.org.held_roles import holding
from zhike.org.objects.person import Person
from zhike.org.objects.role import Role, granted

MOST_TOLD = 50


def responsible(records: list[Any], verb: str) -> dict[int, list[int]]:
    """For each record of one object those whose roles speak of the object by name and let them do `verb` to it.

    Whoever may do everything to everything is left out: she keeps the system and is not waited for.
    """
    collection = type(records[0]).spec.collection
    grants = dict(Role._base_manager.values_list("pk", "grants"))
    roles = [pk for pk, said in grants.items() if collection in said and granted(said, verb, collection) is not Reach.NONE]
    return able(records, verb, holding(roles))


def able(records: list[Any], verb: str, among: Q) -> dict[int, list[int]]:
    """For each record those of the people meant who may do `verb` to it; two queries however many records there are."""
    people = list(Person.objects.acting().filter(among, is_active=True).order_by("pk")[:MOST_TOLD])
    seen = who_sees_each(records, people, verb)
    return {pk: [p.pk for p, may in zip(people, sees, strict=True) if may] for pk, sees in seen.items()}
