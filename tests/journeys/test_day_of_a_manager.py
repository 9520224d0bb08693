"""经理的一天: a figure is looked into, customers go to another colleague, and a weekly question becomes a report by clicking."""

from __future__ import annotations

import re
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Download, Page, expect
from python_calamine import CalamineWorkbook

from tests.journeys.conftest import Company
from tests.journeys.steps import PATIENCE, choose, come_in, sent, sign_in

LEAVING, STAYING = "周晓岚", "林浩"
WON = ((LEAVING, "2026-03-10", "100000"), (LEAVING, "2026-04-12", "50000"), (STAYING, "2026-04-20", "30000"))
REPORT = "每人每月成交"


@pytest.mark.covers("P-25", "G-29")
def test_a_figure_is_looked_into_work_changes_hands_and_a_report_is_built(desktop: Page, company: Company) -> None:
    first_password = company.add_person("manager", "部门经理", "华东分公司")
    come_in(desktop, "admin", company.add_person("admin", "管理员", "总部"))
    half_a_year_of_work(desktop)
    desktop.context.clear_cookies()
    sign_in(desktop, "manager", first_password)
    look_into_figure(desktop)
    hand_over_all_but_the_tasks(desktop)
    read_history(desktop)
    build_report(desktop)
    draw_it_otherwise(desktop)
    drill_to_the_deals(desktop)
    take_it_away(desktop)
    pin_it(desktop)
    arrange_a_page_of_her_own(desktop)


def half_a_year_of_work(page: Page) -> None:
    """Two salespeople in her branch: three deals won, and three customers of one of them with an open deal and a task."""
    [branch] = sent(page, "GET", "departments?q=华东分公司", None)["rows"]
    team = sent(page, "POST", "departments", {"name": "杭州销售部", "parent": branch["id"]})
    staff = {name: person(page, name, team["id"]) for name in (LEAVING, STAYING)}
    for at, (name, day, amount) in enumerate(WON):
        deal = sent(
            page, "POST", "opportunities", {"name": f"已签约 {at + 1}", "customer": customer(page, f"老客户{at + 1}有限公司")}
        )
        sent(page, "POST", f"opportunities/{deal['id']}/win", {"closed_on": day, "amount": amount})
        sent(page, "POST", f"opportunities/{deal['id']}/transfer", {"owner": staff[name]})
    moving = [customer(page, f"{name}机电有限公司") for name in ("钱江", "西溪", "良渚")]
    sent(page, "POST", "opportunities", {"name": "钱江扩容", "customer": moving[0], "amount": "80000"})
    sent(page, "POST", "tasks", {"subject": "发送续约报价", "due_on": "2030-01-15", "customer": moving[0]})
    asked = {"ids": moving, "transfer": staff[LEAVING], "along": ["opportunities", "tasks"]}
    assert sent(page, "POST", "customers/bulk", asked)["done"] == 3


def person(page: Page, name: str, department: int) -> int:
    roles = [row["id"] for row in sent(page, "GET", "roles?limit=200", None)["rows"] if row["name"] == "销售"]
    made = sent(page, "POST", "people", {"name": name, "username": name, "department": department, "roles": roles})
    return int(made["id"])


def customer(page: Page, name: str) -> int:
    return int(sent(page, "POST", "customers?duplicates=allow", {"name": name})["id"])


def look_into_figure(page: Page) -> None:
    page.get_by_role("link", name="仪表盘").click()
    page.get_by_role("link", name="销售概览").click()
    page.get_by_role("region", name="赢单数", exact=True).get_by_role("link", name="3", exact=True).click()
    for at in (1, 2, 3):
        expect(page.get_by_role("grid").get_by_role("link", name=f"已签约 {at}", exact=True)).to_be_visible(timeout=PATIENCE)


