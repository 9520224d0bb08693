"""定价 in bulk: however many quotes are written at once, the database is asked the same number of questions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhike.apps.sales.objects.quote import Quote, QuoteItem
from zhike.features.transfer.tests.conftest import Importer
from zhike.kernel.reach import Reach
from zhike.kernel.writes import create_many, update_many
from zhike.org.objects.person import System
from zhike.testing.kit import make_user
from zhike.testing.team import Team, added

RULE = System("test")


@pytest.fixture
def offer(team: Team) -> dict[str, Any]:
    """What a quote out of the book of agents says: one product at half of its 90,000."""
    product = added(team.manager, "products", name="数据中台", list_price="100000")["id"]
    book = added(team.manager, "price-books", name="代理价", prices=[{"product": product, "price": "90000"}])["id"]
    customer = added(team.seller, "customers", name="上海恒泰机械制造有限公司")["id"]
    return {"customer": customer, "price_book": book, "items": [{"product": product, "price_ratio": Decimal("0.5")}]}


def asked(work: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def rows(offer: dict[str, Any], count: int) -> list[dict[str, Any]]:
    return [offer | {"items": [dict(item) for item in offer["items"]]} for _ in range(count)]


def test_many_quotes_are_priced_by_as_many_questions_as_a_few(offer: dict[str, Any]) -> None:
    few = asked(lambda: create_many(Quote, rows(offer, 2), actor=RULE))
    assert asked(lambda: create_many(Quote, rows(offer, 20), actor=RULE)) == few
    assert set(Quote.objects.values_list("amount", "price_ratio")) == {(Decimal("45000.00"), Decimal("0.5000"))}


def test_many_drafts_are_changed_by_as_many_questions_as_a_few(offer: dict[str, Any]) -> None:
    made = [quote.pk for quote in create_many(Quote, rows(offer, 22), actor=RULE)]
    few = asked(lambda: update_many(Quote.objects.filter(pk__in=made[:2]), {"terms": "三包"}, actor=RULE))
    assert asked(lambda: update_many(Quote.objects.filter(pk__in=made[2:]), {"terms": "三包"}, actor=RULE)) == few
    refused = update_many(Quote.objects.filter(pk__in=made[:1]), {"discount": "1"}, actor=RULE).refused
    assert refused == {made[0]: "价格表、报价日期和整单优惠会改变各行价格，请逐份修改"}


def test_an_import_prices_many_drafts_anew_by_as_many_questions_as_a_few(
    offer: dict[str, Any], team: Team, settings: Any, tmp_path: Any
) -> None:
    settings.FILES_FOLDER = tmp_path / "files"
    office = Importer(make_user("office", Reach.ALL))
    made = create_many(Quote, rows(offer, 23), actor=RULE)

    def lowered(quotes: list[Any]) -> int:
        table = [["报价编号", "整单优惠"], *([quote.number, "100"] for quote in quotes)]
        found = office.begun("quotes", table, match=["number"], on_duplicate="update")
        return asked(lambda: office.worked(f"imports/{found['id']}/run"))

    lowered(made[:1])  # what a process keeps is there from now on
    assert lowered(made[1:3]) == lowered(made[3:])
    assert set(Quote.objects.values_list("amount", "price_ratio")) == {(Decimal("44900.00"), Decimal("0.4988"))}
    assert set(QuoteItem.objects.values_list("amount", "share")) == {(Decimal("45000.00"), Decimal("100.00"))}
