"""Clients that go on whatever happens, and keep a ledger of what was acknowledged to them."""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

ROWS = 120
"""Rows of one imported file."""


@dataclass
class Ledger:
    """What was asked for and what was acknowledged, by name."""

    tried: set[str] = field(default_factory=set)
    created: dict[str, int] = field(default_factory=dict)
    acted: dict[int, str] = field(default_factory=dict)
    imports: dict[str, int] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    jobs: set[int] = field(default_factory=set)
    failures: int = 0
    longest: float = 0.0
    refused: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Client(threading.Thread):
    """One program at the interface. A request that got no answer is repeated with the same key until it gets one."""

    def __init__(self, number: int, ports: list[int], token: str, ledger: Ledger, until: float) -> None:
        super().__init__(daemon=True)
        self.number, self.ports, self.token, self.ledger, self.until = number, ports, token, ledger, until
        self.made: list[int] = []
        self.dice = random.Random(number)

    def run(self) -> None:
        deeds = (self.create, self.create, self.create, self.act, self.act, self.load, self.export)
        while time.monotonic() < self.until:
            self.dice.choice(deeds)()

    def create(self) -> None:
        name = f"混沌{self.number}号{uuid.uuid4().hex[:12]}"
        self.ledger.tried.add(name)
        answer = self.ask("POST", "customers", {"name": name})
        if answer:
            self.made.append(answer["id"])
            self.ledger.created[name] = answer["id"]

    def act(self) -> None:
        """A state may be entered once: had the action run twice, the second would be refused."""
        if not self.made:
            return
        pk = self.made.pop()
        answer = self.ask("POST", f"customers/{pk}/develop", {})
        if answer:
            self.ledger.acted[pk] = answer["lifecycle"]

    def load(self) -> None:
        mark = f"导入{uuid.uuid4().hex[:10]}"
        self.ledger.files.add(mark)
        text = "登记名称\n" + "".join(f"{mark}之{n}号\n" for n in range(ROWS))
        made = self.ask("POST", "imports", file=text)
        job = self.ask("POST", f"imports/{made['id']}/run", {}) if made else None
        if job:
            self.ledger.imports[mark] = job["id"]
            self.ledger.jobs.add(job["id"])

    def export(self) -> None:
        job = self.ask("POST", "customers/export", {"format": "csv", "fields": ["name"]})
        if job:
            self.ledger.jobs.add(job["id"])

    def ask(self, method: str, path: str, data: Any = None, *, file: str = "") -> Any:
        """The answer, or nothing when time ran out before there was one."""
        key, started = uuid.uuid4().hex, time.monotonic()
        while time.monotonic() < self.until + 30:
            try:
                status, body = self._once(method, path, data, file, key)
            except (OSError, http.client.HTTPException):
                status, body = 0, b""
            self.ledger.longest = max(self.ledger.longest, time.monotonic() - started)
            if status in (200, 201, 202):
                return json.loads(body)
            if 400 <= status < 500:
                self.ledger.refused.append(f"{method} {path.split('/')[0]}: {status} {body.decode()[:120]}")
                return None
            with self.ledger.lock:
                self.ledger.failures += 1
            time.sleep(0.3)
        return None

    def _once(self, method: str, path: str, data: Any, file: str, key: str) -> tuple[int, bytes]:
        line = http.client.HTTPConnection("127.0.0.1", self.dice.choice(self.ports), timeout=20)
        try:
            headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": key}
            body = _form(file) if file else json.dumps(data).encode()
            headers["Content-Type"] = "multipart/form-data; boundary=chaos" if file else "application/json"
            line.request(method, f"/api/v1/{path}", body, headers)
            answer = line.getresponse()
            return answer.status, answer.read()
        finally:
            line.close()


def _form(text: str) -> bytes:
    parts = (('name="collection"', "customers"), ('name="file"; filename="c.csv"', text))
    lines = "".join(f"--chaos\r\nContent-Disposition: form-data; {named}\r\n\r\n{content}\r\n" for named, content in parts)
    return f"{lines}--chaos--\r\n".encode()
