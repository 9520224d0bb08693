"""说英语的一天: whoever switches to English reads it on every screen, and only what people entered stays as they wrote it."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Company
from tests.journeys.steps import PATIENCE, sign_in

FILES = Path(__file__).parents[1] / "data" / "maven_crm"
CHINESE = re.compile("[㐀-鿿、。，；：！？（）]")
ENTERED = {"华远机械", "总部", "管理员"}
"""The customer, the department and the role: data, whatever the language. A list tells the department in brackets."""

# Every text that is drawn, and every text that is read aloud or shown on pointing.
READ = """() => {
  const read = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) read.push(walker.currentNode.textContent.trim());
  for (const name of ["aria-label", "title", "placeholder", "alt"])
    for (const element of document.querySelectorAll(`[${name}]`)) read.push(element.getAttribute(name));
  return [...read, document.title];
}"""
ADD = """async (name) => {
  const token = /csrftoken=([^;]*)/.exec(document.cookie)[1];
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const answer = await fetch("/api/v1/customers", { method: "POST", headers, body: JSON.stringify({ name, type: "prospect" }) });
  return (await answer.json()).id;
}"""


def test_every_screen_is_in_english_and_back_in_chinese(desktop: Page, company: Company) -> None:
    sign_in(desktop, "admin", company.add_person("admin", "管理员", "总部"))
    record = desktop.evaluate(ADD, "华远机械")
    speak(desktop, "账号：admin", "English", "en")
    for address in ("/", "/customers", "/leads?view=board", "/tasks?view=calendar", "/search?q=none", "/reports", "/dashboards"):
        look(desktop, address)
    look(desktop, f"/customers/{record}")
    fill_in_a_form(desktop)
    begin_an_import(desktop)
    for address in ("/people", "/roles", "/extra-fields", "/jobs", "/nowhere/at/all"):
        look(desktop, address)
    speak(desktop, "Account: admin", "中文", "zh-CN")
    expect(desktop.get_by_role("link", name="工作台").first).to_be_visible(timeout=PATIENCE)


def speak(page: Page, account: str, language: str, code: str) -> None:
    page.get_by_role("button", name=account).click()
    page.get_by_role("menuitem", name=language).click()
    expect(page.locator("html")).to_have_attribute("lang", code, timeout=PATIENCE)
    expect(page.locator(".topbar")).to_be_visible(timeout=PATIENCE)


def look(page: Page, address: str) -> None:
    """Open a screen, wait until it has drawn everything, and read it."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert untranslated(page) == [], address


def untranslated(page: Page) -> list[str]:
    known = re.compile("|".join(ENTERED))
    return [text for text in page.evaluate(READ) if CHINESE.search(known.sub("", text or ""))]


def fill_in_a_form(page: Page) -> None:
    """What is required is asked for in English, beside the field."""
    page.goto("/customers")
    page.get_by_role("button", name="New account").first.click()
    form = page.locator(".form-drawer")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_text("is required").first).to_be_visible(timeout=PATIENCE)
    assert untranslated(page) == []


def begin_an_import(page: Page) -> None:
    page.goto("/imports/new?collection=customers")
    page.locator("input[type=file]").set_input_files(FILES / "accounts.csv")
    expect(page.get_by_role("heading", name="Map each column")).to_be_visible(timeout=PATIENCE)
    assert untranslated(page) == []
