"""The interface on one page, for people: drawn from the OpenAPI document, without a line of script."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from zhike.api.openapi import whole
from zhike.api.words import DOCUMENT, told
from zhike.kernel.added import following
from zhike.words.catalogue import say
from zhike.words.speaking import CHINESE, ENGLISH, english

PAGE = """<!doctype html><html lang="{}"><meta charset="utf-8"><title>{}</title>
<meta name="viewport" content="width=device-width"><style>
body{{font:15px/1.6 system-ui,"Noto Sans CJK SC",sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#1f2430}}
h2{{margin-top:2.5rem}}table{{border-collapse:collapse;width:100%}}td,th{{border-bottom:1px solid #e3e6ec;padding:.3rem .6rem;
text-align:left;vertical-align:top}}code{{font-size:.92em}}nav a{{margin-right:1rem}}.v{{font-weight:600;width:5rem}}</style>
<h1>{}</h1><p>{}<a href="openapi.json">openapi.json</a></p><p>{}</p><nav>{}</nav>{}</html>"""
TITLE, MACHINE = "知客接口", "机器可读的说明："
HOW = "程序以 Authorization: Bearer 令牌 访问，令牌由 zhike token 登录名 生成。出错时一律返回 {code, message, fields}。"


def page(actor: Any, request: HttpRequest) -> HttpResponse:
    """Every operation of every object with what it takes."""
    return HttpResponse(_drawn(told(whole(), DOCUMENT), ENGLISH) if english() else _page())


@following
def _page() -> str:
    return _drawn(whole(), CHINESE)


def _drawn(document: dict[str, Any], language: str) -> str:
    tags: dict[str, list[tuple[str, str, Any]]] = {}
    for address, operations in document["paths"].items():
        for method, operation in operations.items():
            tags.setdefault(operation["tags"][0], []).append((method.upper(), address, operation))
    links = format_html_join("", '<a href="#{}">{}</a>', ((tag, tag) for tag in tags))
    sections = format_html_join("", "{}", ((_section(document, tag, found),) for tag, found in tags.items()))
    return format_html(PAGE, language, say(TITLE), say(TITLE), say(MACHINE), say(HOW), links, sections)


def _section(document: dict[str, Any], tag: str, operations: list[tuple[str, str, Any]]) -> SafeString:
    rows = format_html_join(
        "",
        '<tr><td class="v">{}</td><td><code>{}</code></td><td>{}</td><td>{}</td></tr>',
        ((method, address, o["summary"], _takes(document, o)) for method, address, o in operations),
    )
    return format_html('<h2 id="{}">{}</h2><table>{}</table>', tag, tag, rows)


def _takes(document: dict[str, Any], operation: dict[str, Any]) -> SafeString:
    """The names it understands; what is required stands in bold."""
    asked = [p["name"] for p in operation["parameters"] if p["in"] == "query"]
    schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    required, named = set(schema.get("required", ())), list(schema.get("properties", ()))
    words = (format_html("<b>{}</b>" if n in required else "{}", n) for n in [*asked, *named])
    return format_html_join(", ", "{}", ((w,) for w in words))
