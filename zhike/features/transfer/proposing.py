"""The mapping a person is offered for a new file (建议的对应关系): fields, the order of dates, what to match by."""

from __future__ import annotations

from typing import Any

from zhike.chinese.dates import guess_order
from zhike.features.transfer.destinations import destinations
from zhike.features.transfer.mapping import Column, Mapping
from zhike.features.transfer.refused import REASON
from zhike.features.transfer.sheets import Table, propose
from zhike.kernel.kinds import Number
from zhike.kernel.sight import askable


def propose_mapping(model: Any, table: Table, actor: Any) -> Mapping:
    """A mapping to begin with; nothing of it is in force before the person runs the import."""
    known = destinations(model, actor)
    samples = dict(zip(table.headers, table.samples(100), strict=True))
    headers = [header for header in table.headers if header != REASON]
    fields = [destination.described() for destination in known.values()]
    found = [each for each in propose(headers, [samples[header] for header in headers], fields) if each.field]
    columns = tuple(Column(each.header, str(each.field)) for each in found)
    times = [column.header for column in columns if known[column.field].kind.kind in ("date", "datetime")]
    dated = [text for header in times for text in samples[header]]
    return Mapping(
        columns=columns,
        dates=guess_order(dated) if dated else "ymd",
        match=proposed_match(columns, {path: to for path, to in known.items() if to.line or path in askable(model, actor)}),
    )


def proposed_match(columns: tuple[Column, ...], known: Any) -> tuple[str, ...]:
    """A number, or else something unique, tells a record from all others."""
    own = [known[column.field] for column in columns if column.field in known and not known[column.field].line]
    numbers = [each.path for each in own if isinstance(each.kind, Number)]
    unique = [each.path for each in own if each.kind.unique]
    return tuple((numbers or unique)[:1])
