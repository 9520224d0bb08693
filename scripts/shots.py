"""全部界面的截图: every screen as each role, desktop and phone, light and dark, from the demo company, into var/shots/.

WHO=wangsales,linmanager takes only their screens.
"""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / "var" / "shots"
DEVICES: dict[str, Any] = {
    "desktop": {"viewport": {"width": 1440, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2},
}
SHAPES = ("board", "calendar", "chart")
SIGN_IN = re.compile(r"用户名 (\S+)\s+密码 (\S+)")


def main() -> None:
    wanted = [name for name in os.environ.get("WHO", "").split(",") if name]
    with demo() as (address, people), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name, password in people.items():
            if not wanted or name in wanted:
                take_all(browser, address, name, password)
        browser.close()
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
    """What one person sees, on both devices and in both themes."""
    for device, size in DEVICES.items():
        for theme in ("light", "dark"):
            page = browser.new_page(base_url=address, locale="zh-CN", timezone_id="Asia/Shanghai", color_scheme=theme, **size)
            page.goto("/")
            page.get_by_label("用户名").fill(name)
            page.get_by_label("密码", exact=True).fill(password)
            page.keyboard.press("Enter")
            page.get_by_role("main").wait_for()
            folder = HOME / "pictures" / name / f"{device}-{theme}"
            for title, path in screens(page):
                take(page, path, folder / f"{title}.png")
            page.close()


def take(page: Page, path: str, file: Path) -> None:
    page.goto(path)
    try:
        page.wait_for_load_state("networkidle", timeout=5_000)
    except TimeoutError:
        print(f"still loading: {path}")
    page.wait_for_timeout(400)  # what moves comes to rest
    page.screenshot(path=file)


def screens(page: Page) -> Iterator[tuple[str, str]]:
    """Home, every list she has in each of its shapes, a record of each, and what else stands in the menu."""
    meta = page.request.get("/api/v1/meta").json()
    yield "home", "/"
    for collection, described in meta["objects"].items():
        if not described["menu"]:
            continue
        yield collection, f"/{collection}"
        for shape in SHAPES:
            yield f"{collection}-{shape}", f"/{collection}?view={shape}"
        for row in page.request.get(f"/api/v1/{collection}?limit=1&fields=id").json()["rows"]:
            yield f"{collection}-record", f"/{collection}/{row['id']}"
    for dashboard in meta["dashboards"]:
        yield f"dashboard-{dashboard['name']}", f"/dashboards/{dashboard['name']}"
    yield "imports", "/imports/new"
    yield "jobs", "/jobs"


if __name__ == "__main__":
    main()
