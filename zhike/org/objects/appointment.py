"""兼职: a further post somebody holds, in a department of its own and with its own role, perhaps for a time only."""

from __future__ import annotations

from typing import Any

from zhike.kernel.declare import Line, f


class Appointment(Line):
    """Its role reaches from its department as those on her own page reach from her own; all of it adds up."""

    person: Any = f.Parent("org.Person", "appointments")
    department: Any = f.Ref("org.Department", "部门")
    role: Any = f.Ref("org.Role", "角色")
    post: Any = f.Ref("org.Post", "岗位", blank=True)
    starts_on = f.Date("开始日期", blank=True)
    ends_on = f.Date("最后一天", blank=True, help="过后自动失效；留空为长期")