def hand_over_all_but_the_tasks(page: Page) -> None:
    """Shown how many before it is done; what goes along is hers to choose."""
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="客户", exact=True).click()
    for name in ("钱江", "西溪", "良渚"):
        page.get_by_role("checkbox", name=f"选择{name}机电有限公司").check()
    bulk = page.get_by_role("region", name="批量操作")
    expect(bulk).to_contain_text("已选 3 条")
    bulk.get_by_role("button", name="转交").click()
    asked = page.get_by_role("dialog")
    choose(page, "新的负责人", STAYING, inside=asked)
    expect(asked).to_contain_text("将处理 3 条", timeout=PATIENCE)
    expect(asked.get_by_role("checkbox", name="销售机会 1 条")).to_be_checked()
    asked.get_by_role("checkbox", name="任务 1 条").uncheck()
    asked.get_by_role("button", name="批量转交 3 条").click()
    expect(page.get_by_text("批量转交完成：3 条")).to_be_visible(timeout=PATIENCE)
    owners = {c: owner_of(page, c, title) for c, title in (("opportunities", "钱江扩容"), ("tasks", "发送续约报价"))}
    assert owners == {"opportunities": STAYING, "tasks": LEAVING}


def owner_of(page: Page, collection: str, title: str) -> str:
    [row] = sent(page, "GET", f"{collection}?q={title}&fields=owner", None)["rows"]
    return str(row["owner"]["label"])


def read_history(page: Page) -> None:
    """Who it was before, who it is now, and who decided so."""
    page.get_by_role("grid").get_by_role("link", name="钱江机电有限公司").click()
    entry = page.locator("#history li", has_text="负责人").first
    expect(entry).to_contain_text("manager 转交", timeout=PATIENCE)
    expect(entry).to_contain_text(f"{LEAVING} → {STAYING}")


def build_report(page: Page) -> None:
    """Persons by months, put together by clicking."""
    page.get_by_role("link", name="报表", exact=True).first.click()
    page.get_by_role("button", name="新建报表").click()
    choose(page, "统计对象", "销售机会")
    design = page.get_by_role("form", name="报表设计")
    design.get_by_role("radio", name="交叉表").click()
    for label, option in (("行分组", "负责人"), ("列分组", "关闭日期（按月）"), ("指标", "成交金额 · 合计")):
        choose(page, label, option, inside=design)
        page.keyboard.press("Escape")
    page.get_by_label("报表名称").fill(REPORT)
    figures = {(LEAVING, 0): "¥100,000", (LEAVING, 1): "¥50,000", (STAYING, 1): "¥30,000", ("合计", -1): "¥180,000"}
    for (name, at), amount in figures.items():
        expect(cell(page, name, at)).to_have_text(amount, timeout=PATIENCE)


DRAWN = "document.querySelector('.drawing canvas')?.toDataURL() ?? ''"
PICTURES = ("柱形图", "堆积图", "折线图", "面积图", "饼图", "漏斗图", "热力图")


def draw_it_otherwise(page: Page) -> None:
    """The same figures in every picture, each of which looks otherwise; then as a number and as tables again."""
    design = page.get_by_role("form", name="报表设计")
    seen: set[str] = set()
    for picture in PICTURES:
        design.get_by_role("radio", name=picture).click()
        page.wait_for_function(f"seen => {{ const now = {DRAWN}; return now && !seen.includes(now); }}", arg=list(seen))
        page.wait_for_timeout(500)  # until the picture has stopped growing
        seen.add(str(page.evaluate(DRAWN)))
    assert len(seen) == len(PICTURES)
    design.get_by_role("radio", name="仪表").click()
    expect(page.get_by_text("填写目标值后，按完成的多少画成仪表")).to_be_visible(timeout=PATIENCE)
    design.get_by_role("radio", name="省份地图").click()
    expect(page.get_by_text("省份地图需要把地址（按省）单独放在行分组")).to_be_visible()
    design.get_by_role("radio", name="数字", exact=True).click()
    expect(page.locator(".big-figure")).to_have_text("¥180,000", timeout=PATIENCE)
    for table in ("表格", "交叉表"):
        design.get_by_role("radio", name=table, exact=True).click()
        expect(cell(page, LEAVING, -1)).to_have_text("¥150,000", timeout=PATIENCE)


