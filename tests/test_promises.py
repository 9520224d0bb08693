"""承诺与证明: every test that the security pages name is there to fail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NAMED = re.compile(r"`((?:…|tests/|zhike/)[^`]*?)(?:::([A-Za-z_]\w*))?`")


def promised(page: str) -> Iterator[tuple[int, str, str]]:
    """Line, file or folder, and test; “…” is the file named last, “…/x.py” one beside it."""
    last = ""
    for number, line in enumerate((ROOT / "docs" / page).read_text().splitlines(), 1):
        for place, test in NAMED.findall(line):
            beside = f"{last.rpartition('/')[0]}{place[1:]}" if place.startswith("…/") else place
            last = last if place == "…" else beside
            yield number, last, test


@pytest.mark.parametrize("page", ["security.md", "threat-model.md"])
def test_what_a_page_names_as_proof_exists(page: str) -> None:
    named = list(promised(page))
    assert len(named) > 20
    absent = [found for found in named if not (ROOT / found[1]).exists()]
    missing = [found for found in named if found[2] and found not in absent and not stands(ROOT / found[1], found[2])]
    assert (absent, missing) == ([], [])


def stands(file: Path, test: str) -> bool:
    return bool(re.search(rf"(def|class) {test}\b", file.read_text()))
