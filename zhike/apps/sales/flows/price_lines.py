"""定价: the lines of quotes and contracts about to be saved get their list prices from the price book, and the whole its totals.

What is priced has items, discount, price_book and the totals; its `dated` names the day on which prices are looked up.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from zhike.apps.catalog.objects.price_book import list_prices
from zhike.apps.sales.authority import lowest_sufficient
from zhike.apps.sales.objects.price_authority import in_force
from zhike.apps.sales.quoting import Row, priced, reckon
from zhike.kernel.declare import Refused

TYPED = ("quantity", "price", "price_ratio", "tax_rate")


def price_lines(quotes: list[Any]) -> None:
    """Price those whose lines or conditions have changed; a quote priced already is left as it is."""
    fresh = [quote for quote in quotes if _rows(quote) is not None and not _done(quote)]
    if not fresh:
        return
    matrix = [row.as_authority() for row in in_force()]
    standard = list_prices(_products(fresh), None)
    books = {_place(q): _listed(q, fresh, standard) for q in fresh}
    for quote in fresh:
        _price(quote, books[_place(quote)], standard)
        if "needed" in quote.kinds():
            quote.needed = "、".join(a.holder for a in lowest_sufficient(matrix, quote.conceded))[:255] or "报价权限之外"


def _place(quote: Any) -> tuple[int | None, Any]:
    """Which prices apply: of which book, on which day."""
    return quote.price_book_id, getattr(quote, quote.dated)


def _items(quote: Any) -> Any:
    """The stored lines."""
    lines = quote.kinds()["items"]
    return lines.target._base_manager.filter(**{lines.parent: quote.pk}).order_by("pk")


def _rows(quote: Any) -> list[Row] | None:
    """The lines to be priced: those sent, else those standing when something they depend on has changed."""
    if "items" in quote.incoming:
        return list(quote.incoming["items"])
    return _standing(quote) if quote.pk and _conditions_changed(quote) and _items(quote).exists() else None


def _done(quote: Any) -> bool:
    rows = quote.incoming.get("items")
    return bool(rows) and all("share" in row for row in rows)


def _conditions_changed(quote: Any) -> bool:
    names = ("price_book_id", "discount", quote.dated)
    stored = type(quote)._base_manager.filter(pk=quote.pk).values_list(*names).first()
    return stored is not None and stored != tuple(getattr(quote, n) for n in names)


def _standing(quote: Any) -> list[Row]:
    """The stored lines as rows to be saved with the quote; a set-based change has no place for them."""
    if not isinstance(quote.incoming, dict):
        raise Refused("价格表、报价日期和整单优惠会改变各行价格，请逐份修改")
    rows = [{"id": x.pk, "product": x.product_id, **{n: getattr(x, n) for n in TYPED}} for x in _items(quote)]
    quote.incoming["items"] = rows
    return rows


def _products(quotes: Iterable[Any]) -> set[int]:
    return {row["product"] for quote in quotes for row in quote.incoming["items"]}


def _listed(quote: Any, quotes: list[Any], standard: dict[int, Decimal]) -> dict[int, Decimal]:
    """The prices of this quote's book on its day."""
    if quote.price_book_id is None:
        return standard
    return list_prices(_products(quotes), *_place(quote))


def _price(quote: Any, listed: dict[int, Decimal], standard: dict[int, Decimal]) -> None:
    before = {line.pk: line for line in _items(quote)} if quote.pk else {}
    rows = quote.incoming["items"]
    for number, row in enumerate(rows, 1):
        line = before.get(row.get("id"))
        product = row["product"]
        row |= priced(number, _kept(line, row) | row, listed.get(product), standard.get(product), line)
    totals = reckon(rows, quote.discount if rows else Decimal(0))
    if quote.discount > totals.items_amount and rows:
        raise Refused("整单优惠不能超过明细合计", {"discount": "不能超过明细合计"})
    quote.list_amount, quote.items_amount, quote.amount, quote.tax = (
        totals.list_amount, totals.items_amount, totals.amount, totals.tax,
    )  # fmt: skip
    quote.price_ratio, quote.worst_ratio = totals.discount.total, totals.discount.worst


def _kept(line: Any, row: Row) -> Row:
    """What a row does not mention stays as it stands; another product has another price."""
    if line is None:
        return {}
    same = row["product"] == line.product_id and not {"price", "price_ratio"} & set(row)
    return {n: getattr(line, n) for n in ("quantity", "tax_rate", *(("price", "price_ratio") if same else ())) if n not in row}
