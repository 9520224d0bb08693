"""说英语的一天: whoever switches to English reads it on every screen, and only what people entered stays as they wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Company
from tests.journeys.steps import PATIENCE, choose, sent, sign_in

FILES = Path(__file__).parents[1] / "data" / "maven_crm"
CHINESE = re.compile("[㐀-鿿、。，；：！？（）]")
CUSTOMER = "Huayuan Machinery"
# Every text that is drawn, and every text that is read aloud or shown on pointing.
READ = """() => {
  const read = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode())
    if (!walker.currentNode.parentElement.closest("script, style")) read.push(walker.currentNode.textContent.trim());
  for (const name of ["aria-label", "aria-description", "aria-roledescription", "title", "placeholder", "alt"])
    for (const element of document.querySelectorAll(`[${name}]`)) read.push(element.getAttribute(name));
  return read;
}"""
GO = "to => { history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate')); }"
WAITING = ".skeleton, .control-skeleton, .blank, .grid-waiting"
LISTS = ("/customers", "/leads?view=board", "/tasks?view=calendar", "/opportunities?view=chart", "/customers?group=level,owner")
OTHERS = ("/search?q=none", "/reports", "/dashboards", "/dashboards/sales", "/approvals", "/jobs", "/account/security")
NOWHERE = "/nowhere/at/all"
WRITTEN_THERE = {"/settings/options", "/settings/layouts"}
"""Where an administrator writes the words herself, in the language of the house."""


def test_a_day_in_english_and_back_in_chinese(desktop: Page, company: Company) -> None:
    sign_in(desktop, "admin", company.add_person("admin", "管理员", "总部"))
    speak(desktop, "账号：admin", "English", "en")
    register_a_customer(desktop)
    talk_to_it(desktop)
    entered = what_people_entered(desktop)
    record = desktop.url.split("/")[-1]
    assert chinese_on(desktop, entered) == []
    found = {address: left for address in addresses(desktop, record) if (left := untranslated(desktop, address, entered))}
    assert found == {}
    put_a_report_together(desktop, entered)
    begin_an_import(desktop, entered)
    speak(desktop, "Account: admin", "中文", "zh-CN")
    expect(desktop.get_by_role("link", name="工作台").first).to_be_visible(timeout=PATIENCE)


def register_a_customer(page: Page) -> None:
    """What is required is asked for beside the field."""
    page.goto("/customers")
    page.get_by_role("button", name="New account").first.click()
    form = page.locator(".form-drawer")
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.get_by_text("is required").first).to_be_visible(timeout=PATIENCE)
    assert chinese_on(page, what_people_entered(page)) == []
    form.get_by_label("Registered name").fill(CUSTOMER)
    form.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Open", exact=True).click()
    expect(page.get_by_role("heading", name=CUSTOMER)).to_be_visible(timeout=PATIENCE)


def talk_to_it(page: Page) -> None:
    """What was said stands on its page, and what is to be done next."""
    box = page.get_by_role("form", name="Log activity")
    box.get_by_label("What was said").fill("Called, they want an offer")
    box.get_by_role("button", name="Log", exact=True).click()
    expect(page.locator(".timeline").get_by_text("Called, they want an offer")).to_be_visible(timeout=PATIENCE)


def speak(page: Page, account: str, language: str, code: str) -> None:
    page.get_by_role("button", name=account).click()
    page.get_by_role("menuitem", name=language).click()
    expect(page.locator("html")).to_have_attribute("lang", code, timeout=PATIENCE)
    expect(page.locator(".topbar")).to_be_visible(timeout=PATIENCE)


def what_people_entered(page: Page) -> list[str]:
    """Every Chinese text in the records she may see, the longest first: names, descriptions, words of her colleagues."""
    found = set(texts(sent(page, "GET", "import-mappings", None)))
    for collection in sent(page, "GET", "meta", None)["objects"]:
        found |= set(texts(sent(page, "GET", f"{collection}?limit=200", None)["rows"]))
    return sorted((text for text in found if CHINESE.search(text)), key=len, reverse=True)


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)


def addresses(page: Page, record: str) -> Iterator[str]:
    yield from ("/", *LISTS, f"/customers/{record}", *OTHERS)
    page.goto("/settings")
    places = page.locator(".settings-places a")
    expect(places.first).to_be_visible(timeout=PATIENCE)
    found = [str(place.get_attribute("href")) for place in places.all()]
    yield from ["/settings", *(address for address in found if address not in WRITTEN_THERE)]


def untranslated(page: Page, address: str, entered: list[str]) -> list[str]:
    """Open a screen, wait until it has drawn everything, and read it."""
    nowhere = page.get_by_text("Page not found")
    page.evaluate(GO, NOWHERE)
    expect(nowhere).to_be_visible(timeout=PATIENCE)
    page.evaluate(GO, address)
    expect(nowhere).to_have_count(0)
    expect(page.locator("main h1, main strong").first).to_be_visible(timeout=PATIENCE)
    expect(page.locator(WAITING)).to_have_count(0, timeout=PATIENCE)
    return chinese_on(page, entered)


def chinese_on(page: Page, entered: list[str]) -> list[str]:
    known = re.compile("|".join(map(re.escape, entered)))
    return sorted({text for text in page.evaluate(READ) if CHINESE.search(known.sub("", text or ""))})


def put_a_report_together(page: Page, entered: list[str]) -> None:
    page.goto("/reports/new?collection=customers")
    design = page.get_by_role("form", name="Report designer")
    choose(page, "Row groups", "Account type", inside=design)
    page.keyboard.press("Escape")
    expect(page.locator(".report-view").get_by_text("Prospect").first).to_be_attached(timeout=PATIENCE)
    assert chinese_on(page, entered) == []


def begin_an_import(page: Page, entered: list[str]) -> None:
    page.goto("/imports/new?collection=customers")
    page.locator("input[type=file]").set_input_files(FILES / "accounts.csv")
    expect(page.get_by_role("heading", name="Map each column")).to_be_visible(timeout=PATIENCE)
    assert chinese_on(page, entered) == []
