"""The OpenAPI document 接口说明, derived from the same declarations as the interface itself."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

from django.http import HttpRequest, HttpResponse

from zhike import __version__
from zhike.api.errors import STATUS
from zhike.api.json import respond
from zhike.api.services import ANYTHING, NUMBERED, TEXT, Schema, Service, services
from zhike.kernel.added import following
from zhike.kernel.registry import objects
from zhike.kernel.sight import readable

LABELLED = {"type": "object", "properties": {"id": {"type": "integer"}, "label": {"type": "string"}}}
WORDS: Schema = {"content": {"text/plain": {"schema": TEXT}}}
WHOLE = ("limit", "after")
LIST_QUERY = ("filter", "order", "fields", "after", "q", "meets")


def document(actor: Any, request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.1, for programs and for the page under /docs."""
    hidden = frozenset(
        (model.__name__, name) for model in objects().values() for name in set(model.kinds()) - set(readable(model, actor))
    )
    return respond(without(hidden) if hidden else whole())


def without(hidden: frozenset[tuple[str, str]]) -> Schema:
    """The document for somebody from whom these fields are hidden."""
    told: Schema = deepcopy(whole())
    for name, field in hidden:
        for schema in (name, f"{name}New", f"{name}Change"):
            described = told["components"]["schemas"][schema]
            described["properties"].pop(field, None)
            described["required"] = [n for n in described["required"] if n != field]
    return told


@following
def whole() -> Schema:
    paths: Schema = {}
    schemas: Schema = {"Problem": PROBLEM}
    for model in objects().values():
        schemas |= _schemas(model)
        paths |= _paths(model)
    _add_services(paths)
    return {
        "openapi": "3.1.0",
        "info": {"title": "知客 Zhike", "version": __version__, "description": "由业务对象的声明导出。"},
        "servers": [{"url": "/api/v1"}],
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        "security": [{"token": []}],
    }  # fmt: skip


PROBLEM = {
    "type": "object",
    "required": ["code", "message", "fields"],
    "properties": {
        "code": {"type": "string", "enum": sorted(STATUS)},
        "message": {"type": "string"},
        "fields": {"type": "object"},
    },
}


def _schemas(model: Any) -> Schema:
    """What is sent and what comes back of one object."""
    editable = {n: k for n, k in model.kinds().items() if k.editable}
    required = [n for n, k in editable.items() if k.required]
    written = {n: _written(k) for n, k in editable.items()}
    name = model.__name__
    return {
        name: {"type": "object", "required": ["id", "version"], "properties": _read(model)},
        f"{name}New": _closed(written, required),
        f"{name}Change": _closed(written | {"version": NUMBERED}, []),
    }


def _closed(properties: Schema, required: list[str]) -> Schema:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _written(kind: Any) -> Schema:
    described: Schema = {**kind.json_type, "title": kind.label}
    if kind.kind == "lines":
        parts = kind.target.kinds()
        required = [n for n, k in parts.items() if k.editable and k.required]
        items = {n: _written(k) for n, k in parts.items() if k.editable}
        return described | {"items": _closed(items | {"id": NUMBERED}, required)}
    if getattr(kind, "options", None) and kind.json_type == {"type": "string"}:
        described["enum"] = list(kind.open())
    if kind.kind in ("ref", "person"):
        described |= NUMBERED
    if not kind.required and described["type"] != "array":
        described["type"] = [described["type"], "null"]
        if "enum" in described:
            described["enum"] = [*described["enum"], None]
    return described


def _read(model: Any) -> Schema:
    return {"id": NUMBERED, "version": NUMBERED} | {n: _shown(k) for n, k in model.kinds().items()}


def _shown(kind: Any) -> Schema:
    shapes: Schema = {
        "ref": {**LABELLED, "type": ["object", "null"]},
        "person": {**LABELLED, "type": ["object", "null"]},
        "refs": {"type": "array", "items": LABELLED},
        "file": {"type": "array", "items": ANYTHING},
    }
    if kind.kind in shapes:
        return {**shapes[kind.kind], "title": kind.label}
    plain = kind.json_type["type"]
    return {"type": plain if plain == "array" else [plain, "null"], "title": kind.label}


