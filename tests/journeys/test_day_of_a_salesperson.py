"""销售的一天: whom she has not spoken to for long, what she agreed with her, and how it becomes an offer."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from urllib.request import urlopen

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Company
from tests.journeys.steps import PATIENCE, agree, choose, come_in, drag, sent, sign_in

CUSTOMER, DEAL = "苏州远景纺织有限公司", "远景二期节能改造"
PRODUCTS = (("变频器 V20", "3200"), ("节能诊断服务", "8000"))
QUIET_DAYS = 45


def test_a_customer_long_without_contact_becomes_an_offer(desktop: Page, company: Company) -> None:
    offer_products(desktop, company)
    sign_in(desktop, "seller", company.add_person("seller", "销售", "华东分公司/杭州销售部"))
    lose_sight_of_customer(desktop)
    see_her_warned(desktop)
    write_follow_up(desktop)
    see_the_next_step_as_a_task(desktop)
    add_opportunity(desktop)
    drag_on(desktop)
    think_better_of_winning(desktop)
    prepare_offer(desktop)
    put_it_off(desktop)


def offer_products(page: Page, company: Company) -> None:
    """What the administrator has put up for sale, and at which price."""
    come_in(page, "admin", company.add_person("admin", "管理员", "总部"))
    for name, price in PRODUCTS:
        sent(page, "POST", "products", {"name": name, "list_price": price})
    page.context.clear_cookies()


def lose_sight_of_customer(page: Page) -> None:
    """A customer of hers whose last follow-up is long ago, and one she spoke to today."""
    for name, days in ((CUSTOMER, QUIET_DAYS), ("宁波顺达物流有限公司", 0)):
        customer = sent(page, "POST", "customers", {"name": name, "level": "a"})
        long_ago = f"{date.today() - timedelta(days=days)}T09:30:00+08:00"
        sent(page, "POST", "interactions", {"customer": customer["id"], "content": "初次拜访", "happened_at": long_ago})


def see_her_warned(page: Page) -> None:
    page.goto("/")
    warned = page.get_by_role("region", name="久未联系的客户", exact=True)
    expect(warned.get_by_role("listitem")).to_have_count(1, timeout=PATIENCE)
    expect(warned.get_by_role("listitem")).to_contain_text(f"{QUIET_DAYS} 天前")
    warned.get_by_role("link", name=CUSTOMER).click()
    expect(page.get_by_role("heading", name=CUSTOMER)).to_be_visible(timeout=PATIENCE)


def write_follow_up(page: Page) -> None:
    """Three fields beside her record: what, how, and when again."""
    form = page.get_by_role("form", name="写跟进")
    form.get_by_label("跟进内容").fill("确认二期预算约五万元，周五前给报价")
    choose(page, "方式", "微信", inside=form)
    form.get_by_label("下次跟进日期").fill(next_friday().isoformat())
    form.get_by_label("下次跟进日期").press("Enter")
    form.get_by_role("button", name="记下").click()
    expect(page.get_by_role("region", name="动态")).to_contain_text("确认二期预算约五万元", timeout=PATIENCE)


def next_friday() -> date:
    today = date.today()
    return today + timedelta(days=(4 - today.weekday()) % 7 or 7)


def see_the_next_step_as_a_task(page: Page) -> None:
    """It stands among her tasks at home, and nobody is warned of any more."""
    page.get_by_role("link", name="工作台").first.click()
    tasks = page.get_by_role("region", name="我的待办", exact=True)
    expect(tasks.get_by_role("listitem")).to_contain_text("跟进：确认二期预算约五万元，周五前给报价", timeout=PATIENCE)
    expect(page.get_by_role("region", name="久未联系的客户", exact=True)).to_contain_text("没有这样的记录", timeout=PATIENCE)


def add_opportunity(page: Page) -> None:
    page.go_back()
    page.get_by_role("button", name="新建销售机会").click()
    form = page.get_by_role("dialog")
    form.get_by_label("机会名称").fill(DEAL)
    form.get_by_role("button", name="保存").click()
    expect(form).to_have_count(0, timeout=PATIENCE)


def column(page: Page, stage: str) -> Any:
    return page.get_by_role("region", name=stage, exact=True)


def drag_on(page: Page) -> None:
    """One stage on is asked nothing and done at once."""
    page.goto("/opportunities?view=board")
    drag(page, page.locator(".board-card", has_text=DEAL), column(page, "需求确认"))
    expect(column(page, "需求确认").locator(".board-card")).to_contain_text(DEAL, timeout=PATIENCE)


def think_better_of_winning(page: Page) -> None:
    """What closes a deal is asked first; whoever leaves the question has moved nothing."""
    drag(page, page.locator(".board-card", has_text=DEAL), column(page, "赢单"))
    asked = page.get_by_role("dialog")
    expect(asked.get_by_label("签约日期")).to_have_value(date.today().isoformat(), timeout=PATIENCE)
    asked.get_by_role("button", name="取消").click()
    expect(asked).to_have_count(0, timeout=PATIENCE)
    expect(column(page, "需求确认").locator(".board-card")).to_contain_text(DEAL)


def prepare_offer(page: Page) -> None:
    """At 方案报价 the products come with their prices, and the sheet adds up while she types."""
    page.get_by_role("link", name=DEAL).click()
    page.get_by_role("list", name="阶段").get_by_role("button", name="方案报价").click()
    agree(page, "推进阶段")
    expect(page.locator(".path-now")).to_have_text("方案报价", timeout=PATIENCE)
    page.get_by_role("button", name="编辑").first.click()
    form = page.get_by_role("dialog")
    for place, (name, _) in enumerate(PRODUCTS):
        form.get_by_role("button", name="添加产品").click()
        choose(page, "产品", name, inside=form.locator("tbody tr").nth(place))
    sheet = form.get_by_role("table", name="产品")
    sheet.get_by_label("数量").first.fill("12")
    expect(sheet.locator("tfoot")).to_contain_text("¥46,400")
    form.get_by_role("button", name="保存").click()
    expect(form).to_have_count(0, timeout=PATIENCE)
    for amount in ("¥46,400", "¥23,200"):  # half of it, as the stage has a chance of one in two
        expect(page.locator(".overview")).to_contain_text(amount, timeout=PATIENCE)


def put_it_off(page: Page) -> None:
    """A task dragged to another day has moved in the calendar of her phone as well."""
    day = next_friday() + timedelta(days=1)
    page.goto(f"/tasks?view=calendar&calendar.at={day}")
    saturday = page.get_by_role("group", name=f"{day.month}月{day.day}日", exact=True)
    drag(page, page.locator(".event", has_text="确认二期预算约五万元"), saturday)
    expect(saturday).to_contain_text("确认二期预算约五万元", timeout=PATIENCE)
    page.get_by_role("button", name="订阅", exact=True).click()
    page.get_by_role("button", name="生成地址").click()
    address = page.get_by_label("日历地址")
    expect(address).to_have_value(re.compile(r"\.ics$"), timeout=PATIENCE)
    with urlopen(address.input_value(), timeout=PATIENCE) as feed:
        assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}" in feed.read().decode()
