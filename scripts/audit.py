"""依赖审计: whether a version we use has a published vulnerability; part of `make test`.

The advisories stand with the package registries. Where those do not answer, or a mirror does not carry them, this says so in a
plain sentence and nothing has been examined; a vulnerability that is found fails the run. What was looked into and does not
concern us is named in ACCEPTED with the reason.
"""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 90
ACCEPTED: dict[str, str] = {}
"""Number of an advisory → why it does not concern us."""


def main() -> None:
    wrong = [*told("Python", python_advisories()), *told("npm", npm_advisories())]
    for sentence in wrong:
        print(f"  ✗ {sentence}")
    sys.exit(1 if wrong else 0)


def told(name: str, found: list[str] | None) -> list[str]:
    """Say how it went; only advisories that somebody has told us of are wrong."""
    if found is None:
        print(f"依赖审计（{name}）：没有执行——软件源没有提供漏洞公告，请在能访问官方源的机器上再运行一次 make audit")
        return []
    print(f"依赖审计（{name}）：{'发现 ' + str(len(found)) + ' 处已公布的漏洞' if found else '没有已公布的漏洞'}")
    return found


def python_advisories() -> list[str] | None:
    """Those of the packages the product runs on; None when nobody answered for any of them."""
    asked = ["--disable-pip", "--no-deps", "--requirement", str(ROOT / "requirements.lock"), "--format", "json"]
    answer = said([sys.executable, "-m", "pip_audit", *asked])
    return None if answer is None else in_python(answer)


def in_python(answer: Any) -> list[str] | None:
    examined = [package for package in answer.get("dependencies", []) if "vulns" in package]
    found = [(one["id"], f"{p['name']} {p['version']}：{one['id']}") for p in examined for one in p["vulns"]]
    return open_ones(found) if examined else None


def npm_advisories() -> list[str] | None:
    """Those of the packages that reach the browser; None when the registry has no advisories."""
    answer = said([str(ROOT / "scripts" / "npm.sh"), "audit", "--omit=dev", "--json"])
    return None if answer is None else in_npm(answer)


def in_npm(answer: Any) -> list[str] | None:
    if "vulnerabilities" not in answer:
        return None
    vias = [(name, via) for name, entry in answer["vulnerabilities"].items() for via in entry["via"] if isinstance(via, dict)]
    return open_ones((str(via["source"]), f"{name}：{via['title']}（{via['url']}）") for name, via in vias)


def open_ones(found: Iterable[tuple[str, str]]) -> list[str]:
    return [sentence for number, sentence in found if number not in ACCEPTED]


def said(command: list[str]) -> Any:
    """What a program answered as JSON; None when it could not."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
        return json.loads(done.stdout)
    except (OSError, subprocess.TimeoutExpired, json.JSONDecodeError):
        return None


if __name__ == "__main__":
    main()
