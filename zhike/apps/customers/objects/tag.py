"""标签: the agreed words people group records by, each with a colour. Records carry the words themselves."""

from zhike.kernel.declare import Record, Spec, f, option
from zhike.org.scopes import everyone

COLOURS = {
    "blue": option("蓝", color="blue"),
    "green": option("绿", color="green"),
    "gold": option("金", color="gold"),
    "orange": option("橙", color="orange"),
    "red": option("红", color="red"),
    "purple": option("紫", color="purple"),
    "cyan": option("青", color="cyan"),
    "default": option("灰", color="default"),
}


class Tag(Record):
    name = f.Text("标签", unique=True, search=True, max_length=40)
    colour = f.Choice("颜色", COLOURS, default="blue", fixed="界面只画得出这几种颜色")
    meaning = f.Text("含义", blank=True)

    spec = Spec(
        label="标签",
        collection="tags",
        menu="客户",
        place=60,
        subtitle=("meaning",),
        columns=("name", "colour", "meaning", "updated_at"),
        filters=("name", "colour"),
        sections={"基本信息": ("name", "colour", "meaning")},
        order="name",
        scope=everyone,
        quick=("name", "colour"),
    )
