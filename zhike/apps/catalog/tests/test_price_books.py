"""价格表: a product has one price on a day; what the book does not name costs the 标准价."""

from datetime import date
from decimal import Decimal

import pytest

from zhike.apps.catalog.objects.price_book import PriceBookLine, PriceList
from zhike.testing.team import Team, added


@pytest.fixture
def products(team: Team) -> list[int]:
    listed = (("数据中台", "280000"), ("采集网关", "6800"), ("定制开发", None))
    return [added(team.manager, "products", name=name, list_price=price)["id"] for name, price in listed]


def test_the_book_decides_within_its_days_and_the_standard_price_otherwise(team: Team, products: list[int]) -> None:
    platform, gateway, _ = products
    spring = {"product": platform, "price": "260000", "starts_on": "2026-01-01", "ends_on": "2026-06-30"}
    later = {"product": platform, "price": "250000", "starts_on": "2026-07-01"}
    book = added(team.manager, "price-books", name="代理价", prices=[spring, later])["id"]
    standard = {platform: Decimal(280000), gateway: Decimal(6800)}
    prices = PriceList(products, [None, book])
    assert prices.on(None, date(2026, 6, 30)) == standard
    assert prices.on(book, date(2025, 12, 31)) == standard
    assert prices.on(book, date(2026, 6, 30)) == standard | {platform: Decimal(260000)}
    assert prices.on(book, date(2026, 7, 1)) == standard | {platform: Decimal(250000)}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {}),
        ({"ends_on": "2026-07-01"}, {"starts_on": "2026-07-01"}),
        ({"starts_on": "2026-07-02", "ends_on": "2026-07-01"}, None),
    ],
)
def test_two_prices_on_one_day_are_refused(team: Team, products: list[int], first: dict, second: dict | None) -> None:
    rows = [{"product": products[0], "price": "1", **span} for span in (first, second) if span is not None]
    answer = team.manager.post("price-books", {"name": "代理价", "prices": rows})
    assert answer.status_code == 409
    assert PriceBookLine.objects.count() == 0
