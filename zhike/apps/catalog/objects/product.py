"""产品: what the company sells, with its list price (标准价, the base of every 折)."""

from typing import Any

from zhike.kernel.declare import Record, Spec, f, same
from zhike.org.scopes import everyone


class Product(Record):
    number = f.Number("产品编号", "CP{seq:5}", synonyms=("sku", "product_code", "编码", "货号"))
    name = f.Text("产品名称", search=True, synonyms=("product", "产品", "商品名称", "品名"))
    category: Any = f.Ref("catalog.ProductCategory", "产品分类", blank=True, synonyms=("series", "category", "系列"))
    specification = f.Text("规格型号", blank=True, search=True, synonyms=("specification", "model", "规格", "型号"))
    unit = f.Text("单位", max_length=20, default="套", synonyms=("unit", "计量单位"))
    list_price = f.Money("标准价", blank=True, least=0, synonyms=("sales_price", "price", "单价", "售价", "价格"), total="none")
    active = f.Boolean("在售", default=True, help="停售的产品不再出现在新的销售机会里")
    description = f.LongText("产品说明", blank=True)

    spec = Spec(
        label="产品",
        collection="products",
        menu="产品",
        place=30,
        subtitle=("number", "category"),
        columns=("name", "number", "category", "unit", "list_price", "active", "updated_at"),
        filters=("name", "category", "active", "list_price"),
        sections={
            "基本信息": ("name", "number", "category", "specification", "unit", "list_price", "active"),
            "说明": ("description",),
        },
        order="name",
        scope=everyone,
        quick=("name", "category", "list_price"),
        duplicates=(same("name", reason="产品名称相同"),),
    )
