"""An installation that is killed piece by piece and put together again."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from zhike.project.embedded import Embedded

START_UP = 60


class Process:
    """One command of the product; started again after it was killed."""

    def __init__(self, name: str, words: list[str], settings: dict[str, str], log: Path) -> None:
        self.name, self.words, self.settings, self.log = name, words, settings, log
        self.start()

    def start(self) -> None:
        with self.log.open("a") as log:
            self.running = subprocess.Popen(
                [sys.executable, "-m", "zhike", *self.words], env=self.settings, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self, *, whole: bool) -> None:
        """The process and all its children, or only one of them as a machine short of memory would; without a word of warning."""
        if self.running.poll() is not None:
            return
        found = psutil.Process(self.running.pid)
        family = _held(found) if whole else found.children(recursive=True)[-1:]
        _kill(family or [found])

    def stop(self) -> None:
        if self.running.poll() is None:
            self.running.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.running.wait(30)
        self.kill(whole=True)


class Database:
    """PostgreSQL, killed and started again by us: embedded, or a server the product only knows by its address."""

    name = "PostgreSQL"

    def __init__(self, folder: Path) -> None:
        self.server = Embedded(folder)
        self.url = self.server.start()

    def kill(self, *, whole: bool) -> None:
        """The server, or only one of its processes: then it takes all others down itself and recovers."""
        number = int((self.server.folder / "data" / "postmaster.pid").read_text().split()[0])
        main = psutil.Process(number)
        _kill(_held(main) if whole else main.children()[-1:])

    def start(self) -> None:
        self.server.start()

    def stop(self) -> None:
        self.server.stop()


class Installation:
    """Database, servers and workers, as many as asked for."""

    def __init__(self, home: Path, *, servers: int, workers: int, external: bool) -> None:
        self.home = home
        self.database = Database(home / ("elsewhere" if external else "postgres"))
        kept = {n: v for n, v in os.environ.items() if not n.startswith(("ZHIKE_", "DATABASE_URL"))}
        self.settings = (
            kept
            | {"ZHIKE_HOME": str(home), "ZHIKE_REQUESTS_A_MINUTE": "0"}
            | ({"DATABASE_URL": self.database.url} if external else {})
        )
        self.command("migrate")
        self.command("user", "add", "chaos", "--role", "管理员")
        self.token = self.command("token", "chaos").strip()
        self.ports = [_free_port() for _ in range(servers)]
        self.servers = [self._process(f"网页服务器 {n + 1}", "serve", "--port", str(port)) for n, port in enumerate(self.ports)]
        self.workers = [self._process(f"后台任务进程 {n + 1}", "work") for n in range(workers)]
        for port in self.ports:
            _wait_for(port)
        self._open_exports()

    def _open_exports(self) -> None:
        """One person exports here what a company does in a week: beyond the day's limit it would be refused, as it should."""
        said = {"key": "export_rows_a_day", "value": "100000000", "effective_on": "2020-01-01"}
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        line = http.client.HTTPConnection("127.0.0.1", self.ports[0], timeout=30)
        line.request("POST", "/api/v1/parameters", json.dumps(said), headers)
        answer = line.getresponse()
        if answer.status != 201:
            raise RuntimeError(answer.read().decode())

    def _process(self, name: str, *words: str) -> Process:
        return Process(name, list(words), self.settings, self.home / f"{words[0]}.log")

    def command(self, *words: str) -> str:
        done = subprocess.run([sys.executable, "-m", "zhike", *words], env=self.settings, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return done.stdout

    @property
    def parts(self) -> list[Any]:
        """Everything that can be killed, in turn."""
        return [*self.servers, *self.workers, self.database]

    def revive(self) -> None:
        """As a service manager would: whatever has ended is started again."""
        self.database.start()
        for process in (*self.servers, *self.workers):
            if process.running.poll() is not None:
                process.start()

    def stop(self) -> None:
        for process in (*self.workers, *self.servers):
            process.stop()
        self.database.stop()


def _held(process: psutil.Process) -> list[psutil.Process]:
    """A process with all it has started, held so that it starts no other while it is being killed."""
    process.suspend()
    return [process, *process.children(recursive=True)]


def _kill(doomed: list[psutil.Process]) -> None:
    for process in doomed:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(doomed, timeout=10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + START_UP
    while time.monotonic() < deadline:
        with suppress(OSError, http.client.HTTPException):
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            line.request("GET", "/readyz")
            if line.getresponse().status == 200:
                return
        time.sleep(0.2)
    raise RuntimeError("the server does not become ready")
