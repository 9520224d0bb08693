"""产品分类: the tree under which products are found."""

from typing import Any

from zhike.apps.hierarchy import refuse_circle
from zhike.kernel.declare import Record, Spec, f, related
from zhike.org.scopes import everyone


class ProductCategory(Record):
    name = f.Text("分类名称", search=True, synonyms=("series", "category", "系列", "产品系列", "类别"))
    parent: Any = f.Ref("catalog.ProductCategory", "上级分类", blank=True)
    description = f.LongText("说明", blank=True)

    spec = Spec(
        label="产品分类",
        collection="product-categories",
        menu="产品",
        place=31,
        subtitle=("parent",),
        columns=("name", "parent", "description", "updated_at"),
        filters=("name", "parent"),
        sections={"基本信息": ("name", "parent", "description")},
        order="name",
        scope=everyone,
        quick=("name", "parent"),
        related=(related("catalog.ProductCategory", "parent", "下级分类"), related("catalog.Product", "category")),
    )

    def validate(self) -> None:
        refuse_circle(self, "parent")
