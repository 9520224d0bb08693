"""管理员的第一天: four spreadsheets of another system become products, customers, people and 8,800 opportunities."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Company
from tests.journeys.steps import PATIENCE, choose, come_in

FILES = Path(__file__).parents[1] / "data" / "maven_crm"
MAPPINGS = Path(__file__).parents[2] / "zhike" / "packs" / "company" / "mappings"


def test_four_spreadsheets_become_a_pipeline(desktop: Page, company: Company) -> None:
    come_in(desktop, "admin", company.add_person("admin", "管理员", "总部"))
    for collection, file in (("products", "products"), ("customers", "accounts"), ("people", "sales_teams")):
        upload(desktop, collection, file)
        use_mapping(desktop, file)
        run(desktop)
    upload(desktop, "opportunities", "sales_pipeline")
    see_misspelt_product_offered(desktop)
    use_mapping(desktop, "sales_pipeline")
    run(desktop)
    expect(desktop.locator(".counts")).to_contain_text("8,800")
    read_dashboard(desktop)
    open_incomplete(desktop)


def upload(page: Page, collection: str, file: str) -> None:
    page.goto(f"/imports/new?collection={collection}")
    page.locator("input[type=file]").set_input_files(FILES / f"{file}.csv")
    expect(page.get_by_role("heading", name="每一栏对应什么")).to_be_visible(timeout=PATIENCE)


def use_mapping(page: Page, file: str) -> None:
    """Take the mapping that comes along for this system."""
    saved = json.loads((MAPPINGS / f"maven_{file}.json").read_text(encoding="utf-8"))
    choose(page, "使用保存的对应关系", saved["name"])
    expect(page.locator(".wizard-foot .reason")).to_have_count(0, timeout=PATIENCE)


def see_misspelt_product_offered(page: Page) -> None:
    """GTXPro is offered as GTX Pro before anything is written."""
    unknown = page.locator(".unknown li", has_text="GTXPro")
    expect(unknown).to_contain_text("1,480 行", timeout=PATIENCE)
    unknown.get_by_role("button", name="就是“GTX Pro”").click()
    expect(unknown.get_by_role("button", name="就是“GTX Pro”")).to_have_count(0, timeout=PATIENCE)
    assert page.request.get("/api/v1/opportunities?limit=1").json()["rows"] == []


def run(page: Page) -> None:
    page.get_by_role("button", name="检查全部数据").click()
    expect(page.get_by_role("heading", name="检查完成，还没有写入任何数据")).to_be_visible(timeout=3 * PATIENCE)
    page.get_by_role("button", name="开始导入").click()
    expect(page.get_by_role("heading", name="导入完成")).to_be_visible(timeout=3 * PATIENCE)


def read_dashboard(page: Page) -> None:
    """Each number as the sheet adds up, and a click leads to the records behind it."""
    page.goto("/dashboards/sales")
    for shown in ("¥10,005,534", "4,238", "63.15%", "¥2,360.91"):
        expect(page.locator("main").get_by_text(shown, exact=True).first).to_be_visible(timeout=PATIENCE)
    page.locator("main").get_by_role("link", name="4,238", exact=True).first.click()
    expect(page.locator(".list-head")).to_contain_text("4,238", timeout=PATIENCE)


def open_incomplete(page: Page) -> None:
    """Those without an account are there, marked, and no customer was invented for them."""
    incomplete = json.dumps({"field": "incomplete", "op": "eq", "value": True})
    page.goto(f"/opportunities?filter={incomplete}")
    expect(page.locator(".list-head")).to_contain_text("1,425", timeout=PATIENCE)
    counted = page.request.get("/api/v1/customers?limit=1&total=1").json()
    assert counted["total"] == {"count": 85, "exact": True}
