"""The measurement itself stays alive: a tiny company goes through all that the server does. How fast it was is not looked at."""

import os
import subprocess
import sys
from pathlib import Path

from zhike.testing.databases import copied

CHECKOUT = Path(__file__).parents[1]


def test_the_measurement_fills_its_table(tmp_path: Path) -> None:
    settings = {"DATABASE_URL": copied(), "ZHIKE_HOME": str(tmp_path / "home"), "BENCH_ROWS": "300", "BENCH_SECONDS": "0.2"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--only", "server"],
        cwd=CHECKOUT,
        env=os.environ | settings,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    table = [line.split(" | ") for line in done.stdout.splitlines() if line.startswith("| ")]
    assert {len(cells) for cells in table} == {8}
    assert [row[0] for row in table if "查询数" in row[0]] == [
        "| 客户全貌页的查询数", "| 客户全貌页的查询数，1,000 条共享、字段权限",
    ]  # fmt: skip
    assert any(row[0].startswith("| 导入 30 个客户") for row in table)
