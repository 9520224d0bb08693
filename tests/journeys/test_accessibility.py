"""无障碍: nothing on any screen that would shut out whoever works with a keyboard, a screen reader or weak eyes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.journeys.conftest import Company
from tests.journeys.steps import PATIENCE, add, sign_in

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
RUN = "async rules => (await axe.run(document, {resultTypes: ['violations'], ...(rules && {runOnly: rules})})).violations"
GRAVE = ("serious", "critical")
WIDTHS = {"desktop": ViewportSize(width=1440, height=900), "phone": ViewportSize(width=390, height=844)}
THEMES = {"light": None, "dark": ["color-contrast"]}
"""Each with the rules that are asked: of a theme, only the colours differ."""
OTHERS = (
    "/", "/dashboards", "/reports", "/reports/new", "/jobs", "/imports/new", "/search?q=%E4%B8%9C%E6%96%B9", "/approvals",
    "/account/security", "/customers?group=category,level", "/customers/new", "/settings",
)  # fmt: skip
ENOUGH = 4
"""So many objects, every one of which is drawn by the same screens."""
NOWHERE = "/nowhere/at/all"
SHAPES = {"board": "choice state", "calendar": "date datetime", "chart": "choice state"}
"""The shapes of a list beside the table, and the kinds of field of which each needs one."""
SETTLED = ".skeleton, .control-skeleton, .blank"
GO = "to => { history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate')); }"
META = "async () => (await fetch('/api/v1/meta')).json()"
NO_MOTION = "*, *::before, *::after { transition: none !important; animation: none !important; }"


@pytest.fixture(scope="module")
def desk(browser: Browser, company: Company) -> Iterator[Page]:
    """The administrator's browser, with something on every screen."""
    context = browser.new_context(base_url=company.address, locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    sign_in(page, "axel", company.add_person("axel", "管理员", "总部"))
    customer = add(page, "customers", name="东方机械有限公司", level="a", phone="021-66748306")
    deal = add(page, "opportunities", name="产线改造", customer=customer, amount="1200000", expected_on="2020-01-31")
    add(page, "interactions", content="电话沟通，约下周拜访", customer=customer, next_on="2020-01-08", next_step="拜访")
    add(page, "tasks", subject="准备演示", due_on="2020-01-02", customer=customer, opportunity=deal, priority="high")
    add(page, "leads", name="西部仪器", contact_name="李明", phone="13812345678", source="phone")
    yield page
    context.close()


def findings(page: Page, where: str) -> list[str]:
    """What axe calls serious or critical on the page as it stands, in both themes."""
    found: list[str] = []
    for theme, rules in THEMES.items():
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        expect(page.locator("html")).to_have_attribute("data-theme", theme)
        for broken in page.evaluate(RUN, rules):
            if broken["impact"] in GRAVE:
                found += [f"{where} {theme}: {broken['id']} {node['target']} {node['html'][:140]}" for node in broken["nodes"]]
    return found


def opened(page: Page) -> None:
    """The first screen, with what looks at it."""
    page.goto("/")
    page.add_style_tag(content=NO_MOTION)
    page.evaluate(AXE.read_text(encoding="utf-8"))


def settled(page: Page, address: str) -> None:
    """The screen at an address, with everything it asked for; gone to within the application, so that nothing is loaded again."""
    nowhere = page.get_by_text("没有这个页面")
    page.evaluate(GO, NOWHERE)
    expect(nowhere).to_be_visible()
    page.evaluate(GO, address)
    expect(nowhere).to_have_count(0)
    expect(page.locator("main h1, main strong").first).to_be_visible(timeout=PATIENCE)
    expect(page.locator(SETTLED)).to_have_count(0, timeout=PATIENCE)


def screens(page: Page, shaped: bool) -> list[str]:
    """Every kind of screen, drawn from the first objects of her menu; lists in all their shapes, if wanted."""
    found = [*OTHERS]
    meta = page.evaluate(META)
    found += [f"/dashboards/{board['name']}" for board in meta["dashboards"][:1]] + first(page, "reports")
    for name in [name for menu in meta["menus"] for name in menu["collections"] if name in meta["objects"]][:ENOUGH]:
        found += [f"/{name}", *(shapes(meta["objects"][name]) if shaped else ()), *first(page, name)]
    return found


def first(page: Page, collection: str) -> list[str]:
    """The address of one record, where there is any."""
    rows = page.evaluate("async c => (await (await fetch(`/api/v1/${c}?limit=1`)).json()).rows", collection)
    return [f"/{collection}/{row['id']}" for row in rows]


def shapes(described: Any) -> list[str]:
    """A list as a board, a calendar and a chart, where its fields allow."""
    kinds = {field["kind"] for field in described["fields"] if not field["name"].endswith("_at")}
    return [f"/{described['collection']}?view={shape}" for shape, needed in SHAPES.items() if kinds & set(needed.split())]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_screen_shuts_anybody_out(desk: Page, width: str) -> None:
    desk.set_viewport_size(WIDTHS[width])
    opened(desk)
    found: list[str] = []
    for address in screens(desk, shaped=width == "desktop"):
        settled(desk, address)
        found += findings(desk, f"{width} {address}")
    assert found == []


def test_the_keyboard_skips_the_menu_and_comes_back_from_what_it_opened(desk: Page) -> None:
    desk.set_viewport_size(WIDTHS["desktop"])
    desk.goto("/")
    expect(desk.locator("main h1")).to_be_visible()
    desk.evaluate("document.activeElement.blur()")
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("link", name="跳到正文")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.locator("#main")).to_be_focused()
    bell = desk.locator(".fly button[title=通知]")
    for key, away in (("Enter", "Escape"), ("?", "Escape")):
        bell.focus()
        desk.keyboard.press(key)
        expect(desk.get_by_role("dialog")).to_be_visible()
        desk.keyboard.press(away)
        expect(bell).to_be_focused()


