"""收件人: from “the owner” or “the head of the department” to the people meant, for many records with few queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from zhike.kernel.kinds import Ref
from zhike.org.held_roles import in_post, in_role
from zhike.org.objects.department import Department
from zhike.org.objects.person import Person

BY = {"owner": "", "head": "", "person": "person", "field": "field", "role": "role", "post": "post"}
MOST_WAYS, MOST_PEOPLE = 20, 50
Who = Mapping[str, Any]


def refuse_unknown(who: Any, model: Any) -> None:
    """Raise ValueError when this names nobody of `model` in one of the ways there are."""
    if not isinstance(who, list) or not 0 < len(who) <= MOST_WAYS:
        raise ValueError("请选择收件人")
    for one in who:
        if not isinstance(one, dict) or str(one.get("by")) not in BY:
            raise ValueError("收件人的格式不正确")
        wanted = BY[one["by"]]
        value = one.get(wanted) if wanted else "–"
        kinds = int if one["by"] == "person" else int | str
        if isinstance(value, bool) or not isinstance(value, kinds) or not value:
            raise ValueError("请选择收件人")
        if one["by"] == "field" and getattr(model.kinds().get(value), "kind", "") != "person":
            raise ValueError(f"{value} 不是人员字段")


class Audience:
    """Who is meant by `who`: asked once, answered for any record.

    Holders of roles and posts are looked up when it is made; so are the heads of departments.
    """

    def __init__(self, who: Iterable[Who]) -> None:
        self.who = list(who)
        self.active = set(Person._base_manager.filter(is_active=True).values_list("pk", flat=True))
        asked = any(one["by"] == "head" for one in self.who)
        rows = Department._base_manager.values_list("pk", "parent_id", "manager_id") if asked else ()
        self.tree = {pk: (parent, head) for pk, parent, head in rows}
        self.holders = [_holders(one) for one in self.who]

    def of(self, record: Any) -> list[int]:
        """The people meant for this record, in the order they are named."""
        found = (pk for one, held in zip(self.who, self.holders, strict=True) for pk in self._named(one, held, record))
        return [pk for pk in dict.fromkeys(found) if pk in self.active][:MOST_PEOPLE]

    def _named(self, one: Who, held: Sequence[int], record: Any) -> Iterable[int]:
        if one["by"] == "owner":
            return [record.owner_id]
        if one["by"] == "head":
            return self.heads(record.department_id, record.owner_id)
        if one["by"] == "field":
            return [getattr(record, f"{one['field']}_id", None) or 0]
        return held

    def heads(self, department: int | None, but: int | None) -> list[int]:
        """The nearest head above whoever must not be it; one who has left is none."""
        return self.above(department, but)[:1]

    def above(self, department: int | None, but: int | None) -> list[int]:
        """All of them, the nearest first."""
        return [head for head in self._up(department) if head is not None and head in self.active and head != but]

    def _up(self, department: int | None) -> Iterator[int | None]:
        seen: set[int | None] = set()
        while department in self.tree and department not in seen:
            seen.add(department)
            department, head = self.tree[department]
            yield head


def _holders(one: Who) -> list[int]:
    """Those this names whatever the record."""
    if one["by"] == "person":
        return [int(one["person"])]
    if one["by"] not in ("role", "post"):
        return []
    which = one[one["by"]]
    found = Person._base_manager.filter(in_role(which) if one["by"] == "role" else in_post(which), is_active=True).order_by("pk")
    return list(found.values_list("pk", flat=True)[:MOST_PEOPLE])


def person_fields(model: Any) -> list[str]:
    """The fields of an object that name somebody."""
    return [name for name, kind in model.kinds().items() if isinstance(kind, Ref) and kind.kind == "person"]
