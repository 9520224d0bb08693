"""The table, as it is printed and as it stands in docs/performance.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator

import psutil

from tests.bench.bare import tidy
from tests.bench.browser import TIMES, felt
from tests.bench.measure import Bench, Row
from tests.bench.serving import served

SECONDS = 6.0


def report(customers: int, halves: set[str]) -> None:
    print(f"{platform.machine()}，{psutil.cpu_count()} 核，{psutil.virtual_memory().total / 2**30:.0f} GiB；{customers:,} 个客户")
    print("| 工作 | 次/秒 | p50 ms | p95 ms | 依据 | 比值 | 目标 | 达到 |")
    print("|---|---:|---:|---:|---|---:|---|---|")
    if "server" in halves:
        tidy()
    with served() as (port, processes):
        for row in _rows(port, processes, customers, halves):
            print(written(row), flush=True)


def _rows(port: int, processes: list[psutil.Process], customers: int, halves: set[str]) -> Iterator[Row]:
    seconds = float(os.environ.get("BENCH_SECONDS", SECONDS))
    if "server" in halves:
        yield from Bench(port, processes, seconds, customers // 10).rows()
    if "browser" in halves:
        yield from felt(port, times=TIMES if seconds >= 1 else 1)


def written(row: Row) -> str:
    pace = row.pace
    times = [f"{pace.rate:,.0f}", f"{pace.percentile(50):.1f}", f"{pace.percentile(95):.1f}"] if pace else ["", "", ""]
    ratio = "" if row.ratio is None else f"{row.ratio:.3g}"
    met = {None: "", True: "是", False: "**否**"}[row.met]
    return f"| {' | '.join([row.work, *times, row.beside, ratio, row.target, met])} |"
