"""Finding the records that cells name (引用): one question to the database a chunk, under the gate of the importer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from django.db import transaction

from zhike.features.transfer.cells import meant
from zhike.features.transfer.destinations import Destination
from zhike.features.transfer.drafts import ABSENT, LATER, Wrong
from zhike.features.transfer.mapping import Column
from zhike.features.transfer.sheets import Suggestions
from zhike.kernel import writes
from zhike.kernel.errors import Problem
from zhike.kernel.kinds import Refs
from zhike.kernel.kinds.choices import SEPARATORS
from zhike.kernel.reach import Actor

REMEMBERED = 50_000
MOST_KNOWN = 20_000
MOST_SUGGESTED = 200
AMBIGUOUS = -1


class ReferenceReader:
    """Cells that name other records, by title, number, code or id.

    Arguments:
        same: the reference points to the very object that is imported, so the record may come later in the file.
    """

    def __init__(
        self, destination: Destination, column: Column, *, meanings: Mapping[str, str], actor: Actor, same: bool
    ) -> None:
        self.kind, self.target, self.column = destination.kind, destination.kind.target, column
        self.several = isinstance(destination.kind, Refs)
        self.meanings, self.actor, self.waits = meanings, actor, same
        self.found: dict[str, int] = {}
        self.suggested: dict[str, str | None] = {}

    @property
    def by(self) -> str:
        return str(self.target.spec.title) if self.column.by == "name" else self.column.by

    def settle(self) -> None:
        """The file holds nothing more: what is unknown now stays unknown."""
        self.waits = False

    def read(self, texts: Iterable[str]) -> dict[str, Any]:
        names = {text: self.names(meant(text, self.meanings)) for text in texts}
        wanted = {name for each in names.values() for name in each}
        self.look_up(wanted)
        outcomes = {name: self.outcome(name) for name in wanted}
        if self.column.unknown == "create" and not self.waits:
            outcomes |= self.make([name for name in wanted if name not in self.found])
        return {text: self.joined([outcomes[name] for name in each]) for text, each in names.items()}

    def glance(self, texts: Iterable[str]) -> dict[str, Any]:
        """The same without making anything: what would be made counts as LATER."""
        names = {text: self.names(meant(text, self.meanings)) for text in texts}
        self.look_up({name for each in names.values() for name in each})
        made = self.column.unknown == "create"
        glanced = {
            name: LATER if made and name not in self.found else self.outcome(name) for each in names.values() for name in each
        }
        return {text: self.joined([glanced[name] for name in each]) for text, each in names.items()}

    def strangers(self, texts: Iterable[str]) -> list[str]:
        """Those of the cells that name somebody nobody knows."""
        names = {text: self.names(meant(text, self.meanings)) for text in texts}
        self.look_up({name for each in names.values() for name in each})
        return [text for text, each in names.items() if any(name not in self.found for name in each)]

    def names(self, text: str) -> list[str]:
        if not self.several:
            name = " ".join(text.split())
            return [name] if name else []
        parts = (" ".join(part.split()) for part in text.translate(SEPARATORS).split(","))
        return list(dict.fromkeys(part for part in parts if part))

    def joined(self, outcomes: list[Any]) -> Any:
        if not outcomes:
            return ABSENT
        if not self.several:
            return outcomes[0]
        amiss = next((each for each in outcomes if each is LATER or each.__class__ is Wrong), None)
        return amiss or [each for each in outcomes if each is not ABSENT]

    def look_up(self, names: Iterable[str]) -> None:
        """Learn the ids of names not met before; names that stay unknown are asked again, they may have come since."""
        if len(self.found) > REMEMBERED:
            self.found.clear()
        wanted = [name for name in names if name not in self.found]
        if self.by == "id":
            wanted = [name for name in wanted if name.isdecimal() and len(name) < 19]
        if not wanted:
            return
        rows = self.target.objects.visible_to(self.actor).filter(**{f"{self.by}__in": wanted})
        for pk, name in rows.values_list("pk", self.by):
            self.found[str(name)] = AMBIGUOUS if str(name) in self.found else pk

    def outcome(self, name: str) -> Any:
        pk = self.found.get(name)
        if pk == AMBIGUOUS:
            return Wrong(f"有多条{self.target.spec.label}叫“{name}”，请改用编号")
        if pk is not None:
            return pk
        if self.waits:
            return LATER
        return ABSENT if self.column.unknown == "empty" else Wrong(self.stranger(name))

    def stranger(self, name: str) -> str:
        """Nobody knows this name; perhaps somebody knows one much like it."""
        meant = self.suggestion(name)
        return f"没有名为“{name}”的{self.target.spec.label}" + (f"，是否指“{meant}”？" if meant else "")

    def suggestion(self, name: str) -> str | None:
        if name not in self.suggested and len(self.suggested) < MOST_SUGGESTED:
            found = self.suggestions.closest(name)
            self.suggested[name] = str(found[1]) if found else None
        return self.suggested.get(name)

    @cached_property
    def suggestions(self) -> Suggestions:
        rows = self.target.objects.visible_to(self.actor).order_by("-pk").values_list("pk", self.by)
        return Suggestions((pk, str(label)) for pk, label in rows[:MOST_KNOWN] if label)

    def make(self, names: list[str]) -> dict[str, Any]:
        """Add the unknown ones, knowing no more of them than how they are called."""
        title = self.target.spec.title
        more = [k.label for n, k in self.target.kinds().items() if n != title and k.editable and k.required and not k.expected]
        if more:
            return dict.fromkeys(names, Wrong(f"没有这个{self.target.spec.label}，新建还需要{'、'.join(more)}"))
        made: dict[str, Any] = {}
        for name in names:
            made[name] = self.make_one(title, name)
        self.found |= {name: pk for name, pk in made.items() if isinstance(pk, int)}
        return made

    def make_one(self, title: str, name: str) -> Any:
        try:
            value = self.target.kinds()[title].parse(name)
            with transaction.atomic():
                return writes.create_many(self.target, [{title: value}], actor=self.actor)[0].pk
        except ValueError as error:
            return Wrong(str(error))
        except Problem as problem:
            return Wrong(f"不能新建{self.target.spec.label}“{name}”：{problem.message}")
