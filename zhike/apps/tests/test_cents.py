"""金额到分: whatever the quantities, discounts, taxes and splits, no cent appears or is lost."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from zhike.apps.contracts.crediting import Owed, credit, part_of
from zhike.apps.money import cents, ratio_of, split, tax_in
from zhike.apps.sales.quoting import priced, reckon

CENTS = st.integers(0, 10**10).map(lambda n: Decimal(n) / 100)
PRICES = st.integers(1, 10**9).map(lambda n: Decimal(n) / 100)
QUANTITIES = st.integers(1, 10**6).map(lambda n: Decimal(n) / 100)
RATIOS = st.integers(0, 15000).map(lambda n: Decimal(n) / 10000)
RATES = st.sampled_from([Decimal(n) for n in (0, 1, 3, 6, 9, 13)])
LINES = st.lists(st.tuples(PRICES, QUANTITIES, RATIOS, RATES), min_size=1, max_size=12)


@given(CENTS, st.lists(st.integers(0, 10**6).map(Decimal), min_size=1, max_size=20))
def test_a_split_gives_out_exactly_the_whole_and_nobody_more_than_a_cent_too_much(total: Decimal, weights: list) -> None:
    shares = split(total, weights)
    assert sum(shares) == total
    whole = sum(weights)
    if whole:
        assert all(abs(share - total * weight / whole) < Decimal("0.01") for share, weight in zip(shares, weights, strict=True))


@given(LINES, st.integers(0, 100))
def test_the_lines_of_a_quote_make_its_totals(lines: list, percent: int) -> None:
    rows = [
        priced(n, {"quantity": q, "price_ratio": ratio, "tax_rate": rate}, listed, listed)
        for n, (listed, q, ratio, rate) in enumerate(lines, 1)
    ]
    whole = sum((cents(row["quantity"] * row["price"]) for row in rows), Decimal(0))
    discount = cents(whole * percent / 100)
    totals = reckon(rows, discount)
    assert totals.items_amount == sum(row["amount"] for row in rows) == whole
    assert totals.amount == sum(row["amount"] - row["share"] for row in rows) == whole - discount
    assert totals.tax == sum(row["tax"] for row in rows)
    assert all(Decimal(0) <= row["share"] <= row["amount"] for row in rows)
    assert totals.discount is not None and totals.discount.worst <= totals.discount.total


@given(CENTS, RATES)
def test_tax_and_net_make_the_amount(amount: Decimal, rate: Decimal) -> None:
    tax = tax_in(amount, rate)
    assert tax == cents(tax)
    assert abs((amount - tax) * rate / 100 - tax) <= Decimal("0.01")


@given(PRICES, PRICES)
def test_a_ratio_is_never_flattered(price: Decimal, listed: Decimal) -> None:
    assert ratio_of(price, listed) * listed <= price


@given(CENTS, st.lists(st.integers(1, 10**6).map(lambda n: Decimal(n) / 100), min_size=1, max_size=12))
def test_what_comes_back_piece_by_piece_makes_up_the_whole(amount: Decimal, pieces: list) -> None:
    whole, before, parts = sum(pieces), Decimal(0), []
    for piece in pieces:
        parts.append(part_of(amount, whole, before, piece))
        before += piece
    assert sum(parts) == amount
    assert all(part >= 0 and part == cents(part) for part in parts)


@given(st.lists(st.tuples(CENTS, st.integers(0, 100)), min_size=1, max_size=10), st.integers(0, 100))
def test_a_credit_lowers_and_refunds_exactly_itself_and_pays_back_only_what_had_come_in(rows: list, percent: int) -> None:
    owed = [Owed(amount, cents(amount * paid / 100)) for amount, paid in rows]
    total = cents(sum((row.amount for row in owed), Decimal(0)) * percent / 100)
    cuts = credit(owed, total)
    assert sum(cut.lowered for cut in cuts) == total
    open_before = sum(row.amount - row.received for row in owed)
    assert sum(cut.refunded for cut in cuts) == max(total - open_before, Decimal(0))
    for row, cut in zip(owed, cuts, strict=True):
        assert Decimal(0) <= cut.refunded <= row.received
        assert row.received - cut.refunded <= row.amount - cut.lowered
