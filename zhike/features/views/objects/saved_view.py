"""视图: a list with its filter, order, columns and shape, as one keeps it."""

from __future__ import annotations

from zhike.kernel.declare import Record, Spec, f
from zhike.org.openness import OPENNESS, opened
from zhike.org.scopes import by_owner


class SavedView(Record):
    """One view. The address of a list says all there is to say about it, so its query is what is kept."""

    name = f.Text("名称", max_length=40)
    collection = f.Text("对象", max_length=60)
    query = f.Text("条件与显示", blank=True, max_length=8000, help="列表网址中问号之后的部分")
    share = f.Choice("共享", OPENNESS, default="private")
    is_default = f.Boolean("默认打开")
    position = f.Integer("次序", default=0, least=0, most=1000, total="none")

    spec = Spec(
        label="视图",
        collection="saved-views",
        columns=("name", "collection", "share", "is_default", "position"),
        filters=("collection", "share"),
        sections={"视图": ("name", "collection", "query", "share", "is_default", "position")},
        order="position",
        scope=by_owner,
        readable=opened,
    )
