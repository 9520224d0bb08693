"""Steps that several journeys take."""

from __future__ import annotations

from playwright.sync_api import Page, expect

NEW_PASSWORD = "Sunrise-Harbour-42"
PATIENCE = 60_000


def sign_in(page: Page, name: str, first_password: str) -> None:
    """With the first password, which must be changed at once."""
    page.goto("/")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码", exact=True).fill(first_password)
    page.get_by_role("button", name="登录").click()
    fields = page.locator("input[type=password]")
    expect(fields).to_have_count(3, timeout=PATIENCE)
    for place, text in enumerate((first_password, NEW_PASSWORD, NEW_PASSWORD)):
        fields.nth(place).fill(text)
    page.locator("button[type=submit]").click()
    expect(page.get_by_role("link", name="工作台").first).to_be_visible(timeout=PATIENCE)


def choose(page: Page, label: str, option: str) -> None:
    """Pick an option of a select by what people read."""
    page.get_by_label(label, exact=True).click()
    page.locator(".ant-select-item-option", has_text=option).first.click()
