"""定价明细: a line with list price, discount and price, as quotes and contracts have it. Prices include tax."""

from decimal import Decimal
from typing import Any

from zhike.kernel.declare import Line, f


class PricedItem(Line):
    product: Any = f.Ref("catalog.Product", "产品", synonyms=("product", "产品名称"))
    quantity = f.Decimal("数量", default=Decimal(1), least=0, decimal_places=2, synonyms=("quantity", "qty"))
    list_price = f.Money("标准价", blank=True, editable=False, taken_from="product.list_price", total="none")
    price_ratio = f.Ratio("折扣", blank=True, default=Decimal(1), least=0, synonyms=("discount", "折扣率"))
    price = f.Money(
        "成交单价", blank=True, least=0, product_of=("list_price", "price_ratio"), help="含税；与折扣填一个即可",
        synonyms=("price", "unit_price", "单价"), total="none",
    )  # fmt: skip
    tax_rate = f.Decimal(
        "税率(%)", default=Decimal(13), least=0, most=100, decimal_places=2, synonyms=("tax_rate",), total="none"
    )
    amount = f.Money("小计", blank=True, editable=False, product_of=("quantity", "price"))
    share = f.Money("分摊优惠", blank=True, editable=False)
    tax = f.Money("其中税额", blank=True, editable=False)

    class Meta(Line.Meta):
        abstract = True
