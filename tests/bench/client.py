"""Eight clients that keep their connections, in one loop on bare sockets: light enough to leave the processors to the server."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import quantiles

CLIENTS = 8
Request = Callable[[int], bytes]
"""The n-th request of a run, as the bytes that are sent."""


@dataclass(frozen=True)
class Pace:
    """How fast something went: seconds of each request, and of the whole."""

    latencies: list[float]
    seconds: float

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds

    def percentile(self, percent: int) -> float:
        """Milliseconds that so many requests of a hundred did not exceed."""
        if len(self.latencies) < 2:
            return sum(self.latencies, 0.0) * 1000
        return quantiles(self.latencies, n=100, method="inclusive")[percent - 1] * 1000


@dataclass
class Line:
    """One connection and the answer that is on its way."""

    socket: socket.socket
    received: bytearray = field(default_factory=bytearray)
    sent: float = 0.0

    def send(self, request: bytes) -> None:
        self.received.clear()
        self.sent = time.perf_counter()
        self.socket.sendall(request)

    def whole(self) -> bool:
        """Take what has come; true when the answer is complete."""
        piece = self.socket.recv(1 << 18)
        if not piece:
            raise ConnectionError("the server hung up")
        self.received += piece
        head = self.received.find(b"\r\n\r\n")
        if head < 0:
            return False
        length = _length(bytes(self.received[:head]).lower())
        return self.received.endswith(b"0\r\n\r\n") if length is None else len(self.received) >= head + 4 + length

    def check(self) -> None:
        status = int(self.received[9:12])
        if not 200 <= status < 300:
            raise RuntimeError(f"answered {status}: {self.received[-500:].decode(errors='replace')}")


def _length(head: bytes) -> int | None:
    at = head.find(b"content-length:")
    return None if at < 0 else int(head[at + 15 :].split(b"\r\n", 1)[0])


def drive(port: int, request: Request, seconds: float, clients: int = CLIENTS, warm: float = 0.2) -> Pace:
    """Send requests as fast as they are answered; the first part of the time is not counted, and the end waits for an answer
    to each client. Raises on a refusal."""
    chooser = selectors.DefaultSelector()
    lines = [Line(socket.create_connection(("127.0.0.1", port))) for _ in range(clients)]
    begin = time.perf_counter() + seconds * warm
    end, number, latencies = begin + seconds, 0, []
    for line in lines:
        line.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        chooser.register(line.socket, selectors.EVENT_READ, line)
        line.send(request(number))
        number += 1
    while (now := time.perf_counter()) < end or len(latencies) < clients:
        for key, _ in chooser.select(timeout=30):
            if not key.data.whole():
                continue
            key.data.check()
            if (done := time.perf_counter()) >= begin:
                latencies.append(done - key.data.sent)
            key.data.send(request(number))
            number += 1
    _finish(chooser, lines)
    return Pace(latencies, now - begin)


def _finish(chooser: selectors.BaseSelector, lines: list[Line]) -> None:
    """Hear every answer out, so that nothing is still being done when the next measurement begins."""
    waiting = len(lines)
    while waiting:
        for key, _ in chooser.select(timeout=30):
            if key.data.whole():
                chooser.unregister(key.data.socket)
                waiting -= 1
    for line in lines:
        line.socket.close()
