"""A report's result as the rows of a sheet (表格): the same for a spreadsheet and for a mail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from zhike.features.transfer.sheets import Cell
from zhike.words.catalogue import word

TOTAL = "合计"


def headers(shown: dict[str, Any]) -> list[str]:
    """What stands above each column; percentages say so."""
    names = [m["label"] + ("（%）" if m["unit"] == "percent" else "") for m in shown["measures"]]
    across = [_called(head) for head in shown["columns"]]
    cells = [f"{head} {name}" if len(names) > 1 else head for head in across for name in names]
    totals = [f"{word(TOTAL)} {name}" if across else name for name in names]
    return [*(f["label"] for f in shown["row_fields"]), *cells, *totals]


def lines(shown: dict[str, Any]) -> Iterator[list[Cell]]:
    """Every row, then the totals."""
    reads = [_reader(m) for m in shown["measures"]]
    for head, cells, total in zip(shown["rows"], shown["cells"], shown["row_totals"], strict=True):
        yield [*(k["label"] for k in head["keys"]), *_numbers([*cells, total], reads)]
    keys: list[Cell] = [word(TOTAL), *[None] * (len(shown["row_fields"]) - 1)] if shown["row_fields"] else []
    yield [*keys, *_numbers([*shown["column_totals"], shown["total"]], reads)]


def _numbers(cells: list[list[str | None]], reads: list[Callable[[str], Cell]]) -> list[Cell]:
    return [None if v is None else read(v) for cell in cells for v, read in zip(cell, reads, strict=True)]


def _called(head: dict[str, Any]) -> str:
    return " · ".join(k["label"] for k in head["keys"])


def _reader(measure: dict[str, Any]) -> Callable[[str], Cell]:
    if measure["unit"] in ("date", "datetime"):
        return str
    return (lambda v: Decimal(v) * 100) if measure["unit"] == "percent" else Decimal
