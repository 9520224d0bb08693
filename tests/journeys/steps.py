"""Steps that several journeys take."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from playwright.sync_api import Locator, Page, expect

NEW_PASSWORD = "Sunrise-Harbour-42"
PATIENCE = 60_000


def sign_in(page: Page, name: str, first_password: str) -> None:
    """With the first password, which must be changed at once."""
    _say_who(page, name, first_password)
    fields = page.locator("input[type=password]")
    expect(fields).to_have_count(3, timeout=PATIENCE)
    for place, text in enumerate((first_password, NEW_PASSWORD, NEW_PASSWORD)):
        fields.nth(place).fill(text)
    page.locator("button[type=submit]").click()
    expect(page.get_by_role("link", name="工作台").first).to_be_visible(timeout=PATIENCE)


def sign_in_again(page: Page, name: str, password: str = NEW_PASSWORD) -> None:
    """With the password of her own."""
    _say_who(page, name, password)
    expect(page.get_by_role("link", name="工作台").first).to_be_visible(timeout=PATIENCE)


def come_in(page: Page, name: str, first_password: str | None = None) -> None:
    """Signed in without the form, which other journeys go through; the first password is changed at once."""
    page.request.get("/api/v1/session")
    sent(page, "POST", "session", {"username": name, "password": first_password or NEW_PASSWORD})
    if first_password:
        sent(page, "POST", "session/password", {"old": first_password, "new": NEW_PASSWORD})


def _say_who(page: Page, name: str, password: str) -> None:
    page.goto("/")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码", exact=True).fill(password)
    page.get_by_role("button", name="登录", exact=True).click()


def choose(page: Page, label: str, option: str, *, inside: Locator | None = None) -> None:
    """Pick an option of a select by what people read, typing its name as they do where there are many."""
    field = (inside or page).get_by_label(label, exact=True).last
    field.click()
    if field.get_attribute("readonly") is None:
        field.fill(option)
    page.locator(".ant-select-dropdown:visible .ant-select-item-option", has_text=option).first.click()


def on_day(form: Locator, label: str, day: date) -> None:
    form.get_by_label(label).fill(day.isoformat())
    form.get_by_label(label).press("Tab")


def sent(page: Page, method: str, path: str, body: Any) -> Any:
    """What the server answers to a program that works in the name of whoever is signed in on this page."""
    token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "csrftoken")
    answer = page.request.fetch(f"/api/v1/{path}", method=method, data=body, headers={"X-CSRFToken": token})
    assert answer.ok, answer.text()
    return answer.json()


def take(page: Page, action: str) -> None:
    """An action: press it, and say yes where it wants to be sure. A filter of the list may have a name that begins alike."""
    page.get_by_role("button", name=action, exact=True).first.click()
    agree(page, action)


def agree(page: Page, action: str) -> None:
    """Press the button of the dialog that is open, and see it gone."""
    asked = page.get_by_role("dialog")
    asked.get_by_role("button", name=re.compile(action)).last.click()
    expect(asked).to_have_count(0, timeout=PATIENCE)


def drag(page: Page, what: Locator, where: Locator) -> None:
    """As a hand does it: press, move a little, move there, let go."""
    what.hover()
    start, end = what.bounding_box(), where.bounding_box()
    assert start is not None and end is not None
    page.mouse.down()
    page.mouse.move(start["x"] + 30, start["y"] + 30, steps=4)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + min(120, end["height"] / 2), steps=12)
    page.mouse.up()


def hear(page: Page, words: str) -> None:
    """Open the bell, and follow what it tells to the record it is about."""
    if page.url == "about:blank":
        page.goto("/")
    page.get_by_role("button", name=re.compile("^通知")).click()
    page.get_by_role("link", name=re.compile(re.escape(words))).first.click()
    expect(page.get_by_role("dialog")).to_have_count(0, timeout=PATIENCE)


def ask(page: Page, action: str) -> Locator:
    """Press the button of an action, and get the dialog with its questions."""
    page.get_by_role("button", name=action, exact=True).first.click()
    return page.get_by_role("dialog")


def stands(page: Page, state: str) -> None:
    """The record has come to this state, on its way or beside its name."""
    expect(page.locator(".path-now, .title-state", has_text=re.compile(f"^{state}$"))).to_have_count(1, timeout=PATIENCE)


def add_related(page: Page, label: str) -> Locator:
    """The form for a record that belongs to the one on the screen."""
    page.get_by_role("button", name=f"新建{label}", exact=True).first.click()
    form = page.locator(".form-drawer")
    expect(form.get_by_role("button", name="保存", exact=True)).to_be_visible(timeout=PATIENCE)
    return form


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


def save(form: Locator) -> None:
    form.get_by_role("button", name="保存", exact=True).click()
    expect(form).to_have_count(0, timeout=PATIENCE)
