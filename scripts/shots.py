"""全部界面的截图: every screen as each role, desktop and phone, light and dark, from the demo company, into var/shots/.

WHO=wangsales,linmanager takes only their screens, ONLY=customers only those with that in their name, ON=phone-dark
only what is called so; TALL=1 shows what lies below the fold; TO=folder puts the pictures and their company elsewhere.
"""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Page, TimeoutError

from zhike.testing.browser import chromium

ROOT = Path(__file__).resolve().parents[1]
HOME = Path(os.environ.get("TO") or ROOT / "var" / "shots")
TALLER = 2 if os.environ.get("TALL") else 1
DEVICES: dict[str, Any] = {
    "desktop": {"viewport": {"width": 1440, "height": 900 * TALLER}},
    "phone": {"viewport": {"width": 360, "height": 780 * TALLER}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2},
}
SHAPES = {"board": {"choice", "state"}, "calendar": {"date", "datetime"}, "chart": {"choice", "state"}}
"""The shapes of a list beside the table, and the kinds of field of which each needs one."""
OTHERS = {
    "home": "/", "approvals": "/approvals", "deadlines": "/deadlines", "dashboards": "/dashboards", "reports": "/reports",
    "reports-new": "/reports/new", "search": "/search?q=机械", "imports": "/imports/new", "jobs": "/jobs",
    "security": "/account/security", "settings": "/settings", "nowhere": "/nowhere/at/all",
}  # fmt: skip
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WANTED, ON = os.environ.get("ONLY", ""), os.environ.get("ON", "")
COUNTED = """() => {
  const asked = window.fetch;
  window.underway = 0;
  window.fetch = (...all) => { window.underway += 1; return asked(...all).finally(() => { window.underway -= 1; }); };
}"""
"""Said to each page before anything runs in it: how many answers it still waits for."""
AT_REST = """() => {
  const waits = window.underway > 0 || document.querySelector('.skeleton, .control-skeleton, .blank, .grid-waiting');
  const endless = ({ effect }) => effect?.getTiming().iterations === Infinity;
  const moves = document.getAnimations().some(each => each.playState === 'running' && !endless(each));
  window.still = waits || moves ? 0 : (window.still ?? 0) + 1;
  return window.still > 9;
}"""
"""Asked at each frame: nothing is waited for and nothing moves, ten times in a row."""
GO = "to => { history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate')); }"
SIGN_IN = re.compile(r"用户名 (\S+)\s+密码 (\S+)")


def main() -> None:
    wanted = [name for name in os.environ.get("WHO", "").split(",") if name]
    with demo() as (address, people), chromium() as browser:
        for name, password in people.items():
            if not wanted or name in wanted:
                take_all(browser, address, name, password)
    print(HOME / "pictures")


@contextmanager
def demo() -> Iterator[tuple[str, dict[str, str]]]:
    """A demo company of its own, its address, and the passwords by name."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"ZHIKE_HOME": str(HOME), "ZHIKE_PORT": str(port)}
    command = [sys.executable, "-m", "zhike", "demo"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        people: dict[str, str] = {}
        for line in process.stdout or ():
            if found := SIGN_IN.search(line):
                people[found[1]] = found[2]
            if "Ctrl-C" in line:
                break
        yield f"http://127.0.0.1:{port}", people
    finally:
        process.terminate()
        process.wait()


def take_all(browser: Browser, address: str, name: str, password: str) -> None:
    """What one person sees, on both devices and in both themes, signed in once."""
    signed_in: Any = None
    for device, size in DEVICES.items():
        themes = [theme for theme in THEMES if ON in f"{device}-{theme}"]
        if not themes:
            continue
        seen_as: Any = size | {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "reduced_motion": "reduce"}
        context = browser.new_context(base_url=address, storage_state=signed_in, **seen_as)
        context.add_init_script(f"({COUNTED})()")
        page = context.new_page()
        page.goto("/")
        if not signed_in:
            sign_in(page, name, password)
        page.locator(".topbar").wait_for()
        signed_in = context.storage_state()
        for title, path in screens(page):
            if WANTED in title:
                open_screen(page, path)
                take(page, HOME / "pictures" / name, device, themes, title)
        context.close()


def sign_in(page: Page, name: str, password: str) -> None:
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码", exact=True).fill(password)
    page.keyboard.press("Enter")


def take(page: Page, folder: Path, device: str, themes: list[Literal["light", "dark"]], title: str) -> None:
    """One screen in each theme."""
    for theme in themes:
        page.emulate_media(color_scheme=theme)
        settle(page, title)
        page.screenshot(path=folder / f"{device}-{theme}" / f"{title}.png")


def open_screen(page: Page, path: str) -> None:
    """Gone to within the application, until nothing is waited for any more."""
    if page.locator(".ant-drawer-open").count():
        page.keyboard.press("Escape")  # a form stays until somebody closes it
    page.evaluate(GO, path)
    settle(page, path)


def settle(page: Page, what: str) -> None:
    try:
        page.evaluate("window.still = 0")
        page.wait_for_function(AT_REST, timeout=8_000)
    except TimeoutError:
        print(f"still waiting: {what}")


def screens(page: Page) -> Iterator[tuple[str, str]]:
    """Home, every list she has in each of its shapes, a record and the form of each, settings, and what else there is."""
    meta = page.request.get("/api/v1/meta").json()
    yield from OTHERS.items()
    for collection, described in meta["objects"].items():
        if described["menu"]:
            yield from of_object(page, collection, described)
    for dashboard in meta["dashboards"]:
        yield f"dashboard-{dashboard['name']}", f"/dashboards/{dashboard['name']}"
    open_screen(page, "/settings")
    places = page.locator(".settings-places a").evaluate_all("all => all.map(each => each.getAttribute('href'))")
    for path in places:  # read before the first of them is gone to
        name = path.strip("/")
        if name in meta["objects"] and not meta["objects"][name]["menu"]:
            yield from of_object(page, name, meta["objects"][name])
        elif path.startswith("/settings/"):
            yield name.replace("/", "-"), path


def of_object(page: Page, collection: str, described: Any) -> Iterator[tuple[str, str]]:
    """A list in its shapes, the first record, and what is filled in for a new one."""
    kinds = {field["kind"] for field in described["fields"] if not field["name"].endswith("_at")}
    yield collection, f"/{collection}"
    for shape, needed in SHAPES.items():
        if kinds & needed:
            yield f"{collection}-{shape}", f"/{collection}?view={shape}"
    for row in page.request.get(f"/api/v1/{collection}?limit=1&fields=id").json()["rows"]:
        yield f"{collection}-record", f"/{collection}/{row['id']}"
    if described["may"]["add"] != "none":
        yield f"{collection}-form", f"/{collection}/new"


if __name__ == "__main__":
    main()
