"""需求覆盖: per module, how many of its distinct requirements passing tests claim, and which are still open."""

import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from zhike.testing.requirements import CLAIM, rows

ROOT = Path(__file__).resolve().parents[1]
CLAIMS = ROOT / ".build" / "claims.json"


def main() -> None:
    CLAIMS.parent.mkdir(exist_ok=True)
    only_claiming = ["-m", CLAIM, "-q", "-n", "2", "--dist", "loadfile", "--claims", str(CLAIMS)]
    subprocess.run([sys.executable, "-m", "pytest", *only_claiming], cwd=ROOT)
    show(distinct(rows()), claimed(rows(), json.loads(CLAIMS.read_text())))


def distinct(requirements: list[dict[str, str]]) -> dict[str, list[str]]:
    """The requirements of each module, without those that only repeat another."""
    modules: defaultdict[str, list[str]] = defaultdict(list)
    for row in requirements:
        if not row["same_as"]:
            modules[row["module"]].append(row["id"])
    return modules


def claimed(requirements: list[dict[str, str]], claims: dict[str, list[str]]) -> set[str]:
    """Whoever proves a repetition proves the original."""
    original = {row["id"]: row["same_as"] or row["id"] for row in requirements}
    return {original[name] for name in claims}


def show(modules: dict[str, list[str]], proven: set[str]) -> None:
    for module, names in modules.items():
        still_open = [name for name in names if name not in proven]
        print(f"{module}: {len(names) - len(still_open)}/{len(names)}")
        if still_open:
            print(f"    open: {' '.join(still_open)}")
    total = sum(map(len, modules.values()))
    print(f"\nall: {len(proven)}/{total}")


if __name__ == "__main__":
    main()
