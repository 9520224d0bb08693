"""审批人: from “the head of the department” to the people meant, for one record and one requester."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from zhike.features.approval.definition import Step
from zhike.org.held_roles import in_post, in_role, places
from zhike.org.objects.department import Department
from zhike.org.objects.person import Person

MOST = 50
Who = dict[str, Any]


class Chain:
    """The department a matter belongs to and those above it, the nearest first. A head who has left is none."""

    def __init__(self, department: int | None) -> None:
        kept = Department._base_manager.values_list("pk", "parent_id", "manager_id", "manager__is_active")
        rows = {pk: (parent, head if here else None) for pk, parent, head, here in kept}
        self.ids: list[int] = []
        self.heads: list[int] = []
        while department is not None and department in rows and department not in self.ids:
            self.ids.append(department)
            department, head = rows[department]
            if head:
                self.heads.append(head)


def people_of(step: Step, record: Any, requester: Any, chain: Chain) -> list[int]:
    """Who takes this step, in the order they are named. Nobody agrees to her own request: she is left out."""
    found = [pk for who in step.who for pk in _named(who, record, requester, chain)]
    wanted = [pk for pk in dict.fromkeys(found) if pk != requester.pk]
    return here(wanted)[:MOST]


def here(people: Iterable[int]) -> list[int]:
    """Those of these people who have not left, in the same order."""
    asked = list(people)
    active = set(Person._base_manager.filter(pk__in=asked, is_active=True).values_list("pk", flat=True))
    return [pk for pk in asked if pk in active]


def superior(pk: int, besides: int) -> int | None:
    """Her manager, or else the nearest head above her; somebody who is here and not whoever asks (`besides`)."""
    person = Person._base_manager.only("manager", "department").get(pk=pk)
    above = [head for head in (person.manager_id, *Chain(person.department_id).heads) if head]
    return next((found for found in here(above) if found not in (pk, besides)), None)


def is_chosen(step: Step) -> bool:
    """Whether the requester names somebody herself."""
    return any(who["by"] == "chosen" for who in step.who)


def _named(who: Who, record: Any, requester: Any, chain: Chain) -> Iterable[int]:
    by = who["by"]
    if by == "person":
        return [int(who["person"])]
    if by == "head":
        return _head(int(who["level"]), requester, chain)
    if by == "field":
        pk = getattr(record, f"{who['field']}_id", None)
        return [pk] if pk else []
    if by == "chosen":
        return []
    return _holders(by, who[by], bool(who.get("near")), chain)


def _head(level: int, requester: Any, chain: Chain) -> list[int]:
    """The head n levels up; whoever heads a department herself is answered for by the one above."""
    heads = [pk for pk in dict.fromkeys(chain.heads) if pk != requester.pk]
    return heads[level - 1 : level] or heads[-1:]


def _holders(by: str, which: Any, near: bool, chain: Chain) -> list[int]:
    """Everybody with a role or in a post; `near`, only those of the nearest department that has one."""
    if not near:
        people = Person._base_manager.filter(in_role(which) if by == "role" else in_post(which), is_active=True)
        return list(people.order_by("pk").values_list("pk", flat=True)[:1000])
    held = sorted(set(places(by, which)), key=lambda place: place[0])
    return next((here for d in chain.ids if (here := [pk for pk, department in held if department == d])), [])
