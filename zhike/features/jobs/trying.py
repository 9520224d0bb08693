"""Trying a rule on the past 回测、模拟、试运行: answered at once where there is little to look through, else as a job."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Progress = Callable[[int, int], None]
"""Told how much of how much is done."""


def unheard(done: int, total: int) -> None:
    """For whoever waits for the answer itself."""


def large(model: Any, most: int) -> bool:
    """Whether there are more records of an object than somebody can wait for; counts no further than it must."""
    return bool(model._base_manager.order_by()[: most + 1].count() > most)
