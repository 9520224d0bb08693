"""Laying out 排布: the pages of an object for somebody with these roles. Several roles: what one shows is shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.apps import apps

from zhike.features.layouts.content import Content, Sections
from zhike.kernel.added import following

Layouts = dict[tuple[int, str], Content]


def layouts_for(model: Any, actor: Any) -> list[Content]:
    """The layout of each of her roles for an object; empty when one of none has any. A role without one hides nothing."""
    roles = getattr(actor, "role_ids", None)
    if not roles:
        return []
    _ = actor.organisation  # tells as of which state she acts
    kept = layouts(actor.revision)
    found = [kept.get((role, model.spec.collection)) for role in sorted(roles)]
    return [content or Content() for content in found] if any(found) else []


@lru_cache(maxsize=2)
def layouts(revision: int) -> Layouts:
    """All of them as of this revision; one query the first time, none after."""
    rows = apps.get_model("layouts.Layout")._base_manager.exclude(content="")
    return {(role, collection): stored(text) for role, collection, text in rows.values_list("role_id", "collection", "content")}


def stored(text: str) -> Content:
    """A layout as it is kept; it was checked when it was saved."""
    given = json.loads(text)
    sections = tuple((one["label"], tuple(one["fields"])) for one in given.get("sections", []))
    return Content(sections, frozenset(given.get("hidden", [])), dict(given.get("required", {})))


def arranged(model: Any, contents: list[Content]) -> dict[str, Any]:
    """What /meta says differently because of layouts: the sections, what is hidden, and what is asked for when."""
    hidden = frozenset.intersection(*(c.hidden for c in contents))
    return {
        "sections": [{"label": label, "fields": list(names)} for label, names in together(model, contents, hidden)],
        "hidden": sorted(hidden),
        "required_when": conditions(contents),
    }


def together(model: Any, contents: list[Content], hidden: frozenset[str]) -> Sections:
    """The sections of the first role that has any; what they do not name stands where the others, and the declaration, put it."""
    arrangements = sorted((c.sections for c in contents), key=lambda sections: not sections)
    found: dict[str, list[str]] = {}
    placed = set(hidden)
    for sections in (*arrangements, declared_sections(model)):
        for label, names in sections:
            fresh = [n for n in names if n not in placed and n in model.kinds()]
            placed.update(fresh)
            if fresh or label in found:
                found.setdefault(label, []).extend(fresh)
    return tuple((label, tuple(names)) for label, names in found.items() if names)


def conditions(contents: list[Content]) -> dict[str, Any]:
    """Asked for when every one of her roles asks for it."""
    named = set.intersection(*(set(c.required) for c in contents))
    return {name: joined([c.required[name] for c in contents]) for name in sorted(named)}


def joined(trees: list[Any]) -> Any:
    different = [tree for n, tree in enumerate(trees) if tree and tree not in trees[:n]]
    return {"and": different} if len(different) > 1 else next(iter(different), {})


def heads(tree: Any) -> Iterator[str]:
    """The fields of the record itself that a condition asks about."""
    if isinstance(tree, dict):
        if "field" in tree:
            yield str(tree["field"]).split(".")[0]
        for inner in tree.values():
            yield from heads(inner)
    elif isinstance(tree, list):
        for one in tree:
            yield from heads(one)


@following
def declared_sections(model: Any) -> Sections:
    """As the object declares them, and where fields added without code stand: in one of these or behind them."""
    found = {label: list(names) for label, names in model.spec.sections.items()}
    for name, kind in model.kinds().items():
        if kind.section:
            found.setdefault(kind.section, []).append(name)
    there = model.kinds()
    return tuple((label, tuple(n for n in names if n in there)) for label, names in found.items())
