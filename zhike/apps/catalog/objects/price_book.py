"""价格表: what products cost for a kind of business (直销、代理), from a day on. What it does not name costs the 标准价."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from zhike.apps.catalog.objects.product import Product
from zhike.kernel.declare import Line, Record, Refused, Spec, f, same
from zhike.org.scopes import everyone


class PriceBook(Record):
    name = f.Text("价格表名称", search=True)
    active = f.Boolean("启用", default=True, help="停用的价格表不能再用于新的报价")
    description = f.LongText("适用范围", blank=True)
    prices = f.Lines("catalog.PriceBookLine", "价格")

    spec = Spec(
        label="价格表",
        collection="price-books",
        menu="产品",
        place=32,
        columns=("name", "active", "description", "updated_at"),
        filters=("name", "active"),
        sections={"基本信息": ("name", "active", "description"), "价格": ("prices",)},
        order="name",
        scope=everyone,
        quick=("name",),
        duplicates=(same("name", reason="价格表名称相同"),),
    )

    def validate(self) -> None:
        spans: dict[int, list[tuple[date, date]]] = defaultdict(list)
        for row in self.incoming.get("prices", ()):
            span = (row.get("starts_on") or date.min, row.get("ends_on") or date.max)
            if span[1] < span[0]:
                raise Refused("价格的失效日期不能早于生效日期", {"prices": "失效日期不能早于生效日期"})
            spans[row["product"]].append(span)
        for product, found in spans.items():
            _refuse_overlap(product, sorted(found))


def _refuse_overlap(product: int, spans: list[tuple[date, date]]) -> None:
    """A product has one price on a day."""
    if any(second[0] <= first[1] for first, second in pairwise(spans)):
        name = Product._base_manager.values_list("name", flat=True).get(pk=product)
        raise Refused(f"产品“{name}”的两个价格有效期重叠", {"prices": f"“{name}”的有效期重叠"})


class PriceBookLine(Line):
    """价格: of one product, between two days, both included."""

    book_id: Any
    book: Any = f.Parent("catalog.PriceBook", "prices")
    product_id: Any
    product: Any = f.Ref("catalog.Product", "产品", synonyms=("product", "产品名称"))
    price = f.Money("价格", least=0, taken_from="product.list_price", synonyms=("price", "单价"), total="none")
    starts_on = f.Date("生效日期", blank=True)
    ends_on = f.Date("失效日期", blank=True)

    def holds(self, day: date) -> bool:
        return (self.starts_on or date.min) <= day <= (self.ends_on or date.max)


class PriceList:
    """The base of every 折: what products cost by some price books, asked once however many days are wanted."""

    def __init__(self, products: Iterable[int], books: Iterable[int | None]) -> None:
        wanted, named = set(products), [book for book in books if book is not None]
        priced = Product._base_manager.filter(pk__in=wanted, list_price__isnull=False)
        self.standard: dict[int, Decimal] = dict(priced.values_list("pk", "list_price"))
        self.books: dict[int, list[PriceBookLine]] = defaultdict(list)
        for line in PriceBookLine._base_manager.filter(book__in=named, product__in=wanted) if named else ():
            self.books[line.book_id].append(line)

    def on(self, book: int | None, day: date) -> dict[int, Decimal]:
        """The price in the book on that day, else the 标准价; a product with neither is not in the answer."""
        lines = self.books.get(book, ()) if book is not None else ()
        return self.standard | {line.product_id: line.price for line in lines if line.holds(day)}