def test_a_deal_is_found_changed_and_moved_on_without_a_mouse(desk: Page) -> None:
    """List → record → form → board, by keys alone; what was opened gives the keyboard back."""
    desk.set_viewport_size(WIDTHS["desktop"])
    desk.goto("/opportunities")
    expect(desk.locator("[data-cell='0:0']")).to_be_visible(timeout=PATIENCE)
    tab_to(desk, desk.get_by_role("link", name="跳到正文"))
    desk.keyboard.press("Enter")
    leave_a_filter(desk)
    tab_to(desk, desk.locator("[data-cell='0:0']"))
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="产线改造")).to_be_visible()
    change = desk.get_by_role("button", name="编辑").first
    tab_to(desk, change)
    desk.keyboard.press("Enter")
    form = desk.get_by_role("dialog")
    tab_to(desk, form.get_by_label("机会名称"))
    desk.keyboard.type("产线改造二期")
    desk.keyboard.press("Control+Enter")
    expect(form).to_have_count(0)
    expect(desk.get_by_role("heading", name="产线改造二期")).to_be_visible()
    expect(change).to_be_focused()
    win = desk.get_by_role("button", name="赢单", exact=True).first
    tab_to(desk, win, backwards=True)
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("dialog").get_by_label("签约日期")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(win).to_be_focused()
    tab_to(desk, desk.get_by_role("navigation", name="位置").get_by_role("link", name="销售机会"), backwards=True)
    desk.keyboard.press("Enter")
    carry_on(desk, "产线改造二期", "初步接触", "需求确认")


def leave_a_filter(page: Page) -> None:
    """The choice of a field opens with the panel, so one Escape leaves both."""
    narrow = page.get_by_role("button", name="筛选", exact=True)
    tab_to(page, narrow)
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="栏目")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("combobox", name="栏目")).to_be_hidden()
    expect(narrow).to_be_focused()


def carry_on(page: Page, deal: str, here: str, there: str) -> None:
    """From one column of the board to the next; a screen reader is told where the card is."""
    tab_to(page, page.get_by_role("radio", name="表格"))
    page.keyboard.press("ArrowRight")
    tab_to(page, page.locator(".board [role=group]", has_text=deal).last)
    page.wait_for_load_state("networkidle")  # columns move once their sums are known, and the card in hand with them
    told = page.locator("[id^=DndLiveRegion]").last
    page.keyboard.press("Space")
    expect(told).to_have_text(f"在“{here}”上方")
    page.keyboard.press("ArrowRight")
    expect(told).to_have_text(f"在“{there}”上方")
    page.keyboard.press("Space")
    expect(page.get_by_role("region", name=there, exact=True).locator(".board-card")).to_contain_text(deal)


def tab_to(page: Page, wanted: Locator, *, backwards: bool = False) -> None:
    """As often as it takes, within reason."""
    for _ in range(150):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        if wanted.evaluate("element => element === document.activeElement || element.contains(document.activeElement)"):
            return
    raise AssertionError(f"the keyboard never comes to {wanted}")
