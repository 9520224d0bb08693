"""The description 描述 the browser draws every screen from, already cut to what the person may see."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import orjson
from django.apps import apps
from django.http import HttpRequest, HttpResponse

from zhike.api.json import TYPE
from zhike.api.session import me
from zhike.api.words import META, told
from zhike.features.dashboards.dashboards import dashboards as offered
from zhike.features.home.cards import home
from zhike.kernel.added import following
from zhike.kernel.reach import Reach
from zhike.kernel.registry import objects
from zhike.kernel.related import lists
from zhike.words.speaking import english


def meta(actor: Any, request: HttpRequest) -> HttpResponse:
    """Menus, dashboards and objects; unchanged since the caller last asked, it is not sent again."""
    text = orjson.dumps(told(described(actor), META) if english() else described(actor))
    tag = f'"{hashlib.sha256(text).hexdigest()[:32]}"'
    unchanged = request.headers.get("If-None-Match") == tag
    answer = HttpResponse(b"" if unchanged else text, status=304 if unchanged else 200, content_type=TYPE)
    answer["ETag"], answer["Cache-Control"] = tag, "private, no-cache"
    return answer


def described(actor: Any) -> dict[str, Any]:
    seen = {c: m for c, m in objects().items() if actor.reach("view", m) is not Reach.NONE}
    menus: dict[str, list[str]] = {}
    for collection, model in sorted(seen.items(), key=lambda item: item[1].spec.place):
        if model.spec.menu:
            menus.setdefault(model.spec.menu, []).append(collection)
    return {
        "me": me(actor),
        "menus": [{"label": label, "collections": found} for label, found in menus.items()],
        "dashboards": [d for d in offered(actor) if d["cards"]],
        "home": home(actor),
        "objects": {collection: describe(model, actor) for collection, model in seen.items()},
    }


def describe(model: Any, actor: Any) -> dict[str, Any]:
    """One object as this person may use it."""
    may = {verb: actor.reach(verb, model).key for verb in model.verbs()}
    related = [
        {
            "collection": apps.get_model(r.to).spec.collection,
            "field": r.field,
            "label": r.label or apps.get_model(r.to).spec.label,
        }
        for _, r in lists(model, actor)
    ]
    actions = [a for a in _actions(model) if may[a["name"]] != "none"]
    return {**_plain(model), "actions": actions, "may": may, "related": related}


@following
def _plain(model: Any) -> dict[str, Any]:
    """What is the same for everybody."""
    spec, kinds = model.spec, model.kinds()

    def there(names: Iterable[str]) -> list[str]:
        """A field into what is switched off is not."""
        return [name for name in names if name in kinds]

    return {
        "collection": spec.collection, "label": spec.label, "menu": spec.menu, "title": spec.title,
        "subtitle": there(spec.subtitle), "columns": there(spec.columns), "filters": there(spec.filters),
        "sections": [{"label": label, "fields": there(names)} for label, names in _sections(model).items()],
        "order": spec.order, "board": spec.board or None, "duplicates": bool(spec.duplicates), "quick": there(_quick(model)),
        "one_of": there(spec.one_of), "calendar": spec.calendar or None, "tick": spec.tick or None, "assignable": spec.assignable,
        "fields": [kind.describe() for kind in kinds.values()],
    }  # fmt: skip


def _quick(model: Any) -> list[str]:
    """The fields of the short form, and whatever an administrator has made necessary."""
    needed = [name for name, kind in model.kinds().items() if kind.section and kind.required]
    return [*model.spec.quick, *needed] if model.spec.quick else []


def _sections(model: Any) -> dict[str, list[str]]:
    """The declared sections, and where fields added without code stand: in one of these or behind them."""
    found = {label: list(names) for label, names in model.spec.sections.items()}
    for name, kind in model.kinds().items():
        if kind.section:
            found.setdefault(kind.section, []).append(name)
    return found


@following
def _actions(model: Any) -> list[dict[str, Any]]:
    return [
        {
            "name": a.name, "label": a.label, "state": a.state or None, "sources": a.starts(model),
            "targets": a.leads(model),
            "input": [k.describe() for k in a.input.fields.values()] if a.input else None,
            "bulk": a.bulk, "danger": a.danger,
        }
        for a in model.actions().values()
    ]  # fmt: skip
