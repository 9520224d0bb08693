"""Words with the values of a record in them: “{name} 已到 {stage}”."""

from __future__ import annotations

import json
import re
from typing import Any

from django.db.models import QuerySet

from zhike.kernel.query.rows import expressions, fetch_json, resolve
from zhike.kernel.reach import Actor
from zhike.org.objects.person import System

PLACE = re.compile(r"\{([a-z_][a-z0-9_.]*)\}")
LONGEST = 1000
READER = System("automation")


def refuse_wording(text: Any, model: Any) -> None:
    """Raise ValueError, or Invalid for a field there is not."""
    if not isinstance(text, str) or not 0 < len(text.strip()) <= LONGEST:
        raise ValueError(f"请写 1 到 {LONGEST} 个字")
    for name in PLACE.findall(text):
        resolve(model, name)


def told_rows(rows: QuerySet[Any], names: set[str], reader: Actor = READER) -> dict[int, dict[str, Any]]:
    """These fields of the records as JSON carries them, by id; one query."""
    columns = expressions(rows.model, ["id", *sorted(names - {"id"})], reader)
    return {row["id"]: row for row in json.loads(fetch_json(rows.order_by("pk"), columns))}


def written(rows: QuerySet[Any], text: str, reader: Actor = READER) -> dict[int, str]:
    """The words for each record, with as much of it in them as this reader may know."""
    model, names = rows.model, set(PLACE.findall(text))
    kinds = {name: resolve(model, name)[1] for name in names}
    return {pk: filled(text, kinds, row) for pk, row in told_rows(rows, names, reader).items()}


def filled(text: str, kinds: dict[str, Any], row: dict[str, Any]) -> str:
    """The words with the values of one JSON row in their places."""
    return PLACE.sub(lambda place: shown(kinds[place[1]], row[place[1]]), text)


def shown(kind: Any, value: Any) -> str:
    """A value as a sentence carries it."""
    if isinstance(value, dict) and "label" in value:
        return str(value["label"])
    found = kind.show(value)
    return "、".join(map(str, found)) if isinstance(found, list) else str(found)
