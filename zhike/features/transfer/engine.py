"""The import itself (导入): chunk by chunk from the rows of a file to records, through the one write path.

A chunk costs a fixed number of statements however many rows it has: one a reference, one for what is there already, and those of
the write path. Only a chunk that is refused is looked at row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass

from django.db import transaction

from zhike.features.transfer.drafts import Draft, chunks, drafts_of
from zhike.features.transfer.held import HeldRows
from zhike.features.transfer.identify import identify, taken
from zhike.features.transfer.plan import Plan
from zhike.features.transfer.refused import RefusedRows
from zhike.features.transfer.sheets import Row
from zhike.features.transfer.updating import Updating
from zhike.kernel.errors import Problem
from zhike.kernel.guards import Barred
from zhike.kernel.reach import Reach
from zhike.kernel.writes import create_many
from zhike.kernel.writes.one import born
from zhike.kernel.writes.prepare import complete

CHUNK = 5000
OUTSIDE = "超出您的导入范围：负责人或部门不在您的权限之内"


@dataclass
class Counts:
    """What became of the rows so far."""

    created: int = 0
    updated: int = 0
    skipped: int = 0
    refused: int = 0

    def as_json(self) -> dict[str, int]:
        return asdict(self)


class Outside(Exception):
    """Some of the new records would lie where the importer may not import."""

    def __init__(self, drafts: list[Draft]) -> None:
        super().__init__()
        self.drafts = drafts


class Importing:
    """One run over a file.

    Arguments:
        width: how many columns the file has.
        on_duplicate: skip, update or create.
        progress: told after each chunk how many rows were seen.
    """

    def __init__(
        self, plan: Plan, refused: RefusedRows, *, width: int, on_duplicate: str, progress: Callable[[int], None]
    ) -> None:
        self.plan, self.model, self.actor = plan, plan.model, plan.actor
        self.refused, self.width, self.on_duplicate, self.progress = refused, width, on_duplicate, progress
        self.counts, self.held, self.seen = Counts(), HeldRows(), 0
        self.updating = Updating(plan, self.refuse)

    def run(self, rows: Iterable[Row]) -> Counts:
        """Take every row; then, round by round, those that waited for another row of the file."""
        self.take_all(rows)
        while self.held.count:
            waiting, self.held = self.held, HeldRows()
            self.take_all(waiting.rows())
            if self.held.count == waiting.count:
                self.plan.settle()
        self.counts.updated, self.counts.refused = self.updating.updated, self.refused.count
        self.counts.skipped += self.updating.unchanged
        return self.counts

    def take_all(self, rows: Iterable[Row]) -> None:
        for chunk in chunks(drafts_of(rows, self.plan.together), CHUNK):
            self.take(chunk)
            self.refused.write()
            self.seen += sum(len(draft.rows) for draft in chunk)
            self.progress(self.seen)

    def refuse(self, draft: Draft, reason: Problem | dict[str, str] | str) -> None:
        if isinstance(reason, Problem):
            reason = {name: str(why) for name, why in reason.fields.items()} or reason.message
        self.refused.add(draft, reason)

    def take(self, chunk: list[Draft]) -> None:
        """From rows to records, or to the refused ones."""
        whole = [draft for draft in chunk if self.fits(draft)]
        self.plan.read(whole)
        ready: list[Draft] = []
        for draft in whole:
            if draft.errors:
                self.refuse(draft, draft.errors)
            elif draft.later:
                self.held.add(draft.rows)
            else:
                ready.append(draft)
        while ready:
            ready = self.settle(ready)

    def fits(self, draft: Draft) -> bool:
        """A row with more cells than the header is not what it seems to be."""
        over = max(len(cells) for _, cells in draft.rows) - self.width
        if over > 0:
            self.refuse(draft, f"比表头多出 {over} 格，可能是引号或分隔符有误")
        return over <= 0

    def settle(self, drafts: list[Draft]) -> list[Draft]:
        """Write what is new, meet what is there; returns drafts that repeat one just written, to be met next."""
        self.follow_owners(drafts)
        if self.on_duplicate == "create":
            self.create(drafts)
            return []
        found = identify(self.model, drafts, self.plan.mapping.match, self.actor)
        self.create(found.fresh)
        if self.on_duplicate == "update":
            self.updating.update(found.standing)
            return found.again
        self.counts.skipped += len(found.standing) + len(found.again)
        return []

    def create(self, drafts: list[Draft]) -> None:
        """Write new records; those that lack something or take what is another's are refused."""
        for draft in drafts:
            draft.errors |= self.plan.missing(draft)
        taken(self.model, drafts)
        for draft in drafts:
            if draft.errors:
                self.refuse(draft, draft.errors)
        self.write([draft for draft in drafts if not draft.errors])

    def follow_owners(self, drafts: list[Draft]) -> None:
        """A record belongs to the department of its owner, where the file names the owner only."""
        if not self.model.kinds()["department"].system:
            return
        owned = [draft for draft in drafts if draft.values.get("owner") and "department" not in draft.values]
        people = self.model.kinds()["owner"].target._base_manager.filter(pk__in={draft.values["owner"] for draft in owned})
        departments = dict(people.values_list("pk", "department_id")) if owned else {}
        for draft in owned:
            draft.values["department"], draft.follows = departments[draft.values["owner"]], True

    def write(self, drafts: list[Draft], *, asked: bool = False) -> None:
        """Write them all at once; when that is refused, find out whom it was about and write the rest.

        asked: whether the rules of the object were asked about each draft, and let it pass.
        """
        if not drafts:
            return
        try:
            with transaction.atomic():
                made = create_many(self.model, [draft.whole() for draft in drafts], actor=self.actor)
                self.stay_inside(drafts, [record.pk for record in made])
        except Outside as outside:
            self.write_without(drafts, [(draft, OUTSIDE) for draft in outside.drafts])
        except Barred as barred:
            self.write_without(drafts, [(drafts[place], why) for place, why in barred.reasons.items()])
        except Problem as problem:
            self.write_apart(drafts, problem, asked)
        else:
            self.counts.created += len(drafts)

    def stay_inside(self, drafts: list[Draft], ids: list[int]) -> None:
        """Raise Outside when records were written where the importer may not import."""
        if self.actor.reach("import", self.model) is Reach.ALL:
            return
        inside = set(self.model.objects.visible_to(self.actor, "import").filter(pk__in=ids).values_list("pk", flat=True))
        if outside := [draft for draft, pk in zip(drafts, ids, strict=True) if pk not in inside]:
            raise Outside(outside)

    def write_apart(self, drafts: list[Draft], problem: Problem, asked: bool) -> None:
        """Ask the rules of the object about each draft; what the rules let pass is halved until the culprit stands alone."""
        if len(drafts) == 1:
            self.refuse(drafts[0], problem)
            return
        broken = [] if asked else [(draft, why) for draft in drafts if (why := self.broken_rule(draft))]
        if broken:
            self.write_without(drafts, broken)
            return
        middle = len(drafts) // 2
        self.write(drafts[:middle], asked=True)
        self.write(drafts[middle:], asked=True)

    def write_without(self, drafts: list[Draft], refused: Sequence[tuple[Draft, Problem | str]]) -> None:
        for draft, why in refused:
            self.refuse(draft, why)
        without = {id(draft) for draft, _ in refused}
        self.write([draft for draft in drafts if id(draft) not in without])

    def broken_rule(self, draft: Draft) -> Problem | None:
        """What the object's own rules say against this draft."""
        whole = draft.whole()
        columns = {name: value for name, value in whole.items() if self.model.kinds()[name].in_row}
        record = born(self.model, columns, self.actor)
        record.incoming = {name: value for name, value in whole.items() if name not in columns}
        try:
            complete(record)
        except Problem as problem:
            return problem
        return None
