"""Ready-made roles, posts, reports and rules. A pack adds what is missing and never touches what people have since made of it."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction

from zhike.features.packs.pack import data
from zhike.kernel.query import relative
from zhike.kernel.registry import find
from zhike.kernel.writes import create, restore_many
from zhike.org.objects.person import System

PACK = System("pack")


@transaction.atomic
def load_pack(name: str) -> None:
    """Add the roles, posts, reports and rules of a pack that are not there yet; safe to repeat. Raises NotFound."""
    roles = {role["code"]: role for role in data(name, "roles")}
    for role in roles.values():
        _add_role(role, roles.get(role.get("like", ""), {}))
    for post in data(name, "organisation")["posts"]:
        find_or_create("posts", {"name": post["name"]}, post)
    for collection, rows in data(name, "rules").items():
        _add_rules(find(collection), rows)
    for report in data(name, "reports"):
        kept = report | {"definition": json.dumps(report["definition"], ensure_ascii=False), "share": "everyone"}
        find_or_create("reports", {"name": report["name"], "created_by": None}, kept)
    for collection, rows in data(name, "records").items():
        for row in rows:
            kinds = find(collection).kinds()
            values = {n: _pointed_at(kinds[n], _written(v)) for n, v in row.items()}
            if None not in values.values():  # what it points to has been renamed or removed: the house decides now
                find_or_create(collection, {"name": row["name"]}, values)


def _written(value: Any) -> Any:
    """A day told from that of the installation ({"days": 0}) as a date; a definition as the text it is kept as."""
    if not isinstance(value, dict):
        return value
    return relative.day(value).isoformat() if set(value) == {"days"} else json.dumps(value, ensure_ascii=False)


def _add_rules(model: Any, rows: list[dict[str, Any]]) -> None:
    """The rows of a rule, such as an authority matrix, where nobody has written any; references are told by name."""
    if not model._base_manager.exists():
        for row in rows:
            create(model, {name: _pointed_at(model.kinds()[name], value) for name, value in row.items()}, actor=PACK)


def _pointed_at(kind: Any, value: Any) -> Any:
    """References by the names of what they point to, those in lines as well."""
    if kind.kind == "lines":
        rows = [{n: _pointed_at(kind.target.kinds()[n], v) for n, v in row.items()} for row in value]
        return [row for row in rows if None not in row.values()]
    if kind.kind not in ("ref", "refs"):
        return value
    found = kind.target._base_manager.filter(**{f"{kind.target.spec.title}__in": value if isinstance(value, list) else [value]})
    ids = list(found.values_list("pk", flat=True))
    return ids if kind.kind == "refs" else next(iter(ids), None)


def _add_role(role: dict[str, Any], like: dict[str, Any]) -> None:
    """A role; one that is `like` another has its grants beside its own."""
    described = {n: role[n] for n in ("code", "name", "description")}
    made, fresh = find_or_create("roles", {"code": role["code"]}, described)
    if fresh:
        made.grants = like.get("grants", {}) | role["grants"]
        restore_many(type(made), [made], ["grants"], actor=PACK, verb="change")


def find_or_create(collection: str, known_by: dict[str, Any], values: dict[str, Any]) -> tuple[Any, bool]:
    """The record known by these values, and whether it had to be made."""
    model = find(collection)
    found = model._base_manager.filter(**known_by).first()
    if found is not None:
        return found, False
    return create(model, values, actor=PACK, allow_duplicates=True), True
