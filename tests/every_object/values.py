"""Values for every field of any object: good ones, and wrong ones that must be refused by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

HUGE = 2**63
NOWHERE = 2**40
WRONG: dict[str, tuple[Any, ...]] = {
    "text": (5, True, ["样例"], {"a": 1}, "\x00"),
    "longtext": (5, ["样例"], "字" * 100_001, "a\x00b"),
    "integer": (1.5, True, "一", [1], {"a": 1}, HUGE, "9" * 100),
    "decimal": ("一", True, [1], {"a": 1}, "NaN", "Infinity", "1e400", "1.123456789", "9" * 40),
    "money": ("一", True, [1], {"a": 1}, "NaN", "-Infinity", "1e30", "0.001", "9" * 17, 10**18),
    "ratio": ("一", True, [1], "NaN", "0.00001", "1e9"),
    "date": ("2026-02-30", "昨天", 20260101, True, ["2026-01-01"], {"days": 1}, "2026-13-01"),
    "datetime": ("2026-02-30T00:00:00", "现在", 5, True, ["2026"], "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"),
    "boolean": ("true", 1, 0, "是", ["x"], {"a": 1}),
    "choice": ("没有这个选项", 5, True, ["a"], {"a": 1}),
    "choices": ("a", 5, {"a": 1}, ["没有这个选项"], [5], [["a"]]),
    "ref": ("中国石油", "1", 1.5, True, [1], {"label": "x"}, -1, 0, HUGE, NOWHERE),
    "person": ("王五", "1", True, [1], -1, NOWHERE),
    "refs": (5, "1", [NOWHERE], ["1"], [None], [[1]], {"id": 1}, [True]),
    "phone": ("不是电话", 5, ["1"], {"a": 1}, "1" * 100),
    "email": ("不是邮箱", "a@", 5, ["a@b.cn"], "a@b.cn,c@d.cn"),
    "url": ("javascript:alert(1)", "http://", 5, ["a"], "http://[::1", "ftp://example.com/x"),
    "address": ("北京", 5, [1], {"code": "999999"}, {"x": 1}, {"detail": "字" * 300}, {"code": 110101}),
    "file": (5, "1", [NOWHERE], ["a"], {"id": 1}, [None]),
    "tags": (5, "重点", [5], ["字" * 50], ["重点", None], [{"a": 1}], [str(n) for n in range(60)]),
    "lines": (5, "x", [5], {"id": 1}, [{"没有这一列": 1}], [{"id": NOWHERE}], [[]]),
}  # fmt: skip


def editable(model: Any) -> dict[str, Any]:
    return {n: k for n, k in model.kinds().items() if k.editable}


def wrong_values(model: Any) -> Iterator[tuple[str, Any]]:
    """Field names, each with every value it must refuse."""
    for name, kind in editable(model).items():
        for value in WRONG[kind.kind]:
            yield name, value
        if kind.kind == "text":
            yield name, "字" * (kind.max_length + 1)
