"""What the browser must read before it can draw a screen: the scripts of the build, compressed as they are sent."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

WEB = Path(__file__).parents[2] / "zhike" / "project" / "web"
PAGE, HOME = WEB / "index.html", "src/screens/Home.tsx"
NAMED = re.compile(r'<script[^>]* src="/([^"]+)"')


def weight(*screens: str) -> float:
    """Kilobytes (1,000 bytes) of all that the page and these screens import, each script counted once."""
    built: dict[str, Any] = json.loads((WEB / ".vite" / "manifest.json").read_text(encoding="utf-8"))
    needed: set[str] = set()
    files = {part["file"]: name for name, part in built.items()}
    waiting = [*screens, *(files[named] for named in NAMED.findall(PAGE.read_text(encoding="utf-8")))]
    while waiting:
        if (name := waiting.pop()) not in needed:
            needed.add(name)
            waiting += built[name].get("imports", ())
    return sum(_sent(WEB / built[name]["file"]) for name in needed) / 1000


def _sent(script: Path) -> int:
    return len(gzip.compress(script.read_bytes(), 9))
