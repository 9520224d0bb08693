"""The rules in force, kept in memory under the organisation's revision: where there are none, a write asks nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from zhike.features.automation.definition import ACTION, CHANGED, CREATED, DELETED, Definition, read, read_text
from zhike.features.automation.objects.automation import Automation
from zhike.kernel.added import current
from zhike.org.objects.person import System
from zhike.org.revision import Revision

MOST_IN_A_CHAIN = 5


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule as it stands."""

    pk: int
    name: str
    collection: str
    definition: Definition

    def follows(self, verb: str, fields: frozenset[str]) -> bool:
        """Whether it waits for this: `fields` are those that changed."""
        when = self.definition.when
        on, wanted = when["on"], frozenset(when.get("fields") or ())
        if on == CHANGED:
            return verb not in ("add", "delete") and (not wanted or bool(wanted & fields))
        return {CREATED: "add", DELETED: "delete", ACTION: when.get("action")}.get(on) == verb


class Automat(System):
    """自动化: the system, under the name of a rule. `chain` are the rules that led here, this one last."""

    def __init__(self, rule: int, chain: tuple[int, ...] = ()) -> None:
        super().__init__(f"automation:{rule}")
        self.chain = (*chain, rule)


def chain_of(actor: Any) -> tuple[int, ...]:
    """The rules behind what somebody does; none behind a person."""
    found: tuple[int, ...] = getattr(actor, "chain", ())
    return found


def waiting_for(collection: str, actor: Any) -> tuple[Rule, ...]:
    """The rules about changes of this object; none when automation is switched off."""
    revision = getattr(actor, "organisation", None) and actor.revision
    if current().hides(Automation):
        return ()
    return in_force(revision or Revision.objects.values_list("value", flat=True).get()).get(collection, ())


@lru_cache(maxsize=2)
def in_force(revision: int) -> dict[str, tuple[Rule, ...]]:
    """Object → its rules in their order."""
    found: dict[str, tuple[Rule, ...]] = {}
    for row in Automation._base_manager.filter(is_active=True).order_by("position", "pk"):
        found[row.collection] = (*found.get(row.collection, ()), as_rule(row))
    return found


def as_rule(row: Any) -> Rule:
    """A rule as it is followed."""
    given = read(read_text(row.definition or ""))
    return Rule(pk=row.pk or 0, name=row.name, collection=row.collection, definition=given)
