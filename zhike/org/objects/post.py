"""岗位: what somebody is in the company, apart from what the system lets her do."""

from zhike.kernel.declare import Record, Spec, f
from zhike.org.scopes import everyone


class Post(Record):
    """A post of the company: 客户经理, 商务经理, 区域经理 …"""

    name = f.Text("岗位名称", unique=True, search=True)
    duties = f.LongText("职责", blank=True)

    spec = Spec(
        label="岗位",
        collection="posts",
        menu="组织",
        place=92,
        columns=("name", "duties"),
        filters=("name",),
        sections={"基本信息": ("name", "duties")},
        order="name",
        scope=everyone,
        quick=("name",),
    )
