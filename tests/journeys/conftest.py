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
from itertools import count
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import psycopg
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

_numbers = count(1)
PATIENCE = 60
"""Seconds a busy machine may take for one step."""


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

    def add_person(self, name: str, role: str, department: str) -> str:
        """A new user's first password."""
        printed = self.command("user", "add", name, "--role", role, "--department", department)
        return printed.split("初始密码：")[1].split()[0]


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database as `zhike migrate` leaves it, of which every journey gets a copy."""
    name = _name()
    settings = {**os.environ, "ZHIKE_HOME": str(tmp_path_factory.mktemp("migrated")), "DATABASE_URL": _created(name)}
    Company("", settings).command("migrate")
    return name


@pytest.fixture(scope="module")
def company(migrated: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    """An empty installation with server and worker; the demo company's roles, nobody's data."""
    home = tmp_path_factory.mktemp("company")
    port = _free_port()
    settings = {**os.environ, "ZHIKE_HOME": str(home), "DATABASE_URL": _created(_name(), migrated)}
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


def _name() -> str:
    return f"journeys_{os.getpid()}_{next(_numbers)}"


def _created(name: str, template: str = "template1") -> str:
    """The address of a new database beside the tests' own: a journey commits, and a server sees only what is committed."""
    server = os.environ["DATABASE_URL"]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    parts = psycopg.conninfo.conninfo_to_dict(server)
    return _address(parts | {"dbname": name})


def _address(parts: dict[str, Any]) -> str:
    host = str(parts["host"]).replace("/", "%2F")
    password = f":{parts['password']}" if parts.get("password") else ""
    return f"postgresql://{parts['user']}{password}@{host}:{parts.get('port', 5432)}/{parts['dbname']}"


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
        except URLError:
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.2)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield chromium
        chromium.close()


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
    """A browser nobody has used; an error in the page's own script fails the journey."""
    context = browser.new_context(
        base_url=company.address, viewport={"width": width, "height": height}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    yield page
    context.close()
    assert broken == []
