"""被冷落的客户: thirty days and sixty days without contact are said aloud, then anybody may have the customer (V-35 to V-39)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Company
from tests.journeys.house import House, founded
from tests.journeys.steps import PATIENCE, hear, sent, take

NEGLECTED, TENDED = "杭州远景纺织有限公司", "宁波顺达物流有限公司"
QUIET_SINCE = date.today() - timedelta(days=30)


@pytest.fixture
def house(browser: Browser, company: Company) -> Iterator[House]:
    with founded(browser, company, "王珊", "孙浩", "叶秋") as found:
        yield found


def test_a_customer_nobody_contacts_goes_to_the_pool_and_is_claimed(company: Company, house: House, tmp_path: Path) -> None:
    owner = house.page("王珊")
    bring_along(company, house, tmp_path / "customers.csv")
    company.night()
    see_the_first_mark(owner)
    tend_one_of_them(owner)
    company.night(30)
    see_the_last_warning(owner)
    company.night(31)
    lose_it(owner)
    claim(house.page("孙浩"))
    keep_its_story(house.page("叶秋"))


def bring_along(company: Company, house: House, file: Path) -> None:
    """Two customers of hers that nobody has been in touch with for thirty days, and limits that were there all the while."""
    rows = "".join(f"{name},王珊,{QUIET_SINCE} 10:00\n" for name in (NEGLECTED, TENDED))
    file.write_text(f"登记名称,负责人,创建时间\n{rows}", encoding="utf-8")
    company.command("import", "customers", str(file), "--as", "admin")
    [limit] = sent(house.admin, "GET", "tracking-limits", None)["rows"]
    sent(house.admin, "PATCH", f"tracking-limits/{limit['id']}", {"starts_on": (QUIET_SINCE - timedelta(days=1)).isoformat()})


def see_the_first_mark(page: Page) -> None:
    """Told by the bell, which leads to the list where both are marked."""
    hear(page, "您有 2 个客户 30 天未联系")
    for name in (NEGLECTED, TENDED):
        row = page.get_by_role("grid").get_by_role("row", name=re.compile(name))
        expect(row).to_contain_text("30天未联系", timeout=PATIENCE)


def tend_one_of_them(page: Page) -> None:
    """A logged contact takes the mark away."""
    page.get_by_role("grid").get_by_role("link", name=TENDED).click()
    expect(page.locator(".overview")).to_contain_text("30天未联系", timeout=PATIENCE)
    form = page.get_by_role("form", name="写跟进")
    form.get_by_label("跟进内容").fill("电话回访，下月有新项目")
    form.get_by_role("button", name="记下").click()
    expect(page.get_by_role("region", name="动态")).to_contain_text("电话回访", timeout=PATIENCE)
    expect(page.locator(".overview")).not_to_contain_text("30天未联系", timeout=PATIENCE)


def see_the_last_warning(page: Page) -> None:
    """Thirty days later: the one she tended is at its first mark again, the other at its last, with the day she will lose it."""
    hear(page, "您有 1 个客户 60 天未联系，请尽快联系，否则将释放到公共池")
    expect(page.get_by_role("heading", name=NEGLECTED)).to_be_visible(timeout=PATIENCE)
    release = date.today() + timedelta(days=31)
    for words in ("60天未联系", "将释放日期", release.isoformat()):
        expect(page.locator(".overview")).to_contain_text(words, timeout=PATIENCE)
    hear(page, "您有 1 个客户 30 天未联系")
    expect(page.get_by_role("heading", name=TENDED)).to_be_visible(timeout=PATIENCE)


def lose_it(page: Page) -> None:
    """It is hers no more, the bell leads to the pool, and she may not take it straight back."""
    hear(page, "您有 1 个客户 60 天未联系，已释放到公共池")
    page.get_by_role("grid").get_by_role("link", name=NEGLECTED).click()
    page.get_by_role("button", name="领取").first.click()
    asked = page.get_by_role("dialog")
    asked.get_by_role("button", name="领取").click()
    expect(asked.get_by_role("alert")).to_contain_text("不能领回这个客户", timeout=PATIENCE)
    asked.get_by_role("button", name="取消").click()
    assert [row["name"] for row in sent(page, "GET", "customers", None)["rows"]] == [TENDED]


def claim(page: Page) -> None:
    """A colleague finds it among the public customers; from then on it is his, and its time begins anew."""
    page.goto("/")
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="公共客户", exact=True).click()
    page.get_by_role("grid").get_by_role("link", name=NEGLECTED).click()
    take(page, "领取")
    page.get_by_role("link", name=f"打开客户 {NEGLECTED}").click()
    expect(page.get_by_role("heading", name=NEGLECTED)).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".overview")).to_contain_text("孙浩", timeout=PATIENCE)
    expect(page.locator(".overview")).not_to_contain_text("未联系")


def keep_its_story(page: Page) -> None:
    """The head of the department sees who had it, how long nobody was in touch, and who has it now."""
    page.goto("/")
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="公共客户", exact=True).click()
    row = page.get_by_role("grid").get_by_role("row", name=re.compile(NEGLECTED))
    for words in ("王珊", "61", "已领取", "孙浩"):
        expect(row).to_contain_text(words, timeout=PATIENCE)
