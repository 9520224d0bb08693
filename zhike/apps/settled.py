"""定稿: what may not be changed once a record has left the state in which it was written (已提交的报价、已生效的合同)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from zhike.kernel.declare import Refused


def refuse_changes(record: Any, names: Iterable[str], why: str) -> None:
    """Refuse when one of these fields differs from what is stored, or lines of it were sent. Raises Refused naming each."""
    kinds = record.kinds()
    wanted = [n for n in names if kinds[n].in_row]
    stored = type(record)._base_manager.filter(pk=record.pk).values(*(kinds[n].attname for n in wanted)).first()
    if stored is None:
        return
    changed = [n for n in wanted if stored[kinds[n].attname] != getattr(record, kinds[n].attname)]
    changed += [n for n in names if not kinds[n].in_row and n in record.incoming]
    if changed:
        raise Refused(why, dict.fromkeys(changed, "定稿后不能修改"))
