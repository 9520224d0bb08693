"""Links and lines of records that are there already (已有的明细), so that a file which repeats them changes nothing."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from zhike.kernel.kinds import Lines, Refs


class Standing:
    """What stands outside the rows of these records: one query a field."""

    def __init__(self, model: Any, names: set[str], ids: set[int]) -> None:
        self.kinds = {name: model.kinds()[name] for name in names}
        self.found = {name: self.load(kind, ids) for name, kind in self.kinds.items()}

    def load(self, kind: Any, ids: set[int]) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        if isinstance(kind, Refs):
            near, far = f"{kind.m2m_field_name()}_id", f"{kind.m2m_reverse_field_name()}_id"
            links = kind.remote_field.through._default_manager.filter(**{f"{near}__in": ids})
            for pk, to in links.values_list(near, far):
                found[pk].append(to)
        elif isinstance(kind, Lines):
            for line in kind.target._default_manager.filter(**{f"{kind.parent}__in": ids}).order_by("pk"):
                found[getattr(line, f"{kind.parent}_id")].append(line)
        return found

    def differing(self, pk: int, values: dict[str, Any]) -> dict[str, Any]:
        """Those of the values that are not what stands already."""
        return {name: value for name, value in values.items() if not self.repeats(self.found[name][pk], value, name)}

    def repeats(self, standing: list[Any], value: list[Any], name: str) -> bool:
        if isinstance(self.kinds[name], Refs):
            return set(standing) == set(value)
        return len(standing) == len(value) and all(map(says_the_same, standing, value))


def says_the_same(line: Any, row: dict[str, Any]) -> bool:
    return all(getattr(line, line.kinds()[part].attname) == value for part, value in row.items())
