"""兼职: a further post somebody holds, in a department of its own and with its own role, perhaps for a time only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.utils import timezone

from zhike.kernel.declare import Line, f


class Appointment(Line):
    """Its role reaches from its department as those on her own page reach from her own; all of it adds up."""

    person: Any = f.Parent("org.Person", "appointments")
    department: Any = f.Ref("org.Department", "部门")
    role: Any = f.Ref("org.Role", "角色")
    post: Any = f.Ref("org.Post", "岗位", blank=True)
    starts_on = f.Date("开始日期", blank=True)
    ends_on = f.Date("最后一天", blank=True, help="过后自动失效；留空为长期")


def unfit(rows: Iterable[Mapping[str, Any]]) -> str:
    """Why these further posts cannot be as they were sent; nothing when they can. One that is over may stay as it was."""
    today, lasting = timezone.localdate(), set()
    for row in rows:
        last = row.get("ends_on")
        if last and row.get("starts_on") and last < row["starts_on"]:
            return "最后一天不能早于开始日期"
        if not last or last >= today:
            lasting.add(row["department"])
    departments = apps.get_model("org.Department")._base_manager
    return "这个部门已撤销" if lasting and departments.filter(pk__in=lasting, state="closed").exists() else ""
