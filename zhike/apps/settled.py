"""定稿: what may not be changed once a record has left the state in which it was written (已提交的报价、已生效的合同)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from zhike.kernel.declare import Refused


def gather_stored(records: list[Any], names: Iterable[str]) -> None:
    """Let each of many records know how it stands in the database: one query."""
    if records:
        stored = _stored(records, names)
        for record in records:
            record.stored_before = stored.get(record.pk)


def _stored(records: list[Any], names: Iterable[str]) -> dict[int, dict[str, Any]]:
    kinds = records[0].kinds()
    columns = [kinds[n].attname for n in names if kinds[n].in_row]
    rows = type(records[0])._base_manager.filter(pk__in=[record.pk for record in records])
    return {row["pk"]: row for row in rows.values("pk", *columns)}


def refuse_changes(record: Any, names: Iterable[str], why: str) -> None:
    """Refuse when one of these fields differs from what is stored, or lines of it were sent. Raises Refused naming each."""
    if "stored_before" not in vars(record):
        gather_stored([record], names)
    stored = vars(record).pop("stored_before")
    if stored is None:
        return
    kinds = record.kinds()
    wanted = [n for n in names if kinds[n].in_row]
    changed = [n for n in wanted if stored[kinds[n].attname] != getattr(record, kinds[n].attname)]
    changed += [n for n in names if not kinds[n].in_row and n in record.incoming]
    if changed:
        raise Refused(why, dict.fromkeys(changed, "定稿后不能修改"))
