"""销售的一天: a lead becomes an opportunity, the opportunity is dragged to 赢单, and the manager sees the money."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Company
from tests.journeys.steps import PATIENCE, choose, drag, sign_in, sign_in_again, take


@pytest.fixture(scope="module")
def passwords(company: Company) -> dict[str, str]:
    return {
        "seller": company.add_person("seller", "销售", "华东分公司/杭州销售部"),
        "manager": company.add_person("manager", "部门经理", "华东分公司"),
        "stranger": company.add_person("stranger", "部门经理", "华南分公司"),
    }


def test_a_lead_becomes_a_won_opportunity_and_the_managers_figure(
    desktop: Page, browser: Browser, company: Company, passwords: dict[str, str]
) -> None:
    sign_in(desktop, "seller", passwords["seller"])
    register_lead(desktop)
    convert_lead(desktop)
    drag_to_won(desktop)
    assert figures(browser, company, "manager", passwords) == ["¥86,000", "1"]
    assert figures(browser, company, "stranger", passwords) == ["¥0", "0"]


def register_lead(page: Page) -> None:
    page.goto("/leads")
    page.get_by_role("button", name="新建线索").first.click()
    form = page.locator(".form-drawer")
    form.get_by_label("公司名称").fill("杭州云帆智能装备有限公司")
    form.get_by_label("联系人").first.fill("陆远航")
    form.get_by_label("电话").first.fill("13912345678")
    choose(page, "来源", "电话")
    form.get_by_role("button", name="保存").click()
    expect(form).to_have_count(0, timeout=PATIENCE)


def convert_lead(page: Page) -> None:
    page.get_by_role("link", name="杭州云帆智能装备有限公司").first.click()
    take(page, "确认有效")
    expect(page.get_by_role("button", name="确认有效")).to_have_count(0, timeout=PATIENCE)
    page.get_by_role("button", name="转为销售机会").first.click()
    asked = page.get_by_role("dialog")
    asked.get_by_label("机会名称").fill("云帆产线改造")
    asked.get_by_label("预计金额").fill("86000")
    asked.get_by_role("button", name="转为销售机会").click()
    expect(asked).to_have_count(0, timeout=PATIENCE)


def drag_to_won(page: Page) -> None:
    page.goto("/opportunities?view=board")
    won = page.get_by_role("region", name="赢单", exact=True)
    drag(page, page.locator(".board-card", has_text="云帆产线改造"), won)
    asked = page.get_by_role("dialog")
    asked.get_by_role("button", name="赢单").click()
    expect(asked).to_have_count(0, timeout=PATIENCE)
    expect(won.locator(".board-card")).to_contain_text("云帆产线改造", timeout=PATIENCE)


def figures(browser: Browser, company: Company, name: str, passwords: dict[str, str]) -> list[str]:
    """Won amount and number as this person's desk shows them."""
    context = browser.new_context(base_url=company.address, viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page = context.new_page()
    sign_in(page, name, passwords[name])
    page.goto("/dashboards/sales")
    shown = []
    for title in ("赢单金额", "赢单数"):
        figure = page.get_by_role("region", name=title, exact=True).get_by_role("link")
        expect(figure).to_be_visible(timeout=PATIENCE)
        shown.append(figure.inner_text().strip())
    context.close()
    return shown


def test_a_follow_up_is_written_with_the_thumb(phone: Page, passwords: dict[str, str]) -> None:
    sign_in_again(phone, "seller")
    phone.goto("/customers")
    phone.get_by_role("link", name="杭州云帆智能装备有限公司").first.click()
    phone.get_by_role("button", name="写跟进").last.click()
    form = phone.locator(".form-drawer")
    form.get_by_label("跟进内容").fill("设备已进场，客户约下周验收")
    form.get_by_role("button", name="保存").click()
    expect(form).to_have_count(0, timeout=PATIENCE)
    expect(phone.get_by_text("设备已进场，客户约下周验收").first).to_be_attached(timeout=PATIENCE)
    overflow = phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow == 0
