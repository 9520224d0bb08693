"""调整报价权限: another limit from a day on, beside the one that held before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from zhike.apps.consequence import Consequence
from zhike.kernel.declare import Refused
from zhike.kernel.writes import create


def adjust_authority(row: Any, data: Any, actor: Any) -> Any:
    """The row that follows this one. Raises Refused for a day on which this one did not hold yet."""
    if data.starts_on <= row.effective_on:
        raise Refused("调整须在现行权限的生效日期之后开始；录错的请直接编辑", {"starts_on": f"应晚于 {row.effective_on}"})
    last = data.starts_on - timedelta(days=1)
    row.ends_on = min(row.ends_on or last, last)
    limit = {"least_ratio": str(data.least_ratio), "measure": data.measure}
    following = limit | {"post": row.post_id, "role": row.role_id, "effective_on": str(data.starts_on), "reason": data.grounds}
    return create(type(row), following, actor=Consequence(actor))
