"""The product as in production: `zhike serve` with two processes and an idle `zhike work`, started as an administrator would."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlencode

import psutil

from tests.bench.company import PASSWORD

MIB = 1024 * 1024


@contextmanager
def served() -> Iterator[tuple[int, list[psutil.Process]]]:
    """The port, and every process of server and worker."""
    server = _started("serve", "--port", "0")
    worker = _started("work")
    try:
        port = int(_said(server, "正在监听").rsplit(":", 1)[1])
        _said(worker, "已启动")
        _answers(port)
        yield port, [psutil.Process(server.pid), psutil.Process(worker.pid)]
    finally:
        for process in (worker, server):
            process.terminate()
            process.wait(30)


def _started(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-m", "zhike", *words], stdout=subprocess.PIPE, text=True)


def _said(process: subprocess.Popen[str], words: str) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if words in line:
            return line.strip()
    raise RuntimeError(f"{process.args} ended without saying “{words}”")


def _answers(port: int) -> None:
    """The address is told a moment before the processes behind it are up."""
    for _ in range(300):
        try:
            with socket.create_connection(("127.0.0.1", port)):
                return
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise RuntimeError("the server does not answer")


def resident(parents: list[psutil.Process]) -> dict[str, float]:
    """MiB of server and worker with all their children: RSS counts shared pages in each process, PSS counts them once."""
    family = [p for parent in parents for p in (parent, *parent.children(recursive=True))]
    found = [p.memory_full_info() for p in family]
    return {"rss": sum(m.rss for m in found) / MIB, "pss": sum(m.pss for m in found) / MIB, "processes": len(family)}


class Person:
    """Somebody signed in, who can put a request into the bytes that are sent."""

    def __init__(self, port: int, username: str) -> None:
        line = http.client.HTTPConnection("127.0.0.1", port)
        line.request("GET", "/api/v1/session")
        csrf = self._cookies(line)["csrftoken"]
        body = json.dumps({"username": username, "password": PASSWORD})
        sent = {"Content-Type": "application/json", "Cookie": f"csrftoken={csrf}", "X-CSRFToken": csrf}
        line.request("POST", "/api/v1/session", body, sent)
        cookies = {"csrftoken": csrf} | self._cookies(line)
        self.head = (
            f"Host: 127.0.0.1:{port}\r\nCookie: {'; '.join(f'{n}={v}' for n, v in cookies.items())}\r\n"
            f"X-CSRFToken: {cookies['csrftoken']}\r\n"
        )
        line.close()

    def _cookies(self, line: http.client.HTTPConnection) -> dict[str, str]:
        answer = line.getresponse()
        answer.read()
        given = (v.split(";")[0].split("=", 1) for n, v in answer.getheaders() if n.lower() == "set-cookie")
        return dict(given)

    def get(self, path: str, **asked: Any) -> bytes:
        query = urlencode({n: json.dumps(v) if isinstance(v, dict) else v for n, v in asked.items()}, quote_via=quote)
        return f"GET /api/v1/{path}{'?' + query if query else ''} HTTP/1.1\r\n{self.head}\r\n".encode()

    def send(self, method: str, path: str, data: Any) -> bytes:
        body = json.dumps(data, ensure_ascii=False).encode()
        what = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        return f"{method} /api/v1/{path} HTTP/1.1\r\n{self.head}{what}".encode() + body