def _paths(model: Any) -> Schema:
    collection, name = model.spec.collection, model.__name__
    base, one = f"/{collection}", f"/{collection}/{{id}}"
    record, list_of = _ref(name), _answer({"type": "object", "properties": {"rows": {"type": "array"}}})
    found: Schema = {
        base: {
            "get": _operation(model, "list", "列表", list_of, query=LIST_QUERY),
            "post": _operation(model, "create", "新建", _answer(record, 201), body=f"{name}New"),
        },
        f"{base}/aggregate": {
            "get": _operation(model, "aggregate", "汇总", list_of, query=("group", "measures", "filter", "order"))
        },
        f"{base}/options": {"get": _operation(model, "options", "供选择", list_of, query=("q",))},
        one: {
            "get": _operation(model, "read", "查看", _answer(record), one=True),
            "patch": _operation(model, "change", "修改", _answer(record), one=True, body=f"{name}Change"),
            "delete": _operation(model, "delete", "删除", {"204": {"description": "已删除"}}, one=True),
        },
        f"{one}/page": {"get": _operation(model, "page", "整页", _answer(ANYTHING), one=True)},
        f"{one}/history": {"get": _operation(model, "history", "修改历史", list_of, one=True)},
        f"{one}/history/{{entry}}": {"post": _change_back(model, _answer(record))},
    }
    for action in model.actions().values():
        operation = _operation(model, action.name, action.label, _answer(ANYTHING), one=True)
        operation["requestBody"] = {"content": {"application/json": {"schema": _form(model, action)}}}
        found[f"{one}/{action.name}"] = {"post": operation}
    return found


def _add_services(paths: Schema) -> None:
    """Whatever else there is an address for; what is offered for every collection stands with each of them."""
    for service in services():
        models = list(objects().values()) if "{collection}" in service.address else [None]
        for model in models:
            address = service.address.replace("{collection}", model.spec.collection) if model else service.address
            paths.setdefault(address, {}).setdefault(service.method, _service(service, address, model))


def _service(service: Service, address: str, model: Any) -> Schema:
    where = [
        {"name": n, "in": "path", "required": True, "schema": NUMBERED if n.endswith("id") else TEXT}
        for n in re.findall(r"{(\w+)}", address)
    ]
    asked = [
        {"name": n, "in": "query", "schema": {"type": "integer", "minimum": 0} if n in WHOLE else TEXT} for n in service.query
    ]
    answers: Schema = {
        str(service.status): {"description": "完成", **(WORDS if service.plain else {})},
        "default": {"description": "未能完成", **(WORDS if service.plain else _content(_ref("Problem")))},
    }
    operation: Schema = {
        "operationId": f"{service.method}_{re.sub(r'[^a-z]+', '_', address).strip('_')}",
        "summary": service.label + (model.spec.label if model else ""),
        "tags": [model.spec.label if model else service.tag],
        "parameters": [*where, *asked],
        "responses": answers,
    }
    if service.method in ("post", "patch") and service.body:
        media = "multipart/form-data" if service.form else "application/json"
        operation["requestBody"] = {
            "required": True,
            "content": {media: {"schema": _closed(service.body, list(service.required))}},
        }
    return operation


def _form(model: Any, action: Any) -> Schema:
    fields = action.input.fields if action.input else {}
    properties = {n: _written(k) for n, k in fields.items()} | {"version": NUMBERED}
    required = [n for n, k in fields.items() if k.required]
    if len(action.targets) > 1:
        properties["to"] = {"type": "string", "enum": list(action.leads(model))}
        required.append("to")
    return _closed(properties, required)


def _operation(
    model: Any, verb: str, label: str, answers: Schema, *, one: bool = False, query: Any = (), body: str = ""
) -> Schema:
    place = [{"name": "id", "in": "path", "required": True, "schema": NUMBERED}] if one else []
    asked = [{"name": n, "in": "query", "schema": {"type": "string"}} for n in query]
    operation: Schema = {
        "operationId": f"{model.spec.collection}_{verb}",
        "summary": f"{label}{model.spec.label}",
        "tags": [model.spec.label],
        "parameters": [*place, *asked],
        "responses": answers | {"default": {"description": "未能完成", **_content(_ref("Problem"))}},
    }
    if body:
        operation["requestBody"] = {"required": True, **_content(_ref(body))}
    return operation


def _change_back(model: Any, answers: Schema) -> Schema:
    operation = _operation(model, "change_back", "改回", answers, one=True)
    operation["parameters"].append({"name": "entry", "in": "path", "required": True, "schema": NUMBERED})
    fields = {"fields": {"type": "array", "items": {"type": "string"}}, "version": NUMBERED}
    operation["requestBody"] = {**_content({"type": "object", "properties": fields, "additionalProperties": False})}
    return operation


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _content(schema: Schema) -> Schema:
    return {"content": {"application/json": {"schema": schema}}}


def _answer(schema: Schema, status: int = 200) -> Schema:
    return {str(status): {"description": "完成", **_content(schema)}}
