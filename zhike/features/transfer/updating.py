"""Bringing records that are there already to what the file says (更新已有记录): set-based, locked, under the gate."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction

from zhike.features.transfer.drafts import Draft
from zhike.features.transfer.plan import Plan
from zhike.features.transfer.standing import Standing
from zhike.kernel import sight
from zhike.kernel.errors import Problem
from zhike.kernel.kinds import Number, State
from zhike.kernel.record import DERIVED
from zhike.kernel.writes import children, restore_many
from zhike.kernel.writes.one import bring_back, fill, snapshot
from zhike.kernel.writes.prepare import complete

Pair = tuple[Draft, int]
Wave = list[tuple[Draft, Any]]
Outcome = set[str] | Problem | dict[str, str]
Refusal = tuple[Draft, Problem | dict[str, str] | str]
# A record that is there keeps the story of how it came to be.
NEVER = ("created_at", "created_by")
AMONG_OTHERS = "与 {0} 条已有记录相符，无法确定更新哪一条"
NOT_YOURS = "已有这条记录，但不在您可以修改的范围内"


def waves(pairs: Wave) -> Iterator[Wave]:
    """The same in batches that hold no record twice: what two rows say of one is applied one after the other."""
    while pairs:
        first = {pair[1].pk: pair for pair in reversed(pairs)}
        yield [pair for pair in pairs if first[pair[1].pk] is pair]
        pairs = [pair for pair in pairs if first[pair[1].pk] is not pair]


class Updating:
    """更新: counts what it changed; blank cells change nothing."""

    def __init__(self, plan: Plan, refuse: Callable[[Draft, Any], None]) -> None:
        self.model, self.actor, self.refuse = plan.model, plan.actor, refuse
        self.updated = self.unchanged = 0

    def update(self, standing: list[tuple[Draft, list[int]]]) -> None:
        pairs: list[Pair] = []
        for draft, ids in standing:
            if len(ids) > 1:
                self.refuse(draft, AMONG_OTHERS.format(len(ids)))
            else:
                pairs.append((draft, ids[0]))
        self.attempt(pairs)

    def attempt(self, pairs: list[Pair]) -> None:
        """Change them all at once; when the database refuses, halve until the culprit stands alone."""
        if not pairs:
            return
        try:
            with transaction.atomic():
                refused, changed = self.change(pairs)
        except Problem as problem:
            if len(pairs) == 1:
                self.refuse(pairs[0][0], problem)
                return
            middle = len(pairs) // 2
            self.attempt(pairs[:middle])
            self.attempt(pairs[middle:])
            return
        for draft, why in refused:
            self.refuse(draft, why)
        self.updated += changed
        self.unchanged += len(pairs) - len(refused) - changed

    def change(self, pairs: list[Pair]) -> tuple[list[Refusal], int]:
        """Lock, change in memory, write back with one statement; returns what was refused and how many records changed."""
        allowed = self.model.objects.visible_to(self.actor, "change").filter(pk__in={pk for _, pk in pairs}).order_by("pk")
        records = {r.pk: r for r in allowed.defer(*DERIVED).select_for_update(of=("self",))}
        names = {name for draft, _ in pairs for name in draft.whole() if not self.model.kinds()[name].in_row}
        standing = Standing(self.model, names, set(records))
        refused: list[Refusal] = []
        touched: dict[int, set[str]] = {}
        refused += [(draft, NOT_YOURS) for draft, pk in pairs if pk not in records]
        for wave in waves([(draft, records[pk]) for draft, pk in pairs if pk in records]):
            for draft, record, outcome in self.apply(wave, standing):
                if isinstance(outcome, set):
                    touched.setdefault(record.pk, set()).update(outcome)
                else:
                    refused.append((draft, outcome))
        changed = [records[pk] for pk, names in touched.items() if names]
        outside = {name for name, kind in self.model.kinds().items() if not kind.in_row}
        fields = sorted({name for names in touched.values() for name in names} - outside)
        restore_many(self.model, changed, fields, actor=self.actor, verb="change")
        self.stay_inside(changed)
        return refused, len(changed)

    def apply(self, wave: Wave, standing: Standing) -> Iterator[tuple[Draft, Any, Outcome]]:
        """Give records the values of drafts; tells the names of what changed, or why it cannot be.

        What a record would ask for by itself (价格, 客户) is gathered for all of them.
        """
        filled = []
        for draft, record in wave:
            whole = {name: value for name, value in draft.whole().items() if name not in NEVER}
            if fixed := self.fixed(whole, record):
                yield draft, record, fixed
            else:
                filled.append((draft, record, snapshot(record), self.filled(draft, record, whole, standing)))
        self.model.gather([record for _, record, *_ in filled])
        for draft, record, before, outside in filled:
            try:
                complete(record)
            except Problem as problem:
                bring_back(record, before)
                yield draft, record, problem
            else:
                changed = {name for name, value in snapshot(record).items() if before[name] != value}
                yield draft, record, changed | set(outside)

    def filled(self, draft: Draft, record: Any, whole: dict[str, Any], standing: Standing) -> dict[str, Any]:
        """Fill the record in, and say what of its links and lines would be otherwise."""
        if draft.follows and whole["owner"] == record.owner_id:
            del whole["department"]
        own, links = children.split(self.model, whole)
        outside = standing.differing(record.pk, links)
        fill(record, own)
        record.incoming = {**record.incoming, **outside}
        return outside

    def fixed(self, values: dict[str, Any], record: Any) -> dict[str, str]:
        """States change by their actions and numbers never, so a file may repeat them but not change them."""
        kinds = self.model.kinds()
        differing = [n for n, v in values.items() if isinstance(kinds[n], State | Number) and v != getattr(record, n)]
        now = {name: sight.shown(self.model, name, kinds[name].show(getattr(record, name)), self.actor) for name in differing}
        return {name: f"只能通过操作改变，现为“{value}”" for name, value in now.items()}

    def stay_inside(self, records: list[Any]) -> None:
        """A record must not be imported out of the importer's own reach. Raises Problem."""
        ids = {record.pk for record in records}
        if self.model.objects.visible_to(self.actor, "import").filter(pk__in=ids).count() != len(ids):
            raise Problem("修改后的记录将超出您的导入范围")
