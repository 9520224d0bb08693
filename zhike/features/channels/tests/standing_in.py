"""A stand-in for the machines of others: it keeps what arrives and answers as it is told to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Received:
    """One request as it came over the wire."""

    path: str
    question: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class StandIn:
    """`status`, `answer` and `location` are what the next callers hear."""

    port: int = 0
    status: int = 200
    answer: Any = field(default_factory=lambda: {"errcode": 0})
    location: str = ""
    received: list[Received] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@contextmanager
def standing_in() -> Iterator[StandIn]:
    """A real server on a free port of this machine."""
    stand_in = StandIn()

    class Handler(BaseHTTPRequestHandler):
        def take(self) -> None:
            parts, length = urlsplit(self.path), int(self.headers["Content-Length"])
            stand_in.received.append(Received(parts.path, parse_qs(parts.query), dict(self.headers), self.rfile.read(length)))
            self.send_response(stand_in.status)
            if stand_in.location:
                self.send_header("Location", stand_in.location)
            self.end_headers()
            self.wfile.write(json.dumps(stand_in.answer).encode())

        def log_message(self, format: str, *args: Any) -> None:
            """Nobody reads it."""

    setattr(Handler, "do_" + "POST", Handler.take)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stand_in.port = server.server_port
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield stand_in
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
