"""依赖审计: what the two audit programs answer is read as they mean it; no answer is told as none."""

from __future__ import annotations

from typing import Any

import pytest

from scripts import audit

HARMLESS = {"name": "django", "version": "5.2.9", "vulns": []}
FOUND = {"name": "requests", "version": "2.30.0", "vulns": [{"id": "PYSEC-2023-74", "fix_versions": ["2.31.0"]}]}
UNKNOWN = {"name": "zhike", "skip_reason": "Dependency not found"}
VIA = {"source": 1097682, "title": "Prototype pollution", "url": "https://github.com/advisories/GHSA-0000"}
TRANSITIVE: dict[str, Any] = {"a": {"via": ["b"]}, "b": {"via": [VIA]}}


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ({"dependencies": [HARMLESS, UNKNOWN]}, []),
        ({"dependencies": [HARMLESS, FOUND]}, ["requests 2.30.0：PYSEC-2023-74"]),
        ({"dependencies": [UNKNOWN]}, None),
        ({}, None),
    ],
)
def test_python_packages_with_an_advisory_are_named(answer: Any, found: Any) -> None:
    assert audit.in_python(answer) == found


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ({"vulnerabilities": {}}, []),
        ({"vulnerabilities": TRANSITIVE}, ["b：Prototype pollution（https://github.com/advisories/GHSA-0000）"]),
        ({"message": "405 Method Not Allowed", "error": {"summary": "", "detail": ""}}, None),
    ],
)
def test_npm_packages_with_an_advisory_are_named_once(answer: Any, found: Any) -> None:
    assert audit.in_npm(answer) == found


def test_an_accepted_advisory_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(audit.ACCEPTED, "PYSEC-2023-74", "we never follow a redirect with a proxy")
    assert audit.in_python({"dependencies": [FOUND]}) == []


def test_where_nobody_answers_it_says_so_and_does_not_fail(capsys: pytest.CaptureFixture[str]) -> None:
    assert audit.told("npm", None) == []
    assert capsys.readouterr().out == (
        "依赖审计（npm）：没有执行——软件源没有提供漏洞公告，请在能访问官方源的机器上再运行一次 make audit\n"
    )
    assert audit.told("npm", ["b：x"]) == ["b：x"]
