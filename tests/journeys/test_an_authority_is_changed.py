"""改一个权限: a limit of the matrix is tried on the quotes of the past, changed from a day on, and the next quote follows it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Company
from tests.journeys.house import House, founded
from tests.journeys.steps import PATIENCE, agree, ask, hear, sent, stands, take

POST, HIGHEST = "总裁助理", "研发副总裁、实施服务副总裁、副总裁、总裁"
PAST = (("甲期", "0.6"), ("乙期", "0.47"), ("丙期", "0.44"))


@pytest.fixture
def house(browser: Browser, company: Company) -> Iterator[House]:
    with founded(browser, company, "王珊", "叶秋", "彭欣", "周启明") as found:
        yield found


def test_a_changed_limit_is_tried_first_and_followed_by_the_next_quote(house: House) -> None:
    customer, product = quoted_before(house)
    try_another_limit(house.admin)
    change_it(house.admin)
    drafted = sent(house.page("王珊"), "POST", "quotes", quote(customer, product, "丁期", "0.47"))
    hand_in(house.page("王珊"), drafted["id"])
    be_told_whose_it_is(house.page("彭欣"), drafted["id"])
    decide(house.page("周启明"))


def quote(customer: int, product: int, name: str, ratio: str) -> dict[str, object]:
    return {"customer": customer, "name": name, "items": [{"product": product, "price_ratio": ratio}]}


def quoted_before(house: House) -> tuple[int, int]:
    """A customer who was met, and three quotes that were handed in; customer and product."""
    seller, head = house.page("王珊"), house.page("叶秋")
    product = sent(house.admin, "POST", "products", {"name": "数据中台", "list_price": "100000"})["id"]
    facts = {"phone": "0571-86012345", "industry": "manufacturing", "level": "b", "source": "self"}
    customer = sent(seller, "POST", "customers", {"name": "杭州恒泰机械有限公司", **facts})["id"]
    sent(seller, "POST", "contacts", {"name": "王工", "companies": [{"customer": customer}]})
    sent(head, "POST", f"customers/{customer}/accept", {})
    sent(seller, "POST", "interactions", {"customer": customer, "channel": "visit", "content": "到现场交流需求"})
    for name, ratio in PAST:
        made = sent(seller, "POST", "quotes", quote(customer, product, name, ratio))
        sent(seller, "POST", f"quotes/{made['id']}/submit", {})
    return int(customer), int(product)


def try_another_limit(page: Page) -> None:
    """What it would have meant is said before anything is changed, with the quotes it would have met."""
    page.goto("/")
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="报价权限", exact=True).click()
    page.get_by_role("grid").get_by_role("link", name=POST, exact=True).click()
    asked = ask(page, "试算")
    asked.get_by_label("可批到").fill("4.8")
    asked.get_by_role("button", name="试算").click()
    found = asked.get_by_role("status")
    expect(found).to_contain_text("提交的 3 份报价中，1 份会改由别人批准。", timeout=PATIENCE)
    expect(found).to_contain_text(f"{POST} → {HIGHEST}：1 份")
    expect(found.get_by_role("link", name="乙期")).to_be_visible()
    asked.get_by_label("可批到").fill("4")
    asked.get_by_role("button", name="试算").click()
    expect(found).to_contain_text(f"{HIGHEST} → {POST}：1 份", timeout=PATIENCE)
    expect(found.get_by_role("link", name="丙期")).to_be_visible()
    asked.get_by_role("button", name="关闭").last.click()
    expect(asked).to_have_count(0, timeout=PATIENCE)
    expect(page.locator(".overview")).to_contain_text("4.5折")


def change_it(page: Page) -> None:
    """From today on; what held before keeps its last day."""
    asked = ask(page, "调整")
    asked.get_by_label("可批到").fill("4.8")
    asked.get_by_label("依据").fill("年度授权会议纪要")
    agree(page, "调整")
    yesterday = date.today() - timedelta(days=1)
    expect(page.locator(".overview")).to_contain_text(yesterday.isoformat(), timeout=PATIENCE)
    page.get_by_role("link", name=f"打开报价权限 {POST}").click()
    for words in ("4.8折", "年度授权会议纪要"):
        expect(page.locator(".overview")).to_contain_text(words, timeout=PATIENCE)


def hand_in(page: Page, quote_id: int) -> None:
    page.goto(f"/quotes/{quote_id}")
    expect(page.locator(".overview")).to_contain_text(HIGHEST, timeout=PATIENCE)
    take(page, "提交审批")
    stands(page, "待审批")


def be_told_whose_it_is(page: Page, quote_id: int) -> None:
    """Yesterday it would have been hers."""
    page.goto(f"/quotes/{quote_id}")
    asked = ask(page, "批准")
    asked.get_by_role("button", name="批准").click()
    expect(asked.get_by_role("alert")).to_have_text(
        f"最低一行 4.7折、总额 4.7折，超出您的报价权限，需由{HIGHEST}批准", timeout=PATIENCE
    )
    asked.get_by_role("button", name="取消").click()


def decide(page: Page) -> None:
    hear(page, "报价“丁期”等待您批准，总折扣 4.7折")
    ask(page, "批准")
    agree(page, "批准")
    stands(page, "已批准")
