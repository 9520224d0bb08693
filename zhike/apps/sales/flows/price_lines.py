"""定价: the lines of quotes and contracts about to be saved get their list prices from the price book, and the whole its totals.

What is priced has items, discount, price_book and the totals; its `dated` names the day on which prices are looked up.
`gather_prices` asks for many at once what `price_lines` would ask for each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from zhike.apps.catalog.objects.price_book import PriceList
from zhike.apps.sales.authority import Authority, deciders
from zhike.apps.sales.objects.price_authority import in_force
from zhike.apps.sales.quoting import Row, priced, reckon
from zhike.kernel.declare import Refused

TYPED = ("quantity", "price", "price_ratio", "tax_rate")


@dataclass(frozen=True)
class Known:
    """What is known of some quotes: how they stand, their stored lines, the prices of their products, who may approve.

    Arguments:
        conditions: id → book, discount and day as stored; lines: id → stored lines by their ids.
        books, products: of which the list tells the prices.
    """

    conditions: dict[int, tuple[Any, ...]]
    lines: dict[int, dict[int, Any]] = field(default_factory=dict)
    books: frozenset[int | None] = frozenset()
    products: frozenset[int] = frozenset()
    prices: PriceList | None = None
    matrix: tuple[Authority, ...] = ()

    def suffices(self, quote: Any) -> bool:
        """Whether the quote asks for nothing that came to it only later."""
        products = {row["product"] for row in quote.incoming.get("items", ())}
        return not products or (quote.price_book_id in self.books and products <= self.products)


def gather_prices(quotes: list[Any]) -> None:
    """Let each of many quotes know what pricing it takes: a fixed number of queries."""
    known = _ask(quotes)
    for quote in quotes:
        quote.known = known


def price_lines(quote: Any) -> None:
    """Price the lines when they or their conditions have changed; a quote priced already is left as it is."""
    told: Known | None = vars(quote).pop("known", None)
    if _done(quote):
        return
    known = told if told is not None and told.suffices(quote) else _ask([quote])
    if "items" in quote.incoming or _moved(quote, known.conditions):
        _price(quote, known)


def _ask(quotes: list[Any]) -> Known:
    conditions = _conditions(quotes)
    wanted = [q for q in quotes if not _done(q) and ("items" in q.incoming or _moved(q, conditions))]
    if not wanted:
        return Known(conditions)
    lines = _lines(wanted)
    products = frozenset(row["product"] for q in wanted for row in q.incoming.get("items", ()))
    products |= {line.product_id for stored in lines.values() for line in stored.values()}
    books = frozenset(q.price_book_id for q in wanted)
    matrix = tuple(row.as_authority() for row in in_force())
    return Known(conditions, lines, books, products, PriceList(products, books), matrix)


def _conditions(quotes: list[Any]) -> dict[int, tuple[Any, ...]]:
    """What the prices of those that are stored were looked up by."""
    stored = [q.pk for q in quotes if q.pk]
    if not stored:
        return {}
    rows = type(quotes[0])._base_manager.filter(pk__in=stored).values_list("pk", *_decisive(quotes[0]))
    return {pk: tuple(values) for pk, *values in rows}


def _decisive(quote: Any) -> tuple[str, ...]:
    return "price_book_id", "discount", quote.dated


def _moved(quote: Any, conditions: dict[int, tuple[Any, ...]]) -> bool:
    """Whether its stored lines are to be priced by another book, day or discount."""
    return quote.pk in conditions and conditions[quote.pk] != tuple(getattr(quote, n) for n in _decisive(quote))


def _lines(quotes: list[Any]) -> dict[int, dict[int, Any]]:
    kind, stored = quotes[0].kinds()["items"], [q.pk for q in quotes if q.pk]
    found: dict[int, dict[int, Any]] = defaultdict(dict)
    for line in kind.target._base_manager.filter(**{f"{kind.parent}__in": stored}).order_by("pk") if stored else ():
        found[getattr(line, f"{kind.parent}_id")][line.pk] = line
    return dict(found)


def _done(quote: Any) -> bool:
    rows = quote.incoming.get("items")
    return bool(rows) and all("share" in row for row in rows)


def _price(quote: Any, known: Known) -> None:
    before = known.lines.get(quote.pk, {})
    rows = quote.incoming["items"] if "items" in quote.incoming else _standing(quote, before.values())
    if known.prices is None or not (rows or "items" in quote.incoming):
        return
    listed = known.prices.on(quote.price_book_id, getattr(quote, quote.dated))
    for number, row in enumerate(rows, 1):
        line, product = before.get(row.get("id", 0)), row["product"]
        row |= priced(number, _kept(line, row) | row, listed.get(product), known.prices.standard.get(product), line)
    _total(quote, rows)
    if "needed" in quote.kinds():
        quote.needed = "" if quote.conceded is None else deciders(known.matrix, quote.conceded)


def _total(quote: Any, rows: list[Row]) -> None:
    totals = reckon(rows, quote.discount if rows else Decimal(0))
    if quote.discount > totals.items_amount and rows:
        raise Refused("整单优惠不能超过明细合计", {"discount": "不能超过明细合计"})
    quote.list_amount, quote.items_amount, quote.amount, quote.tax = (
        totals.list_amount, totals.items_amount, totals.amount, totals.tax,
    )  # fmt: skip
    known = totals.discount
    quote.price_ratio, quote.worst_ratio = (known.total, known.worst) if known else (None, None)


def _standing(quote: Any, lines: Iterable[Any]) -> list[Row]:
    """The stored lines as rows to be saved with the quote; a set-based change has no place for them."""
    rows = [{"id": x.pk, "product": x.product_id, **{n: getattr(x, n) for n in TYPED}} for x in lines]
    if rows and not isinstance(quote.incoming, dict):
        raise Refused("价格表、报价日期和整单优惠会改变各行价格，请逐份修改")
    if rows:
        quote.incoming["items"] = rows
    return rows


def _kept(line: Any, row: Row) -> Row:
    """What a row does not mention stays as it stands; another product has another price."""
    if line is None:
        return {}
    same = row["product"] == line.product_id and not {"price", "price_ratio"} & set(row)
    return {n: getattr(line, n) for n in ("quantity", "tax_rate", *(("price", "price_ratio") if same else ())) if n not in row}
