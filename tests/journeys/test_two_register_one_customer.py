"""撞单: two colleagues register the same customer in two spellings; it is stopped, arbitrated, shared, and the revenue split."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Company, new_page
from tests.journeys.steps import PATIENCE, agree, choose, come_in, sent, stands, take

NAME, VARIANT = "上海恒泰机械制造有限公司", "上海恒泰机械制造（股份）有限公司"
WITHIN = 8_000
"""Five seconds, and what a busy machine needs to draw it."""
TEAMS = {
    "first": ("销售", "华东分公司/杭州销售部"),
    "second": ("销售", "华东分公司/上海销售部"),
    "head": ("部门经理", "华东分公司"),
}


@pytest.fixture
def colleagues(browser: Browser, company: Company) -> Iterator[dict[str, Page]]:
    """The two and the head of their branch, each at a browser of her own."""
    contexts = {name: new_page(browser, company) for name in TEAMS}
    pages = {name: context.__enter__() for name, context in contexts.items()}
    for name, (role, department) in TEAMS.items():
        come_in(pages[name], name, company.add_person(name, role, department))
    yield pages
    for context in contexts.values():
        context.__exit__(None, None, None)


@pytest.mark.covers("P-31")
def test_who_comes_second_is_stopped_and_the_head_of_both_lets_them_share(
    desktop: Page, company: Company, colleagues: dict[str, Page]
) -> None:
    put_in_charge(desktop, company)
    register(colleagues["first"], NAME)
    expect(colleagues["first"].get_by_role("dialog")).to_have_count(0, timeout=PATIENCE)
    see_it_move(colleagues["head"], colleagues["first"])
    be_stopped(colleagues["second"])
    appeal(colleagues["second"])
    share(colleagues["head"])
    see_what_is_hers(colleagues["first"], colleagues["second"])


def put_in_charge(page: Page, company: Company) -> None:
    come_in(page, "admin", company.add_person("admin", "管理员", "总部"))
    [branch] = sent(page, "GET", "departments?q=华东分公司", None)["rows"][:1]
    [head] = [p for p in sent(page, "GET", "people?limit=200", None)["rows"] if p["name"] == "head"]
    sent(page, "PATCH", f"departments/{branch['id']}", {"manager": head["id"]})


def register(page: Page, name: str) -> Any:
    page.goto("/customers")
    page.get_by_role("button", name="新建客户").first.click()
    form = page.get_by_role("dialog")
    form.get_by_label("登记名称").fill(name)
    form.get_by_role("button", name="保存").click()
    return form


def see_it_move(head: Page, first: Page) -> None:
    """What a colleague changes stands in the list and on the page that are open, without being asked for."""
    [customer] = sent(first, "GET", "customers?fields=id,version", None)["rows"]
    opened = (("/customers", "grid", "0571-88001122"), (f"/customers/{customer['id']}", "article", "0571-88003344"))
    for version, (at, place, phone) in enumerate(opened, customer["version"]):
        head.goto(at)
        expect(head.get_by_role(place)).to_contain_text(NAME, timeout=PATIENCE)
        sent(first, "PATCH", f"customers/{customer['id']}", {"version": version, "phone": phone})
        expect(head.get_by_role(place)).to_contain_text(phone, timeout=WITHIN)


def be_stopped(page: Page) -> None:
    """She is warned while she types, insists, and is told who was first and when, but nothing of the customer."""
    form = register(page, VARIANT)
    form.get_by_role("button", name="不是同一个，仍然保存").click()
    told = form.get_by_role("alert")
    expect(told).to_contain_text("杭州销售部已于", timeout=PATIENCE)
    expect(told).to_contain_text("先报备（名称相近），按先录先得不能再报备；有异议可申请仲裁")
    assert NAME not in form.inner_text()
    told.get_by_role("link", name="查看撞单记录").click()
    expect(page.get_by_role("heading", name=VARIANT)).to_be_visible(timeout=PATIENCE)


def appeal(page: Page) -> None:
    page.get_by_role("button", name="申请仲裁").first.click()
    page.get_by_role("dialog").get_by_label("申请理由").fill("客户指定由我们对接")
    agree(page, "申请仲裁")
    expect(page.get_by_text("仲裁中").first).to_be_visible(timeout=PATIENCE)


def share(page: Page) -> None:
    """With the evidence of both before her eyes."""
    page.goto("/")
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="仲裁", exact=True).click()
    page.get_by_role("link", name=VARIANT).first.click()
    evidence = page.get_by_role("table", name="双方证据")
    expect(evidence).to_contain_text(f"登记客户“{NAME}”", timeout=PATIENCE)
    expect(evidence).to_contain_text(f"报备“{VARIANT}”被拦截，共 1 次")
    page.get_by_role("button", name="裁决").first.click()
    asked = page.get_by_role("dialog")
    choose(page, "裁决原则", "最有利签约", inside=asked)
    choose(page, "裁决结果", "共同跟进、业绩分成", inside=asked)
    asked.get_by_label("先报备方分成(%)").fill("60")
    asked.get_by_label("裁决意见").fill("双方共同跟进")
    agree(page, "裁决")
    expect(page.get_by_text("已裁决").first).to_be_visible(timeout=PATIENCE)


def see_what_is_hers(first: Page, second: Page) -> None:
    """The customer is open to both, and a won deal counts for both, to the cent."""
    second.get_by_role("navigation", name="主菜单").get_by_role("link", name="客户", exact=True).click()
    expect(second.get_by_role("grid").get_by_role("link", name=NAME)).to_be_visible(timeout=PATIENCE)
    [customer] = sent(first, "GET", "customers", None)["rows"]
    deal = sent(first, "POST", "opportunities", {"name": "恒泰一期", "customer": customer["id"], "amount": "100000.01"})
    first.goto(f"/opportunities/{deal['id']}")
    take(first, "赢单")
    stands(first, "赢单")
    for page, amount in ((first, "60,000.01"), (second, "40,000")):
        page.get_by_role("navigation", name="主菜单").get_by_role("link", name="业绩分成", exact=True).click()
        expect(page.get_by_role("grid")).to_contain_text(amount, timeout=PATIENCE)
