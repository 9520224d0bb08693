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
from zhike.features.insight.seen import may_explain, may_look
from zhike.features.layouts.arranging import arranged, declared_sections, heads, layouts_for
from zhike.features.leakage.watermark import in_pictures, on_screen
from zhike.features.sharing.giving import shareable
from zhike.kernel import sight
from zhike.kernel.added import following
from zhike.kernel.kinds.completeness import score_of
from zhike.kernel.query.paging import own_order
from zhike.kernel.reach import Reach
from zhike.kernel.record import BASE_VERBS
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
        "insight": {"why": may_explain(actor), "seen": may_look(actor)},
        "watermark": {"screen": on_screen(actor), "pictures": in_pictures(actor)},
        "menus": [{"label": label, "collections": found} for label, found in menus.items()],
        "dashboards": [d for d in offered(actor) if d["cards"]],
        "home": home(actor),
        "objects": {collection: describe(model, actor) for collection, model in seen.items()},
    }


def describe(model: Any, actor: Any) -> dict[str, Any]:
    """One object as this person may use it."""
    may = {verb: actor.reach(verb, model).key for verb in (*BASE_VERBS, *model.actions())}
    related = [
        {
            "collection": apps.get_model(r.to).spec.collection,
            "field": r.field,
            "label": r.label or apps.get_model(r.to).spec.label,
        }
        for _, r in lists(model, actor)
    ]
    known = model.actions()
    actions = [a for a in _actions(model) if may[a["name"]] != "none" and not known[a["name"]].lacks()]
    seen = _seen(model, actor)
    return {**seen, **_laid_out(model, actor, seen), "actions": actions, "may": may, "related": related}


def _seen(model: Any, actor: Any) -> dict[str, Any]:
    """What is told of an object to somebody for whom some of its fields are closed; of a hidden one nothing."""
    plain, said = _plain(model), sight.rules(model, actor)
    if not said:
        return plain
    known, asked = sight.readable(model, actor), sight.askable(model, actor)
    places = {at: [n for n in plain[at] if n in known] for at in ("subtitle", "columns", "quick", "one_of")}
    sections = [{**s, "fields": [n for n in s["fields"] if n in known]} for s in plain["sections"]]
    return {
        **plain, **places, "sections": [s for s in sections if s["fields"]], "order": own_order(model, actor) or "-id",
        "filters": [n for n in plain["filters"] if n in asked], "board": plain["board"] if plain["board"] in asked else None,
        "calendar": plain["calendar"] if plain["calendar"] in asked else None,
        "fields": [_field(model, described, actor) for described in plain["fields"] if described["name"] in known],
    }  # fmt: skip


def _field(model: Any, described: dict[str, Any], actor: Any) -> dict[str, Any]:
    """A readable field as this person may use it."""
    found, kind = {**described}, model.kinds()[described["name"]]
    known, level = sight.readable(model, actor), sight.sight(model, kind.name, actor)
    found["readonly"] = found["readonly"] or level is sight.Sight.READONLY
    found["importable"] = found["importable"] and level is not sight.Sight.READONLY
    if level is sight.Sight.MASKED:
        found |= {"kind": "text", "masked": kind.kind, "sortable": False, "searchable": False, "ops": []}
    if "parts" in found:
        parts, told = sight.rules(kind.target, actor), sight.readable(kind.target, actor)
        found["parts"] = [
            {**p, "readonly": p["readonly"] or parts.get(p["name"]) is sight.Sight.READONLY}
            for p in found["parts"]
            if p["name"] in told
        ]
    if set(found.get("product_of", ())) - set(known):
        del found["product_of"]
    if "counted" in found:
        found["counted"] = [n for n in found["counted"] if n in known]
    if "when" in found:
        found["when"] = {n: values for n, values in found["when"].items() if n in known}
    return found


def _laid_out(model: Any, actor: Any, seen: dict[str, Any]) -> dict[str, Any]:
    """What the layouts of her roles say differently, of the fields there are for her."""
    contents = layouts_for(model, actor)
    if not contents:
        return {}
    said, asked = arranged(model, contents), sight.askable(model, actor)
    known = {field["name"]: field for field in seen["fields"]}
    sections = [{**s, "fields": [n for n in s["fields"] if n in known]} for s in said["sections"]]
    rules = {n: tree for n, tree in said["required_when"].items() if n in known and not known[n]["readonly"]}
    return {
        "sections": [s for s in sections if s["fields"]],
        "hidden": [n for n in said["hidden"] if n in known],
        "required_when": {n: tree for n, tree in rules.items() if set(heads(tree)) <= set(asked)},
        "quick": [n for n in seen["quick"] if n not in said["hidden"]],
    }


@following
def _plain(model: Any) -> dict[str, Any]:
    """What is the same for everybody."""
    spec, kinds = model.spec, model.kinds()

    def there(names: Iterable[str]) -> list[str]:
        """A field into what is switched off is not."""
        return [name for name in names if name in kinds]

    return {
        "collection": spec.collection, "label": spec.label, "menu": spec.menu, "title": spec.title,
        "subtitle": there(spec.subtitle), "columns": there(spec.columns), "filters": there(_filters(model)),
        "sections": [{"label": label, "fields": names} for label, names in declared_sections(model)],
        "order": spec.order, "board": spec.board or None, "duplicates": bool(spec.duplicates),
        "merge": spec.merge, "quick": there(_quick(model)),
        "one_of": there(spec.one_of), "calendar": spec.calendar or None, "tick": spec.tick or None, "assignable": spec.assignable,
        "shareable": shareable(model),
        "prints": bool(spec.prints),
        "fields": [kind.describe() for kind in kinds.values()],
    }  # fmt: skip


def _filters(model: Any) -> list[str]:
    """Those of the declaration; whatever has a completeness is found by it, too."""
    score = score_of(model)
    return list(dict.fromkeys([*model.spec.filters, *([score.name] if score else [])]))


def _quick(model: Any) -> list[str]:
    """The fields of the short form, and whatever an administrator has made necessary."""
    needed = [name for name, kind in model.kinds().items() if kind.section and kind.required]
    return [*model.spec.quick, *needed] if model.spec.quick else []


@following
def _actions(model: Any) -> list[dict[str, Any]]:
    return [
        {
            "name": a.name, "label": a.label, "state": a.state or None, "sources": a.starts(model),
            "targets": a.leads(model),
            "input": [k.describe() for k in a.input.fields.values()] if a.input else None,
            "bulk": a.bulk, "danger": a.danger, "rare": a.rare,
        }
        for a in model.actions().values()
    ]  # fmt: skip
