"""拜访路上: a visitor reads the customer without a network, writes what was said, and it arrives once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.journeys.conftest import Company
from tests.journeys.steps import NEW_PASSWORD, PATIENCE, sign_in

SAID = "客户确认三台进场，下周验收"
LONG = "长" * 201


@pytest.fixture(scope="module")
def passwords(company: Company) -> dict[str, str]:
    people = {"visitor": "华东分公司/杭州销售部", "colleague": "华南分公司"}
    return {name: company.add_person(name, "销售", department) for name, department in people.items()}


@pytest.fixture
def device(browser: Browser, company: Company) -> Iterator[BrowserContext]:
    """A small phone; the service worker lives as long as the context."""
    context = browser.new_context(
        base_url=company.address, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True,
        locale="zh-CN", timezone_id="Asia/Shanghai",
    )  # fmt: skip
    context.set_default_timeout(20_000)
    yield context
    context.close()


def test_a_visit_without_a_network(device: BrowserContext, passwords: dict[str, str]) -> None:
    page = device.new_page()
    sign_in(page, "visitor", passwords["visitor"])
    customer = a_customer(page)
    open_customer(page, customer)
    shell_is_kept(page)

    device.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", name="杭州云帆智能装备有限公司")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".away")).to_contain_text("没有网络")
    expect(page.locator(".away")).to_contain_text("显示的是")
    write(page, SAID, on="2030-05-06")
    write(page, "第二次拜访", participants=LONG)
    no_sideways(page)

    page.close()
    page = device.new_page()
    page.goto(f"/customers/{customer}")
    expect(page.locator(".timeline")).to_contain_text(SAID, timeout=PATIENCE)
    expect(page.get_by_role("button", name="发件箱，2 条等待发送")).to_be_visible()

    device.set_offline(False)
    expect(page.get_by_role("button", name="发件箱，1 条没有被接受")).to_be_visible(timeout=PATIENCE)
    mend_refused(page)
    expect(page.locator(".letter-waiting")).to_have_count(0, timeout=PATIENCE)
    page.reload()
    expect(page.locator(".timeline").get_by_text(SAID)).to_have_count(1, timeout=PATIENCE)
    kept = page.request.get("/api/v1/interactions?limit=50&fields=content,participants").json()["rows"]
    assert sorted((row["content"], row["participants"]) for row in kept) == [(SAID, ""), ("第二次拜访", "王工")]
    assert [task["due_on"] for task in page.request.get("/api/v1/tasks?limit=50").json()["rows"]] == ["2030-05-06"]

    settle_conflict(device, page, customer)
    leave_nothing_to_a_colleague(device, page, customer, passwords)


def a_customer(page: Page) -> int:
    answer = said(page, "post", "/api/v1/customers", {"name": "杭州云帆智能装备有限公司", "phone": "13912345678"})
    assert answer.status == 201, answer.text()
    return int(answer.json()["id"])


def said(page: Page, method: str, address: str, data: dict[str, Any]) -> Any:
    """What another window of the same person does meanwhile."""
    token = next(c["value"] for c in page.context.cookies() if c["name"] == "csrftoken")
    origin = page.url.split("/", 3)
    headers = {"X-CSRFToken": token, "Referer": f"{origin[0]}//{origin[2]}/"}
    return getattr(page.request, method)(address, data=data, headers=headers)


def open_customer(page: Page, customer: int) -> None:
    page.goto("/customers")
    page.get_by_role("link", name="杭州云帆智能装备有限公司").first.click()
    expect(page).to_have_url(f"{page.url.split('/customers')[0]}/customers/{customer}")
    expect(page.get_by_role("button", name="写跟进").last).to_be_visible(timeout=PATIENCE)


def shell_is_kept(page: Page) -> None:
    """Waits until the service worker watches over the page."""
    page.evaluate(
        """async () => {
          const took = new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done));
          const late = new Promise((_, fail) => setTimeout(() => fail(new Error("no service worker")), 60_000));
          if (!navigator.serviceWorker.controller) await Promise.race([took, late]);
        }"""
    )


def write(page: Page, content: str, on: str = "", participants: str = "") -> None:
    """With the thumb: the button at the bottom, what was said, the day of the next step."""
    page.get_by_role("button", name="写跟进").last.click()
    form = page.locator(".form-drawer")
    form.get_by_label("跟进内容").fill(content)
    if on:
        form.get_by_label("下次跟进日期").fill(on)
        form.get_by_label("下次跟进日期").press("Tab")
    if participants:
        form.get_by_role("button", name="更多栏目").click()
        form.get_by_label("参与人").evaluate("input => input.removeAttribute('maxlength')")
        form.get_by_label("参与人").fill(participants)
    form.get_by_role("button", name="保存").click()
    expect(form).to_have_count(0, timeout=PATIENCE)


def no_sideways(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def outbox(page: Page) -> Locator:
    page.get_by_role("button", name="发件箱").first.click()
    return page.get_by_role("dialog", name="发件箱")


def mend_refused(page: Page) -> None:
    """The reason stands beside what was written; mended it goes out."""
    letter = outbox(page).locator(".letter-refused")
    expect(letter).to_contain_text("参与人")
    letter.get_by_role("button", name="修改").click()
    form = page.locator(".form-drawer")
    form.get_by_label("参与人").fill("王工")
    form.get_by_role("button", name="保存").click()
    expect(form).to_have_count(0, timeout=PATIENCE)
    expect(page.get_by_role("button", name="发件箱")).to_have_count(0, timeout=PATIENCE)


def settle_conflict(device: BrowserContext, page: Page, customer: int) -> None:
    """Somebody changed the record while the visitor was away: both versions stand side by side."""
    device.set_offline(True)
    page.reload()
    page.get_by_role("button", name="编辑").first.click()
    form = page.locator(".form-drawer")
    form.get_by_label("电话").fill("13700000001")
    form.get_by_role("button", name="保存").click()
    expect(form).to_have_count(0, timeout=PATIENCE)
    now = page.request.get(f"/api/v1/customers/{customer}").json()["version"]
    answer = said(page, "patch", f"/api/v1/customers/{customer}", {"phone": "13700000002", "version": now})
    assert answer.status == 200, answer.text()
    device.set_offline(False)
    expect(page.get_by_role("button", name="发件箱，1 条没有被接受")).to_be_visible(timeout=PATIENCE)
    outbox(page).get_by_role("button", name="对比并修改").click()
    both = page.get_by_role("alertdialog", name="他人已修改")
    expect(both).to_contain_text("137 0000 0001")
    expect(both).to_contain_text("137 0000 0002")
    both.get_by_role("button", name="按所选保存").click()
    expect(page.locator(".form-drawer")).to_have_count(0, timeout=PATIENCE)
    assert page.request.get(f"/api/v1/customers/{customer}").json()["phone"] == "13700000001"


def leave_nothing_to_a_colleague(device: BrowserContext, page: Page, customer: int, passwords: dict[str, str]) -> None:
    """Signed out without a network: the next person on this phone finds nothing, and the session has ended."""
    device.set_offline(True)
    expect(page.locator(".away")).to_contain_text("没有网络")  # this line moves what is below it
    page.get_by_role("button", name="账号").click()
    page.get_by_text("退出登录").click()
    expect(page.get_by_label("用户名")).to_be_visible(timeout=PATIENCE)
    assert everything_kept(page) == []
    device.set_offline(False)
    page.reload()
    expect(page.get_by_label("用户名")).to_be_visible(timeout=PATIENCE)
    assert page.request.get("/api/v1/session").status == 401
    sign_in(page, "colleague", passwords["colleague"])
    device.set_offline(True)
    page.goto(f"/customers/{customer}")
    expect(page.get_by_text("连不上服务器").first).to_be_visible(timeout=PATIENCE)
    assert NEW_PASSWORD not in page.content()
    assert [row for row in everything_kept(page) if "云帆" in row] == []


def everything_kept(page: Page) -> list[str]:
    """Every row of the browser's own store, as text."""
    rows: list[str] = page.evaluate(
        """async () => {
          const opened = indexedDB.open("zhike", 1);
          const db = await new Promise((done) => { opened.onsuccess = () => done(opened.result); });
          const all = (table) => new Promise((done) => {
            const asked = db.transaction(table).objectStore(table).getAll();
            asked.onsuccess = () => done(asked.result);
          });
          return (await Promise.all(["answers", "outbox", "files"].map(all))).flat().map((row) => JSON.stringify(row));
        }"""
    )
    return rows
