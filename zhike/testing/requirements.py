"""需求追踪: a pytest plugin that lets a test claim the requirements it proves.

    @pytest.mark.covers("V-01", "P-26")

A claim of a requirement that does not exist stops the run. `--claims FILE` writes which requirements passing tests
claimed; `make trace` prints it.
"""

import csv
import json
from collections import defaultdict
from pathlib import Path

import pytest

LIST = Path(__file__).resolve().parents[2] / "docs" / "requirements.csv"
CLAIM = "covers"


def rows() -> list[dict[str, str]]:
    with LIST.open(newline="") as file:
        return list(csv.DictReader(file))


class Claims:
    """Gathered where the reports of all processes of the run arrive."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.passed: defaultdict[str, list[str]] = defaultdict(list)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed:
            for name, value in report.user_properties:
                if name == CLAIM:
                    self.passed[str(value)].append(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        self.file.write_text(json.dumps(self.passed, ensure_ascii=False, indent=1))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--claims", metavar="FILE", help="write which requirements passing tests claim")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"{CLAIM}(*ids): the requirements of docs/requirements.csv this test proves")
    file = config.getoption("--claims")
    if file and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Claims(Path(file)))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    known = {row["id"] for row in rows()}
    for item in items:
        for claimed in [name for mark in item.iter_markers(CLAIM) for name in mark.args]:
            if claimed not in known:
                raise pytest.UsageError(f"{item.nodeid} claims {claimed}, which is not in {LIST.name}")
            item.user_properties.append((CLAIM, claimed))
