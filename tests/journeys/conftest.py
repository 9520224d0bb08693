"""用户旅程: a real server and worker on a database of their own, and a browser that uses them as people do."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page

from zhike.testing.browser import chromium
from zhike.testing.databases import copied, named

HERE = Path(__file__).parent
LONGEST = [HERE, HERE.parents[1] / "zhike" / "project" / "tests"]
PATIENCE = 60
"""Seconds a busy machine may take for one step."""

SAVING = "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
"""What a browser tells whose owner pays for every byte."""

NIGHT = """
import os, sys
from datetime import timedelta
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhike.project.settings")
import django
django.setup()
from django.utils import timezone
from zhike.apps.customers.pool import run
run(timezone.now() + timedelta(days=int(sys.argv[1])))
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys take longest, then what starts programs: none is left for the end, when the other processor has nothing to do."""
    items.sort(key=lambda item: LONGEST.index(item.path.parent) if item.path.parent in LONGEST else len(LONGEST))


@dataclass
class Company:
    """An installation of its own, and the sign-ins of the people in it."""

    address: str
    settings: dict[str, str]

    def command(self, *words: str) -> str:
        """What `zhike …` prints in this installation."""
        done = subprocess.run([sys.executable, "-m", "zhike", *words], env=self.settings, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def night(self, days: int = 0) -> None:
        """What the worker does every night for the public pool, done as if it were so many days later."""
        done = subprocess.run([sys.executable, "-c", NIGHT, str(days)], env=self.settings, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    def add_person(self, name: str, role: str, department: str) -> str:
        """A new user's first password."""
        printed = self.command("user", "add", name, "--role", role, "--department", department)
        return printed.split("初始密码：")[1].split()[0]


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database as `zhike migrate` leaves it, of which every journey gets a copy."""
    address = copied()
    settings = {**os.environ, "ZHIKE_HOME": str(tmp_path_factory.mktemp("migrated")), "DATABASE_URL": address}
    Company("", settings).command("migrate")
    return named(address)


@pytest.fixture(scope="module")
def company(migrated: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    """An empty installation with server and worker; the demo company's roles, nobody's data."""
    home = tmp_path_factory.mktemp("company")
    port = _free_port()
    settings = {**os.environ, "ZHIKE_HOME": str(home), "DATABASE_URL": copied(migrated), "ZHIKE_PROCESSES": "1"}
    found = Company(f"http://127.0.0.1:{port}", settings)
    server = _started(settings, home / "serve.log", "serve", "--port", str(port))
    worker = _started(settings, home / "work.log", "work")
    try:
        _wait_for(found.address)
        yield found
    finally:
        for process in (server, worker):
            process.terminate()
            process.wait(PATIENCE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _started(settings: dict[str, str], log: Path, *words: str) -> subprocess.Popen[bytes]:
    with log.open("wb") as written:
        return subprocess.Popen([sys.executable, "-m", "zhike", *words], env=settings, stdout=written, stderr=written)


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            urlopen(f"{address}/healthz", timeout=5).close()
            return
        except (URLError, TimeoutError):
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.2)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


@pytest.fixture
def desktop(browser: Browser, company: Company) -> Iterator[Page]:
    with new_page(browser, company) as page:
        yield page


@pytest.fixture
def phone(browser: Browser, company: Company) -> Iterator[Page]:
    with new_page(browser, company, width=390, height=844) as page:
        yield page


@contextmanager
def new_page(browser: Browser, company: Company, *, width: int = 1440, height: int = 900) -> Iterator[Page]:
    """A browser nobody has used, of somebody who wants little motion; an error in the page's own script fails the journey.

    What is fetched ahead of need, and the files kept for days without a network, would cost each of them seconds of processor:
    that is for the journey on a phone.
    """
    context = browser.new_context(
        base_url=company.address, viewport={"width": width, "height": height}, locale="zh-CN", timezone_id="Asia/Shanghai",
        reduced_motion="reduce", service_workers="block",
    )  # fmt: skip
    context.add_init_script(SAVING)
    context.set_default_timeout(15_000)
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    yield page
    context.close()
    assert broken == []
