"""From definitions in the database to the fields of a process, one query a revision."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db import connection

from zhike.features.completeness.rules import in_force
from zhike.features.fields.counting import counter
from zhike.features.fields.option_sets import laid
from zhike.features.fields.sorts import SEARCHABLE, made
from zhike.features.modules.switching import switched_off
from zhike.features.numbering.numbered import patterns_in_force
from zhike.kernel.added import NONE, Fields
from zhike.kernel.declare import option
from zhike.kernel.kinds.added import NAME
from zhike.kernel.kinds.completeness import Wanted
from zhike.kernel.registry import every_object

OTHERS = "其他信息"
TABLES = {"fields_choiceoption", "modules_moduleswitch", "numbering_numberpattern", "completeness_completenessrule"}
"""Not all of them stand yet while an older database is being brought up to date."""
WANTED = """
SELECT d.collection, d.name, d.kind, d.label, d.help, d.required, d.searchable, d.section, d.target,
    coalesce(to_jsonb(d) ->> 'pattern', ''), d.id,
    (SELECT json_agg(json_build_array(o.value, o.label, o.color) ORDER BY o.id) FROM fields_extraoption o WHERE o.field_id = d.id)
FROM fields_extrafield d WHERE d.state = 'active' ORDER BY d.position, d.id
"""
LAID_OVER = """
SELECT field, value, label, color, probability, position, state = 'retired', parents
FROM fields_choiceoption ORDER BY position, id
"""


def fields_of(revision: int | None) -> Fields:
    """All fields as of a revision of the organisation; None for those of now."""
    if revision is None:
        return now() if set(connection.introspection.table_names()) >= TABLES else NONE
    return at(revision)


@lru_cache(maxsize=4)
def at(revision: int) -> Fields:
    """A revision that changed no field keeps the fields of the one before, and with them all that was derived from them."""
    return now()


def now() -> Fields:
    with connection.cursor() as cursor:
        cursor.execute(WANTED)
        rows = tuple((*row[:-1], tuple(map(tuple, row[-1] or ()))) for row in cursor.fetchall())
        cursor.execute(LAID_OVER)
        laid_over = tuple(cursor.fetchall())
    return built(rows, laid_over, switched_off(), tuple(sorted(patterns_in_force().items())), in_force())


@lru_cache(maxsize=4)
def built(
    rows: tuple[Any, ...],
    options: tuple[Any, ...],
    off: frozenset[str],
    patterns: tuple[tuple[str, str], ...],
    wanted: tuple[tuple[str, Wanted], ...],
) -> Fields:
    """Definitions as kinds; what was brought in around the rules and cannot be a field is left out."""
    sound = (
        row
        for row in rows
        if row[0] in every_object() and NAME.fullmatch(row[1]) and (row[2] != "ref" or row[8] in every_object())
    )
    return Fields((field(*row) for row in sound), laid(options), off, dict(patterns), dict(wanted))


def field(
    collection: str, name: str, sort: str, label: str, help: str, required: bool, searchable: bool, section: str,
    target: str, pattern: str, pk: int, options: tuple[tuple[str, str, str], ...],
) -> Any:  # fmt: skip
    """One definition as a kind in its place."""
    searched = {"search": searchable and sort in SEARCHABLE} if sort in SEARCHABLE else {}
    asked = {"expected": True} if required and sort != "boolean" else {"blank": True}
    chosen = {value: coloured(shown, color) for value, shown, color in options}
    facts: dict[str, Any] = {"pattern": pattern, "counter": counter(pk), **searched, **asked}
    kind = made(sort, label, options=chosen, target=target, help=help, synonyms=(name,), **facts)
    kind.place(every_object()[collection], name, section or OTHERS)
    return kind


def coloured(label: str, color: str) -> Any:
    return option(label, color=color) if color else option(label)
