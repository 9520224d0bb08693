"""Names of added fields and of their options: what programs call them. Never one twice, not even after it is gone."""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import count
from typing import Any

from zhike.chinese.pinyin import syllables
from zhike.features.audit.models import Entry
from zhike.kernel.kinds.added import NAME
from zhike.kernel.registry import every_object, find

LONGEST = 30
PLAIN = re.compile(r"[^a-z0-9]+")
DEFINITIONS = "extra-fields"


def spelt(label: str) -> str:
    """合同到期日 as hetongdaoqiri; nothing when it has no letters."""
    read = "".join(syllable or character for syllable, character in zip(syllables(label), label, strict=True))
    return PLAIN.sub("_", read.lower()).strip("_")[:LONGEST].strip("_")


def numbered(base: str, taken: Container[str]) -> str:
    """The base, or with the first number that makes it one of its own."""
    return next(name for n in count(1) if (name := base if n == 1 else f"{base}_{n}") not in taken)


def free(collection: str, label: str) -> str:
    """A name for a new field of an object."""
    return numbered(f"x_{spelt(label) or 'field'}", ever_used(collection))


def ever_used(collection: str) -> set[str]:
    """Names of the fields of an object, of those removed too: a value left somewhere must not come back as another's."""
    standing = find(DEFINITIONS)._base_manager.filter(collection=collection).values_list("name", flat=True)
    removed = Entry.objects.filter(collection=DEFINITIONS, part="", verb="delete", old__collection=collection)
    return {*standing, *removed.values_list("old__name", flat=True)}


def wrong(collection: str, name: str) -> str:
    """Why a new field cannot be called so; empty when it can."""
    if not NAME.fullmatch(name):
        return "字段名由小写字母、数字和下划线组成，以 x_ 开头，最多 40 个字符"
    if name in ever_used(collection) or name in every_object()[collection].declared():
        return "这个字段名已经用过，请换一个"
    return ""


def taken(field: Any) -> bool:
    """Whether another field of the object is called the same; people and spreadsheets could not tell them apart."""
    others = type(field)._base_manager.filter(collection=field.collection, label=field.label, state="active")
    declared = every_object()[field.collection].declared().values()
    return field.state == "active" and (any(k.label == field.label for k in declared) or others.exclude(pk=field.pk).exists())


# -- options ------------------------------------------------------------------------------------------------


def standing(field: Any) -> dict[int, tuple[str, str]]:
    """The saved options: id → label and value."""
    lines = type(field).declared()["options"].target._default_manager.filter(field=field.pk) if field.pk else ()
    return {line.pk: (line.label, line.value) for line in lines}


def name_options(field: Any) -> None:
    """Give every incoming option without a value one of its own."""
    rows, before = field.incoming.get("options", ()), standing(field)
    for row in rows:
        if not row.get("value") and row.get("id") in before:
            row["value"] = before[row["id"]][1]
    used = {row["value"] for row in rows if row.get("value")}
    for row in rows:
        if not row.get("value"):
            row["value"] = numbered(spelt(row["label"]) or "option", used)
            used.add(row["value"])


def chosen(field: Any) -> list[tuple[str, str]]:
    """Label and value of each option as it will be."""
    if "options" in field.incoming:
        return [(row["label"], row["value"]) for row in field.incoming["options"]]
    return list(standing(field).values())


def gone(field: Any) -> dict[str, str]:
    """Value → label of the options that will be no more."""
    kept = {value for _, value in chosen(field)}
    return {value: label for label, value in standing(field).values() if value not in kept}
