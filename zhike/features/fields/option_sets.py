"""Sets of options 选项 declared in code, and what an administrator has laid over them.

Fields declared with one and the same set (行业 of 客户 and 线索) share it, so a lead's industry is one its customer can have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from typing import Any

from zhike.kernel.declare import Option
from zhike.kernel.errors import NotFound
from zhike.kernel.kinds import Choice, Choices, Lines, State
from zhike.kernel.registry import every_object

STEP = 10
FROM_ACTIONS = "状态由动作推进，程序里没有通向新状态的动作，所以不能增加或停用；可以改名、换色和排序"
ANY = "*"
"""In place of values of the field a choice depends on: goes with any."""
Row = tuple[str, str, str, str, Any, int | None, bool, str]


@dataclass(frozen=True)
class Member:
    """One field that offers the options; `lines` is the table it stands in, if any."""

    model: Any
    name: str
    kind: Any
    lines: str = ""

    @property
    def key(self) -> str:
        return ".".join(part for part in (self.model.spec.collection, self.lines, self.name) if part)

    def using(self, value: str) -> Any:
        """The records that have chosen an option."""
        source = self.model.kinds()[self.lines].target if self.lines else self.model
        lookup = {f"{self.name}__contains": [value]} if isinstance(self.kind, Choices) else {self.name: value}
        rows = source._base_manager.filter(**lookup)
        return self.model._base_manager.filter(pk__in=rows.values(self.model.kinds()[self.lines].parent)) if self.lines else rows


@dataclass(frozen=True)
class OptionSet:
    """The options of one or several fields, called by the state among them that the others were taken from, else by the first."""

    members: list[Member] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.members[0].key

    @property
    def kind(self) -> Any:
        return self.members[0].kind

    @property
    def label(self) -> str:
        return "、".join(f"{m.model.spec.label}·{m.kind.label}" for m in self.members)

    @property
    def closed(self) -> str:
        """Why nothing can be added; empty when it can."""
        by_actions = FROM_ACTIONS if any(isinstance(m.kind, State) and not m.kind.grows for m in self.members) else ""
        return by_actions or next((m.kind.fixed for m in self.members if m.kind.fixed), "")

    @property
    def deciding(self) -> Any:
        """The choice that decides which of these may be chosen; None when they depend on nothing."""
        found = next((m for m in self.members if m.kind.depends and not m.lines), None)
        return found.model.declared()[found.kind.depends] if found else None

    @property
    def weighted(self) -> bool:
        """Whether its options carry a 默认赢率."""
        return any("probability" in o.facts for o in self.kind.declared.values())

    def chance_at(self, position: int | None) -> Decimal | None:
        """赢率 in hundredths of an added option: that of the one it stands behind, or its records would weigh nothing."""
        grown = [value for value in self.kind.options if value in getattr(self.kind, "grows", ())] or [*self.kind.options]
        before = grown if position is None else [*self.kind.options][: position // STEP + 1]
        told = [self.kind.options[value].facts.get("probability") for value in before if value in grown]
        return next((Decimal(chance) * 100 for chance in reversed(told) if chance is not None), None)

    def kept(self, value: str) -> str:
        """Why an option must stay open; empty when it may be retired."""
        if any(m.kind.has_default() and m.kind.default == value for m in self.members):
            return "新记录默认就是它，不能停用"
        if isinstance(self.kind, State) and value in set(self.kind.declared) - set(self.kind.grows):
            return "程序里的动作会用到这个状态，不能停用"
        return self.closed


@cache
def option_sets() -> dict[str, OptionSet]:
    """Every set an administrator may change. What the features offer (共享范围, 图形 …) are words of the program itself."""
    found: dict[int, OptionSet] = {}
    for member in _members():
        found.setdefault(id(member.kind.written), OptionSet()).members.append(member)
    for members in (s.members for s in found.values()):
        members.sort(key=lambda member: not isinstance(member.kind, State))
    return {s.key: s for s in found.values()}


def _members() -> Iterator[Member]:
    for model in every_object().values():
        if model.__module__.startswith("zhike.features."):
            continue
        for name, kind in model.declared().items():
            if isinstance(kind, Choice | Choices):
                yield Member(model, name, kind)
            elif isinstance(kind, Lines):
                parts = kind.target.declared().items()
                yield from (Member(model, part, k, name) for part, k in parts if isinstance(k, Choice | Choices))


@cache
def _owners() -> dict[str, OptionSet]:
    return {m.key: s for s in option_sets().values() for m in s.members}


def set_of(key: str) -> OptionSet | None:
    """The set a field belongs to: one that is called by another of its fields tomorrow keeps what was laid over it today."""
    return _owners().get(key)


def find_set(key: str) -> OptionSet:
    """Raises NotFound."""
    found = set_of(key)
    if found is None:
        raise NotFound("没有这组选项")
    return found


def laid(rows: Iterable[Row]) -> dict[int, dict[str, Option]]:
    """The sets that are no longer as declared; a row of a field that is gone says nothing."""
    by_set: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        owner = set_of(row[0])
        if owner:
            by_set[owner.key].append(row)
    kinds = [(option_sets()[key].kind, found) for key, found in by_set.items()]
    return {id(kind.written): merged(kind.declared, found, getattr(kind, "grows", ())) for kind, found in kinds}


def merged(declared: Mapping[str, Option], rows: list[Row], beside: tuple[str, ...] = ()) -> dict[str, Option]:
    """The declared options with what was changed about them, and those added, in their order.

    Arguments:
        beside: the states that an added one stands behind until somebody moves it; otherwise it stands last.
    """
    placed = {value: (n * STEP, o) for n, (value, o) in enumerate(declared.items())}
    behind = max((placed[value][0] + 1 for value in beside), default=len(declared) * STEP)
    for _, value, label, color, probability, position, retired, parents in rows:
        place, plain = placed.get(value, (behind, Option(value)))
        facts = (
            plain.facts
            | ({"color": color} if color else {})
            | ({} if probability is None else {"probability": share(probability)})
        )
        when = plain.when if not parents else () if parents == ANY else parted(parents)
        changed = replace(plain, label=label or plain.label, facts=facts, retired=retired, when=when)
        placed[value] = (place if position is None else position, changed)
    return {value: o for value, (_, o) in sorted(placed.items(), key=lambda item: item[1][0])}


def parted(parents: str) -> tuple[str, ...]:
    """The values named in “a, b”."""
    return tuple(value for one in parents.replace("，", ",").split(",") if (value := one.strip()))


def share(percent: Any) -> str:
    """10 as "0.1", the way declarations write a 赢率."""
    return f"{percent / 100:.4f}".rstrip("0").rstrip(".")
