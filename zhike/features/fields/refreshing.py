"""Bringing the search index up to date (更新搜索) when a field with values becomes searchable, or is so no longer."""

from __future__ import annotations

from typing import Any

from zhike.features.jobs.run import Run, job
from zhike.kernel.kinds.added import COLUMN
from zhike.kernel.record import DERIVED
from zhike.kernel.registry import find
from zhike.kernel.writes import bulk
from zhike.kernel.writes.context import announce
from zhike.kernel.writes.prepare import index

REFRESH, CHUNK = "fields_refresh", 2000


@job(REFRESH)
def refresh_search(run: Run, collection: str, name: str) -> dict[str, Any]:
    """Every record that has a value there; nothing that people see of a record changes, so neither does its version."""
    model, last, count = find(collection), 0, 0
    rows = model._base_manager.filter(**{f"{COLUMN}__has_key": name}).defer(*DERIVED).order_by("pk")
    announce(run.actor, "mirror")
    while chunk := list(rows.filter(pk__gt=last).select_for_update(of=("self",))[:CHUNK]):
        for record in chunk:
            record.search = index(record)
        bulk.update(model, chunk, ["search"])
        last, count = chunk[-1].pk, count + len(chunk)
        run.progress(count)
    return {"count": count}
