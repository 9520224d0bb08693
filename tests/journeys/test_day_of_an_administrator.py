"""管理员的一天: a field the company needs is there without a line of code, and a changed role is in force at once."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Company, new_page
from tests.journeys.steps import PATIENCE, add, choose, sent, sign_in, sign_in_again

FIELD = "门店数量"
FILE = f"登记名称,{FIELD}\n滨江超市有限公司,12\n钱塘便利有限公司,48\n萧山百货有限公司,30\n"


@pytest.fixture(scope="module")
def passwords(company: Company) -> dict[str, str]:
    return {
        "admin": company.add_person("admin", "管理员", "总部"),
        "seller": company.add_person("seller", "销售", "华东分公司/杭州销售部"),
    }


def test_a_field_without_code_is_filled_in_imported_filtered_and_reported(desktop: Page, passwords: dict[str, str]) -> None:
    sign_in(desktop, "admin", passwords["admin"])
    add_field(desktop)
    see_it_on_the_form(desktop)
    import_a_column_of_it(desktop)
    filter_by_it(desktop)
    report_on_it(desktop)


def add_field(page: Page) -> None:
    """What a choice or a reference needs besides is asked only of these."""
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="自定义字段").click()
    page.get_by_role("button", name="新建自定义字段").first.click()
    form = page.get_by_role("dialog")
    form.get_by_label("名称", exact=True).first.fill(FIELD)
    choose(page, "对象", "客户", inside=form)
    choose(page, "类型", "引用", inside=form)
    expect(form.get_by_label("引用的对象")).to_be_visible()
    choose(page, "类型", "整数", inside=form)
    expect(form.get_by_label("引用的对象")).to_have_count(0)
    form.get_by_role("button", name="保存").click()
    expect(form).to_have_count(0, timeout=PATIENCE)


def see_it_on_the_form(page: Page) -> None:
    """There without signing in again or loading the page anew."""
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="客户", exact=True).click()
    page.get_by_role("button", name="新建客户").first.click()
    form = page.get_by_role("dialog")
    form.get_by_label("登记名称").fill("临安山货行有限公司")
    form.get_by_label(FIELD).fill("7")
    form.get_by_role("button", name="保存").click()
    expect(form).to_have_count(0, timeout=PATIENCE)
    [row] = sent(page, "GET", "customers?q=临安山货行", None)["rows"]
    record = sent(page, "GET", f"customers/{row['id']}", None)
    assert record["x_mendianshuliang"] == 7


def import_a_column_of_it(page: Page) -> None:
    page.goto("/imports/new?collection=customers")
    page.locator("input[type=file]").set_input_files({"name": "门店.csv", "mimeType": "text/csv", "buffer": FILE.encode()})
    expect(page.get_by_role("heading", name="每一栏对应什么")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="检查全部数据").click()
    expect(page.get_by_role("heading", name="检查完成，还没有写入任何数据")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="开始导入").click()
    expect(page.get_by_role("heading", name="导入完成")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".counts")).to_contain_text("3")


def filter_by_it(page: Page) -> None:
    """The condition stands in the address, readable above the list, and finds the shops of twenty branches and more."""
    condition = json.dumps({"field": "x_mendianshuliang", "op": "gte", "value": 20})
    page.goto(f"/customers?filter={quote(condition)}")
    grid = page.get_by_role("grid")
    for name in ("钱塘便利有限公司", "萧山百货有限公司"):
        expect(grid.get_by_role("link", name=name)).to_be_visible(timeout=PATIENCE)
    expect(grid.get_by_role("link", name="滨江超市有限公司")).to_have_count(0)
    expect(page.get_by_role("group", name="筛选条件")).to_contain_text(FIELD)


def report_on_it(page: Page) -> None:
    page.goto("/reports/new?collection=customers")
    design = page.get_by_role("form", name="报表设计")
    design.get_by_role("radio", name="表格").click()
    choose(page, "指标", f"{FIELD} · 合计", inside=design)
    total = page.locator(".sheet-report tfoot").get_by_role("cell").last
    expect(total).to_have_text("97", timeout=PATIENCE)


def test_a_stage_takes_the_name_the_company_has_for_it_and_another_is_given_up(desktop: Page, passwords: dict[str, str]) -> None:
    """Typed over and sent by one key, once; a stage nobody needs leads nowhere any more."""
    sign_in_again(desktop, "admin")
    desktop.goto("/settings/options?set=opportunities.stage")
    name = desktop.get_by_role("textbox", name="“需求确认”的名称")
    name.fill("需求调研")
    refused: list[int] = []
    desktop.on("response", lambda answer: refused.append(answer.status) if answer.status >= 400 else None)
    name.press("Enter")
    expect(desktop.get_by_role("textbox", name="“需求调研”的名称")).to_be_visible(timeout=PATIENCE)
    given_up = desktop.locator(".options li", has=desktop.get_by_role("textbox", name="“方案报价”的名称"))
    given_up.get_by_role("button", name="停用", exact=True).click()
    desktop.get_by_role("dialog").get_by_role("button", name="停用", exact=True).click()
    expect(given_up.get_by_role("button", name="恢复使用")).to_be_visible(timeout=PATIENCE)
    add(desktop, "opportunities", name="设备更新", customer=add(desktop, "customers", name="杭州新岸科技有限公司"))
    desktop.goto("/opportunities?view=board")
    names = ["初步接触", "需求调研", "商务谈判"]
    expect(desktop.locator(".board section h2")).to_contain_text([*names, "赢单", "输单"], timeout=PATIENCE)
    assert refused == []


def test_a_changed_role_is_in_force_in_a_browser_that_stays_open(
    desktop: Page, browser: Browser, company: Company, passwords: dict[str, str]
) -> None:
    sign_in(desktop, "seller", passwords["seller"])
    desktop.get_by_role("navigation", name="主菜单").get_by_role("link", name="客户", exact=True).click()
    expect(desktop.get_by_text("临安山货行有限公司")).to_have_count(0)
    menu = desktop.get_by_role("navigation", name="主菜单")
    expect(menu.get_by_role("link", name="线索", exact=True)).to_be_visible()
    with new_page(browser, company) as office:
        sign_in_again(office, "admin")
        grant(office, "leads", "view", "none")
        expect(menu.get_by_role("link", name="线索", exact=True)).to_have_count(0, timeout=PATIENCE)
        grant(office, "customers", "view", "all")
    expect(desktop.get_by_role("grid").get_by_role("link", name="临安山货行有限公司")).to_be_visible(timeout=PATIENCE)


def grant(page: Page, collection: str, verb: str, reach: str) -> None:
    [role] = [row for row in sent(page, "GET", "roles?limit=200", None)["rows"] if row["name"] == "销售"]
    sent(page, "POST", f"roles/{role['id']}/grant", {"collection": collection, "verb": verb, "reach": reach})
