"""Looking at a file before anything is written (预览): the first rows as records, and values nobody knows."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import Any

from zhike.features.transfer.cells import ChoiceReader, meant
from zhike.features.transfer.drafts import ABSENT, LATER, Draft, Wrong
from zhike.features.transfer.plan import Bound, Plan
from zhike.features.transfer.references import ReferenceReader
from zhike.features.transfer.sheets import Suggestions, Table
from zhike.words.catalogue import listed, word

PREVIEWED = 20
LOOKED_AT = 100_000
MOST_UNKNOWN = 200


def preview(plan: Plan, table: Table) -> list[dict[str, Any]]:
    """The first rows: what each field would become, and what is wrong."""
    drafts = [Draft([row]) for row in islice(table.rows(), PREVIEWED)]
    shown: list[dict[str, Any]] = [{"row": draft.rows[0][0], "values": {}, "errors": {}} for draft in drafts]
    for bound in plan.columns:
        outcomes = look(bound, {cell(draft, bound) for draft in drafts})
        for draft, row in zip(drafts, shown, strict=True):
            show(bound, cell(draft, bound), outcomes[cell(draft, bound)], row)
    needed = [path for path in plan.needed if path not in plan.constants]
    for row in shown:
        row["errors"] |= {path: "必填" for path in needed if path not in row["values"] and path not in row["errors"]}
    return shown


def cell(draft: Draft, bound: Bound) -> str:
    return draft.rows[0][1][bound.index]


def look(bound: Bound, texts: set[str]) -> dict[str, Any]:
    """What the cells mean, without making any record that is not there."""
    return bound.reader.glance(texts) if isinstance(bound.reader, ReferenceReader) else bound.reader.read(texts)


def show(bound: Bound, text: str, outcome: Any, row: dict[str, Any]) -> None:
    path, kind = bound.destination.path, bound.destination.kind
    if isinstance(outcome, Wrong):
        row["errors"][path] = outcome.reason
    if outcome is ABSENT:
        return
    if isinstance(outcome, Wrong) or outcome is LATER or bound.destination.points:
        row["values"][path] = meant(text, bound.reader.meanings).strip()
    else:
        text = kind.show(kind.plain(outcome))
        row["values"][path] = listed(text) if bound.destination.chooses else text


def unknown_values(plan: Plan, table: Table) -> dict[str, list[dict[str, Any]]]:
    """The values of references and choices that nobody knows, how often each stands in the file, and what it may mean."""
    asked = [bound for bound in plan.columns if isinstance(bound.reader, ReferenceReader | ChoiceReader)]
    title = title_column(plan)
    counted = count_values(asked, table, title)
    in_file = counted[title] if title is not None else Counter[str]()
    found = {}
    for bound in asked:
        if strangers := unknown_of(bound, counted[bound.index], in_file):
            found[bound.destination.path] = strangers
    return found


def count_values(asked: list[Bound], table: Table, title: int | None) -> dict[int, Counter[str]]:
    places = {bound.index for bound in asked} | ({title} if title is not None else set())
    counted: dict[int, Counter[str]] = {index: Counter() for index in places}
    for _, cells in islice(table.rows(), LOOKED_AT) if asked else ():
        for index, counter in counted.items():
            counter[cells[index].strip()] += 1
    return counted


def title_column(plan: Plan) -> int | None:
    """The column that names the records themselves, when one may point to another of the same file."""
    if not any(isinstance(bound.reader, ReferenceReader) and bound.reader.waits for bound in plan.columns):
        return None
    return next((bound.index for bound in plan.columns if bound.destination.path == plan.model.spec.title), None)


def unknown_of(bound: Bound, counted: Counter[str], in_file: Counter[str]) -> list[dict[str, Any]]:
    reader = bound.reader
    values = {text: count for text, count in counted.items() if meant(text, reader.meanings).strip()}
    if isinstance(reader, ReferenceReader):
        strangers = [text for text in reader.strangers(values) if not (reader.waits and text in in_file)]
    else:
        assert isinstance(reader, ChoiceReader)
        strangers = [text for text in values if not reader.knows(meant(text, reader.meanings))]
    suggestions = reader.suggestions if strangers else None
    most = sorted(strangers, key=lambda text: (-values[text], text))[:MOST_UNKNOWN]
    return [{"value": text, "count": values[text], "suggestion": offered(suggestions, text, bound)} for text in most]


def offered(suggestions: Suggestions | None, text: str, bound: Bound) -> dict[str, Any] | None:
    found = suggestions.closest(text) if suggestions else None
    if found is None:
        return None
    identity, label = found
    kind = bound.destination.kind
    return {"id": identity, "label": word(kind.labels()[identity]) if bound.destination.chooses else label}
