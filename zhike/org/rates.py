"""Rate limits 频率限制: so many requests a minute and no more, counted in each process so that counting costs no query."""

from __future__ import annotations

from collections.abc import Hashable
from threading import Lock
from time import monotonic

from zhike.kernel.errors import Problem

MINUTE = 60.0
MOST_KEPT = 10_000


class TooMany(Problem):
    """Asked too often; `wait` says in how many seconds there is room again."""

    code = "too_many"


class Rate:
    """A bucket for each key, as large as a minute's worth, that fills at an even pace."""

    def __init__(self) -> None:
        self._left: dict[Hashable, tuple[float, float]] = {}
        self._lock = Lock()

    def refuse_beyond(self, key: Hashable, a_minute: int) -> None:
        """Count one request. Raises TooMany."""
        if a_minute and (wait := self._wait(key, a_minute, monotonic())):
            raise TooMany("请求过于频繁，请稍后再试", wait=wait)

    def _wait(self, key: Hashable, a_minute: int, now: float) -> int:
        with self._lock:
            left, at = self._left.get(key, (float(a_minute), now))
            left = min(float(a_minute), left + (now - at) * a_minute / MINUTE)
            if left < 1:
                return int((1 - left) * MINUTE / a_minute) + 1
            if len(self._left) >= MOST_KEPT:
                self._forget(now)
            self._left[key] = (left - 1, now)
            return 0

    def _forget(self, now: float) -> None:
        """Whoever has not asked for a minute has a full bucket again."""
        self._left = {key: (left, at) for key, (left, at) in self._left.items() if now - at < MINUTE}


requests = Rate()
