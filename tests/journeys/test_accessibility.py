"""无障碍: nothing on any screen that would shut out whoever works with a keyboard, a screen reader or weak eyes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Company
from tests.journeys.steps import PATIENCE, sign_in

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
RUN = "axe.run(document, {resultTypes: ['violations']})"
THEMES = ("light", "dark")
SCREENS = (
    "/", "/dashboards/sales", "/customers", "/customers/1", "/opportunities", "/opportunities?view=board", "/opportunities/1",
    "/leads", "/tasks", "/interactions", "/people", "/roles", "/search?q=%E4%B8%9C%E6%96%B9", "/jobs",
    "/imports/new?collection=customers", "/nowhere/at/all",
)  # fmt: skip
CREATE = """async ([collection, body]) => {
  const token = document.cookie.match(/csrftoken=([^;]*)/)[1];
  const headers = {"Content-Type": "application/json", "X-CSRFToken": token};
  const answer = await fetch(`/api/v1/${collection}?duplicates=allow`, {method: "POST", headers, body: JSON.stringify(body)});
  return [answer.status, await answer.json()];
}"""


def add(page: Page, collection: str, **values: Any) -> int:
    """A record made by whoever is signed in."""
    status, record = page.evaluate(CREATE, [collection, values])
    assert status == 201, record
    return int(record["id"])


@pytest.fixture
def desk(desktop: Page, company: Company) -> Page:
    """The administrator's browser, with something on every screen."""
    desktop.emulate_media(reduced_motion="reduce")
    sign_in(desktop, "axel", company.add_person("axel", "管理员", "总部"))
    customer = add(desktop, "customers", name="东方机械有限公司", level="a", phone="021-66748306")
    deal = add(desktop, "opportunities", name="产线改造", customer=customer, amount="1200000", expected_on="2020-01-31")
    add(desktop, "interactions", content="电话沟通，约下周拜访", customer=customer, next_on="2020-01-08", next_step="拜访")
    add(desktop, "tasks", subject="准备演示", due_on="2020-01-02", customer=customer, opportunity=deal, priority="high")
    add(desktop, "leads", name="西部仪器", contact_name="李明", phone="13812345678", source="phone")
    return desktop


def findings(page: Page, where: str) -> list[str]:
    """What axe calls serious or critical on the page as it stands."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN)["violations"]
    grave = [v for v in found if v["impact"] in ("serious", "critical")]
    return [f"{where}: {v['id']} {node['target']} {node['html'][:120]}" for v in grave for node in v["nodes"]]


def in_both_themes(page: Page, where: str) -> list[str]:
    found: list[str] = []
    for theme in THEMES:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        expect(page.locator("html")).to_have_attribute("data-theme", theme)
        found += findings(page, f"{where} {theme}")
    return found


def settled(page: Page) -> None:
    """Everything asked for has been answered."""
    expect(page.locator(".skeleton, .control-skeleton, .blank")).to_have_count(0, timeout=PATIENCE)
    page.wait_for_load_state("networkidle")


def test_no_screen_shuts_anybody_out(desk: Page) -> None:
    found: list[str] = []
    for screen in SCREENS:
        desk.goto(screen)
        expect(desk.locator("main h1, main strong").first).to_be_visible(timeout=PATIENCE)
        settled(desk)
        found += in_both_themes(desk, screen)
    found += what_opens(desk)
    found += keyboard(desk)
    assert found == []


def what_opens(page: Page) -> list[str]:
    """Palette, key sheet, to-dos, notifications, a form, an arranged desk."""
    page.goto("/")
    settled(page)
    found: list[str] = []
    for name, key in (("palette", "Control+k"), ("create", "c"), ("keys", "?")):
        page.keyboard.press(key)
        expect(page.locator("dialog[open]")).to_be_visible()
        found += in_both_themes(page, name)
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
    for name in ("待办", "通知"):
        page.locator(f".fly button[title={name}]").click()
        expect(page.get_by_role("dialog", name=name)).to_be_visible()
        found += in_both_themes(page, name)
        page.keyboard.press("Escape")
    page.get_by_role("button", name="调整").click()
    expect(page.get_by_role("button", name="添加卡片")).to_be_visible(timeout=PATIENCE)
    found += in_both_themes(page, "arranging")
    page.goto("/customers")
    page.get_by_role("button", name="新建客户").first.click()
    expect(page.locator(".form-drawer").get_by_label("登记名称")).to_be_visible(timeout=PATIENCE)
    return found + in_both_themes(page, "form")


def keyboard(page: Page) -> list[str]:
    """The first Tab offers to skip the menu, and a closed dialog gives the focus back."""
    page.goto("/")
    settled(page)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    bell = page.locator(".fly button[title=通知]")
    bell.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(bell).to_be_focused()
    page.keyboard.press("?")
    page.keyboard.press("Escape")
    expect(bell).to_be_focused()
    return []
