"""Reach 权限范围: one value answers both “may she?” and “how far may she go?”."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from django.db.models import Model, Q

    from zhike.kernel.sight import Sight


class Reach(IntEnum):
    """无 < 本人 < 本部门 < 本部门及下级 < 全部. NONE means the verb is not granted at all."""

    NONE, SELF, DEPARTMENT, SUBTREE, ALL = range(5)

    @property
    def key(self) -> str:
        """The name used in role data and in the API: none, self, department, subtree, all."""
        return self.name.lower()


class Actor(Protocol):
    """Whoever asks. The organisation supplies it; the kernel only needs these answers.

    `outside` says that what is read goes out of the house: to a program with a token, a calendar elsewhere, a file.
    """

    pk: Any
    through: str
    outside: bool
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
        """Ids of the departments that DEPARTMENT or SUBTREE stands for."""
        ...


class Scope(Protocol):
    """可见范围: turns an actor and a reach into a condition on rows. A plain function, shared by many objects."""

    def __call__(self, actor: Actor, reach: Reach) -> Q: ...