def drill_to_the_deals(page: Page) -> None:
    """Kept under its name; a figure of it leads to the records it was counted from, and back."""
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("heading", name=REPORT)).to_be_visible(timeout=PATIENCE)
    cell(page, LEAVING, 0).get_by_role("link").click()
    grid = page.get_by_role("grid")
    expect(grid.get_by_role("link", name="已签约 1", exact=True)).to_be_visible(timeout=PATIENCE)
    expect(grid.get_by_role("link", name="已签约 2", exact=True)).to_have_count(0)
    page.go_back()


def take_it_away(page: Page) -> None:
    """As a picture, though it is a table; as a spreadsheet with the same figures; on paper without what surrounds it."""
    page.get_by_role("button", name="更多操作").click()
    with page.expect_download() as taken:
        page.get_by_role("menuitem", name="保存图片（PNG）").click()
    assert (taken.value.suggested_filename, len(colours(taken.value)) > 20) == (f"{REPORT}.png", True)
    page.get_by_role("button", name="更多操作").click()
    page.get_by_role("menuitem", name="导出 Excel").click()
    with page.expect_download() as taken:
        page.get_by_role("dialog").get_by_role("link", name=re.compile("下载")).click(timeout=PATIENCE)
    rows = CalamineWorkbook.from_path(str(taken.value.path())).get_sheet_by_index(0).to_python()
    assert {row[0]: (row[1], row[2], row[-1]) for row in rows[1:3]} == {LEAVING: (1e5, 5e4, 15e4), STAYING: ("", 3e4, 3e4)}
    page.keyboard.press("Escape")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="主菜单")).to_be_hidden()
    expect(page.locator(".sheet-report")).to_be_visible()
    page.emulate_media(media="screen")


def colours(picture: Download) -> Any:
    """What a drawn page has many of and an empty sheet of paper one."""
    return Image.open(picture.path()).getcolors(1 << 20) or []


def pin_it(page: Page) -> None:
    """On a dashboard of hers, and on the desk she begins the day with."""
    pin(page, "新建仪表盘", "已放到仪表盘", name="周一例会")
    expect(page.get_by_role("heading", name="周一例会")).to_be_visible(timeout=PATIENCE)
    expect(cell(page, "合计", -1)).to_have_text("¥180,000", timeout=PATIENCE)
    page.locator(".dash-card-head").get_by_role("link", name=REPORT).click()
    pin(page, "我的工作台", "已放到工作台")
    pinned = page.get_by_role("region", name=REPORT, exact=True)
    expect(pinned.locator("tr", has_text="合计").last.get_by_role("cell").last).to_have_text("¥180,000", timeout=PATIENCE)
    page.reload()
    expect(pinned).to_be_visible(timeout=PATIENCE)


def arrange_a_page_of_her_own(page: Page) -> None:
    """A copy of a ready-made page takes another name and another order by keys alone; what is kept is shown and stays."""
    page.goto("/dashboards/rivals")
    page.get_by_role("button", name="更多操作").click()
    page.get_by_role("menuitem", name="复制为我的仪表盘").click()
    page.get_by_role("dialog").get_by_role("button", name="新建", exact=True).click()
    page.get_by_label("仪表盘名称").fill("对手周报")
    first = page.locator(".arranged", has=page.get_by_role("region", name="赢单率", exact=True))
    first.get_by_role("button", name="移动卡片").press("ArrowDown")
    page.get_by_role("button", name="保存布局").click()
    for _ in range(2):
        expect(page.get_by_role("heading", name="对手周报")).to_be_visible(timeout=PATIENCE)
        expect(page.get_by_role("button", name="保存布局")).to_have_count(0)
        expect(page.locator(".dash-grid h2").first).to_have_text("对手交锋：赢单与输单")
        page.reload()


def pin(page: Page, where: str, told: str, *, name: str = "") -> None:
    page.get_by_role("button", name="更多操作").click()
    page.get_by_role("menuitem", name="放到工作台或仪表盘…").click()
    asked = page.get_by_role("dialog")
    choose(page, "放到哪里", where, inside=asked)
    if name:
        asked.get_by_label("名称").fill(name)
    asked.get_by_role("button", name="放上").click()
    page.locator(".toast", has_text=told).get_by_role("link", name="查看").click()


def cell(page: Page, name: str, at: int) -> Any:
    return page.locator(".sheet-report tr", has_text=name).last.get_by_role("cell").nth(at)
