"""报价计算: from what was typed into the lines of a quote to prices, discounts and tax. Prices include tax (含税价)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from zhike.apps.money import NOTHING, RATIO, cents, ratio_of, split, tax_in
from zhike.apps.sales.authority import Discount
from zhike.kernel.declare import Invalid

Row = dict[str, Any]
ONE = Decimal(1)
USUAL_TAX, ROUNDING = Decimal(13), Decimal(1)


@dataclass(frozen=True)
class Totals:
    """What a quote comes to."""

    list_amount: Decimal
    items_amount: Decimal
    amount: Decimal
    tax: Decimal
    discount: Discount | None


def priced(number: int, row: Row, listed: Decimal | None, standard: Decimal | None, before: Any = None) -> Row:
    """A row with price and ratio that agree: one follows the other. Raises Invalid when both were typed and do not.

    Arguments:
        listed: the price of the price book; standard: the 标准价, by which a form reckons before it knows the book.
        before: the line as it stands, when there is one.
    """
    row = {**row, "quantity": row.get("quantity") or ONE, "list_price": listed}
    tax_rate = row.get("tax_rate")
    row["tax_rate"] = USUAL_TAX if tax_rate is None else tax_rate
    price, ratio = row.get("price"), row.get("price_ratio")
    if listed is None:
        return {**row, "price": price or NOTHING, "price_ratio": None}
    if before is not None and (price, ratio, listed) == (before.price, before.price_ratio, before.list_price):
        return row
    if price is None or (ratio is not None and _means_ratio(price, ratio, listed, standard, before)):
        ratio = ONE if ratio is None else ratio
        return {**row, "price": cents(listed * ratio), "price_ratio": ratio}
    if ratio is None or _means_price(price, ratio, listed, standard, before):
        return {**row, "price": price, "price_ratio": ratio_of(price, listed)}
    raise Invalid.of({"items": f"第 {number} 行的折扣与成交单价不一致，请只改其中一个"}, {"items": "报价明细"})


def _means_ratio(price: Decimal, ratio: Decimal, listed: Decimal, standard: Decimal | None, before: Any) -> bool:
    """The price only follows from the ratio, or stands as it stood while the ratio was changed."""
    follows = any(price == cents(base * ratio) for base in (listed, standard) if base is not None)
    return follows or (before is not None and price == before.price)


def _means_price(price: Decimal, ratio: Decimal, listed: Decimal, standard: Decimal | None, before: Any) -> bool:
    """The ratio only follows from the price, or stands as it stood while the price was changed."""
    bases = [base for base in (listed, standard) if base]
    follows = any(abs(price / base - ratio).quantize(RATIO, ROUND_HALF_UP) <= RATIO for base in bases)
    return follows or (before is not None and ratio == before.price_ratio)


def reckon(rows: list[Row], discount: Decimal) -> Totals:
    """Fill 小计, 分摊优惠 and 税额 into the rows and say what they come to; every cent of the whole lies in one of them.

    Arguments:
        discount: taken off the whole, shared out over the lines by their amounts.
    """
    amounts = [cents(row["quantity"] * row["price"]) for row in rows]
    shares = split(min(discount, sum(amounts, NOTHING)), amounts)
    for row, amount, share in zip(rows, amounts, shares, strict=True):
        row |= {"amount": amount, "share": share, "tax": tax_in(amount - share, row["tax_rate"])}
    items = sum(amounts, NOTHING)
    return Totals(
        list_amount=cents(sum((_listed(row) for row in rows), NOTHING)),
        items_amount=items,
        amount=items - discount,
        tax=sum((row["tax"] for row in rows), NOTHING),
        discount=conceded(rows),
    )


def conceded(rows: Sequence[Row]) -> Discount | None:
    """The ratios that decide on authority: of the whole, and of the line that concedes most.

    None where a line has no list price: what it concedes nobody knows, and it may not hide what the others do.
    """
    if any(row["list_price"] is None for row in rows):
        return None
    pairs = [(_listed(row), _paid(row)) for row in rows]
    whole, paid = (sum((pair[n] for pair in pairs), Decimal(0)) for n in (0, 1))
    return Discount(ratio_of(paid, whole), min((ratio_of(p, listed) for listed, p in pairs), default=ONE))


def _paid(row: Row) -> Decimal:
    """A price that is the ratio rounded to the cent counts as the ratio itself, as long as the cents of many do not add up."""
    meant, amount = _listed(row) * (row["price_ratio"] or ONE), row["amount"]
    return (meant if abs(meant - amount) < ROUNDING else amount) - row["share"]


def _listed(row: Row) -> Decimal:
    price: Decimal | None = row["list_price"]
    return row["quantity"] * (row["price"] if price is None else price)
