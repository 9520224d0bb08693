"""Guards 把关: whoever must agree before a change stands. A feature declares one; the write path asks all of them.

They are asked when the change lies in the database already and its transaction is still open: so a condition is put to the record
as it would be, and what is held back is undone as if it had never been tried.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from zhike.kernel.errors import Problem, Refused
from zhike.kernel.reach import Actor


@dataclass(frozen=True, kw_only=True)
class Intent:
    """What somebody is about to do to records of one object.

    Arguments:
        verb: add, change, delete, transfer or an action.
        changed: id of a record → the fields that would stand otherwise; of a new or deleted record all of them.
        before: id of a record → its values until now, where one record is written by itself.
    """

    actor: Actor
    model: Any
    verb: str
    records: list[Any]
    changed: Mapping[int, frozenset[str]]
    before: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)


class Barred(Refused):
    """不可以: some of the records may not; the others of the same write may stand.

    Arguments:
        reasons: id of a record → why not; of records that are only to be added, their place among them (from 0), for their ids
            are gone with them. Whoever wanted it of one record alone is told that reason.
    """

    def __init__(self, reasons: Mapping[int, str]) -> None:
        super().__init__(next(iter(reasons.values())))
        self.reasons = reasons


class Held(Problem):
    """需要审批: not before somebody has agreed.

    Arguments:
        records: the ids of those held back; the others of the same write may stand.
        plan: whatever the guard needs to see the matter through.
    """

    code = "held"

    @property
    def reasons(self) -> Mapping[int, str]:
        return dict.fromkeys(self.records, self.message)

    def __init__(self, message: str, *, records: frozenset[int], intent: Intent, plan: Any) -> None:
        super().__init__(message)
        self.records, self.intent, self.plan = records, intent, plan


Guard = Callable[[Intent], None]
_guards: list[Guard] = []
_of_what_is_free: list[Guard] = []


def guard(function: Guard) -> Guard:
    """Declare a guard: it raises Held for what may not stand yet, Barred or Refused for what may not stand at all."""
    _guards.append(function)
    return function


def guard_of_what_is_free(function: Guard) -> Guard:
    """Declare a guard that is asked about what nobody holds back: it refuses what would stand without anybody's agreement."""
    _of_what_is_free.append(function)
    return function


def ask(intent: Intent) -> None:
    """Raise what any guard has against it. What one of them refuses is put before nobody to agree upon."""
    held: Held | None = None
    for asked in _guards:
        try:
            asked(intent)
        except Held as found:
            held = held or found
    if held is not None:
        raise held
    for asked in _of_what_is_free:
        asked(intent)


def ask_one(record: Any, verb: str, changed: Any, before: Mapping[str, Any], actor: Actor) -> None:
    """The same for one record written by itself."""
    names, pk = frozenset(changed), record.pk
    ask(Intent(actor=actor, model=type(record), verb=verb, records=[record], changed={pk: names}, before={pk: before}))
