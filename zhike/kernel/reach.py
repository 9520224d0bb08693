"""Reach 权限范围: one value answers both “may she?” and “how far may she go?”."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

if TYPE_CHECKING:
    from django.db.models import Model, Q

    from zhike.kernel.sight import Sight

ANY_DEPARTMENT = ("department_id__isnull", False)
"""所有部门 in one condition, which a scope names for whoever reaches every one of them."""


class Width(IntEnum):
    """无 < 本人 < 本部门 < 本部门及下级 < 全部, as seen from whoever asks."""

    NONE, SELF, DEPARTMENT, SUBTREE, ALL = range(5)


@dataclass(frozen=True)
class Reach:
    """How far: a width around whoever asks, and beside it departments by their id: `chosen` ones (指定部门) with those below
    them, `alone` without.

    NONE means the verb is not granted at all. One that names no departments is always one of the five named here.
    """

    width: Width
    chosen: frozenset[int] = frozenset()
    alone: frozenset[int] = frozenset()

    NONE: ClassVar[Reach]
    SELF: ClassVar[Reach]
    DEPARTMENT: ClassVar[Reach]
    SUBTREE: ClassVar[Reach]
    ALL: ClassVar[Reach]

    @classmethod
    def said(cls, said: str | Collection[int]) -> Reach:
        """As role data and the API write it: none, self, department, subtree, all, or ids of departments: these and her own."""
        if isinstance(said, str):
            return _NAMED[said]
        return cls(Width.SELF, frozenset(said)) if said else cls.SELF

    @property
    def key(self) -> str:
        """The word for it: none, self, department, subtree, all, or chosen."""
        return "chosen" if self.named else self.width.name.lower()

    @property
    def named(self) -> frozenset[int]:
        """The departments it names."""
        return self.chosen | self.alone

    @property
    def by_department(self) -> bool:
        """Whether departments decide, and not only the owner."""
        return bool(self.named) or Width.SELF < self.width < Width.ALL

    def __add__(self, other: Reach) -> Reach:
        """Both together: what several roles give."""
        wider = max(self, other, key=lambda reach: reach.width)
        chosen, alone = self.chosen | other.chosen, self.alone | other.alone
        same = (chosen, alone) == (wider.chosen, wider.alone)
        return wider if wider is Reach.ALL or same else Reach(wider.width, chosen, alone)

    def seen_from(self, department: int) -> Reach:
        """What it is to somebody elsewhere: “本部门” and those below become this department, by its id (兼职)."""
        if not Width.SELF < self.width < Width.ALL:
            return self
        there = frozenset({department})
        if self.width is Width.SUBTREE:
            return Reach(Width.SELF, self.chosen | there, self.alone)
        return Reach(Width.SELF, self.chosen, self.alone | there)


_NAMED = {width.name.lower(): Reach(width) for width in Width}
Reach.NONE, Reach.SELF, Reach.DEPARTMENT, Reach.SUBTREE, Reach.ALL = _NAMED.values()


class Actor(Protocol):
    """Whoever asks. The organisation supplies it; the kernel only needs these answers.

    `outside` says that what is read goes out of the house: to a program with a token, a calendar elsewhere, a file.
    `by_rule` says that nobody in particular does it: a rule of the house carries on with what somebody was allowed to do.
    """

    pk: Any
    through: str
    outside: bool
    by_rule: bool
    department_id: int | None

    def reach(self, verb: str, model: type[Model]) -> Reach:
        """How far this person may go with `verb` on records of `model`."""
        ...

    def rules(self, model: type[Model]) -> Mapping[str, Sight]:
        """What of the fields of `model` is less than open to this person, by name."""
        ...

    def shared(self, model: type[Model], verb: str) -> Collection[int]:
        """Ids of records of `model` opened to this person for `verb` one by one, however far her roles reach."""
        ...

    def departments(self, reach: Reach) -> list[int]:
        """Ids of the departments that a reach stands for: her own, those below it, those chosen."""
        ...

    @property
    def workplaces(self) -> Collection[int]:
        """Ids of the departments she works in: her own, and those of further posts (兼职)."""
        ...


class Scope(Protocol):
    """可见范围: turns an actor and a reach into a condition on rows. A plain function, shared by many objects."""

    def __call__(self, actor: Actor, reach: Reach) -> Q: ...
