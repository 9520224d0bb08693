"""Running the executable as a person would: another process, a data folder of its own."""

import json
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psycopg

OURS = ("DATABASE_URL", "ZHIKE_")


def environment(home: Path, **settings: str) -> dict[str, str]:
    """Without what the test run has set for itself."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return kept | {"ZHIKE_HOME": str(home), **settings}


def zhike(home: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """One command, run to its end."""
    command = [sys.executable, "-m", "zhike", *words]
    return subprocess.run(command, env=environment(home, **settings), capture_output=True, text=True, timeout=300)


@dataclass(frozen=True)
class Installation:
    """A data folder, and a database somewhere else."""

    home: Path
    url: str

    def zhike(self, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return zhike(self.home, *words, DATABASE_URL=self.url, **settings)


class Server:
    """`zhike serve` of an installation, with what it writes."""

    def __init__(self, home: Path, **settings: str) -> None:
        self.log = home / "serve.log"
        command = [sys.executable, "-m", "zhike", "serve", "--port", "0"]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command, env=environment(home, **settings), stdout=subprocess.PIPE, stderr=log, text=True
            )
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().split()[-1]
        self._wait()

    def _wait(self) -> None:
        host, port = self.address.removeprefix("http://").rsplit(":", 1)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex((host, int(port))) == 0:
                    return
            time.sleep(0.1)

    def ask(self, path: str, token: str = "", data: Any = None, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        body = json.dumps(data).encode() if data is not None else None
        request = Request(self.address + path, body, headers | {"Content-Type": "application/json"}, method=method)
        try:
            with urlopen(request, timeout=60) as answer:
                return answer.status, dict(answer.headers), answer.read()
        except HTTPError as refused:
            return refused.code, dict(refused.headers), refused.read()

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]


def until(url: str, condition: str) -> None:
    """Wait until the database says so."""
    deadline = time.monotonic() + 30
    with psycopg.connect(url, autocommit=True) as asking:
        while time.monotonic() < deadline:
            row = asking.execute(condition).fetchone()
            if row and row[0]:
                return
            time.sleep(0.05)
    raise AssertionError(condition)
