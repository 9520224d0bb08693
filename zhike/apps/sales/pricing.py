"""产品明细的定价: the price and total of the products on a deal."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.apps import apps

from zhike.apps.money import cents

Row = dict[str, Any]


def price_rows(rows: list[Row], opportunity: int | None = None) -> list[Row]:
    """Rows about to be saved, each with a quantity and, where the product has a 标准价, a price."""
    if partial := [r for r in rows if "id" in r and not {"quantity", "price"} <= set(r)]:
        _recall(partial, opportunity)
    for row in rows:
        row.setdefault("quantity", Decimal(1))
    if unpriced := [r for r in rows if r.setdefault("price", None) is None]:
        _take_list_prices(unpriced)
    return rows


def _recall(rows: list[Row], opportunity: int | None) -> None:
    """What a row does not mention stays as it stands; another product has another price."""
    lines = apps.get_model("sales.OpportunityProduct")._base_manager.filter(opportunity=opportunity)
    standing = {line.pk: line for line in lines}
    for row in rows:
        line = standing.get(row["id"])
        if line is not None:
            row.setdefault("quantity", line.quantity)
            row.setdefault("price", line.price if row["product"] == line.product_id else None)


def _take_list_prices(rows: list[Row]) -> None:
    products = apps.get_model("catalog.Product")._base_manager.filter(pk__in={r["product"] for r in rows})
    listed = dict(products.values_list("pk", "list_price"))
    for row in rows:
        row["price"] = listed.get(row["product"])


def total(rows: Iterable[Row]) -> Decimal | None:
    """The sum of the priced rows; nothing when no row has a price."""
    amounts = [cents(r["quantity"] * r["price"]) for r in rows if r["price"] is not None]
    return sum(amounts, Decimal(0)) if amounts else None
