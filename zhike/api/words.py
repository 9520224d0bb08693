"""The one door through which the words of the product leave in another language.

An answer is made in Chinese like any other and translated on its way out; who asks for Chinese pays nothing. `WORDS` is exact
about which keys carry words of ours: whatever people entered lies elsewhere and is never touched.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from zhike.words.catalogue import listed, pair, say, word
from zhike.words.speaking import ENGLISH, asked_for, speaking

Say = Callable[[str], str]
Keys = dict[str, Say]
ROOT = "/api/"
ADDED = "x_"
"""What the name of a field begins with that people added: its words are theirs."""
LIST = "<slug:collection>"
ONE = f"{LIST}/<int:pk>"
JOB: Keys = {
    "label": say, "error": say, "log.text": say, "result.kept|refused|records|reasons.reason": say,
}  # fmt: skip
ENTRY: Keys = {"label": word, "part_label": word, "changes.label": word}
RECORD: Keys = {"actions.*": say}
IMPORT: Keys = {"preview.errors.*": say, "result.reasons.reason": say, "result.undone.records.reason": say}


def within(place: str, keys: Keys) -> Keys:
    """The same keys, deeper inside an answer."""
    return {f"{place}.{path}": how for path, how in keys.items()}


# Keys that carry words: “*” is any key, “**” any depth, “a|b” either; lists are gone through without being named.
META: Keys = {
    "menus.label": word, "dashboards.**.label": say, "home.cards.**.label|hint": say,
    "objects.*.menu": word, "objects.*.**.label|help|zero": listed, "objects.*.**.called.*": word,
}  # fmt: skip
PROBLEM: Keys = {"message": say, "fields.*": say, "duplicates.reason": say}
DOCUMENT: Keys = {
    "info.title|description": word, "paths.*.*.summary": pair, "paths.*.*.tags": word, "paths.*.*.responses.*.description": word,
    "paths.**.title": word, "components.**.title": word,
}  # fmt: skip
WORDS: dict[str, Keys] = {
    "GET search": {"groups.label": word, "groups.rows.matched.label": word},
    "GET session/ways": {"problem": say},
    "GET session/identities": {"problem": say},
    "GET notifications": {"rows.text": say},
    "POST notifications/read": {"rows.text": say},
    "GET jobs": within("rows", JOB),
    "GET jobs/<int:pk>": JOB,
    "POST jobs/<int:pk>/cancel": JOB,
    "POST report-figures": {"label": word},
    "POST report-figures/export": JOB,
    "POST dashboard-figures/export": JOB,
    "POST reports/<int:pk>/result": {"label": word},
    "POST reports/<int:pk>/mail": JOB,
    "POST imports": IMPORT,
    "GET imports/<int:pk>": IMPORT,
    "PATCH imports/<int:pk>": IMPORT,
    "POST imports/<int:pk>/check": JOB,
    "POST imports/<int:pk>/run": JOB,
    "POST imports/<int:pk>/undo": JOB,
    "POST alert-rules/back-test": JOB,
    "POST approval-policies/simulate": JOB,
    "POST automations/rehearse": JOB,
    "GET mail": {"last_error.label|error": say},
    "POST mail": JOB,
    "GET numbering": {"rows.object|label": word},
    "POST numbering/<str:field>": {"rows.object|label": word},
    "GET modules": {"rows.label": word, "rows.objects|needs|needed_by.label": word},
    "POST modules/<slug:name>": {"rows.label": word, "rows.objects|needs|needed_by.label": word},
    "GET openapi.json": DOCUMENT,
    f"POST {LIST}": RECORD,
    f"POST {LIST}/bulk": {"refused.reason": say, **JOB},
    f"POST {LIST}/export": JOB,
    f"POST {LIST}/duplicates": {"duplicates.reason": say},
    f"GET {ONE}": RECORD,
    f"PATCH {ONE}": RECORD,
    f"GET {ONE}/page": within("record", RECORD) | within("history.rows", ENTRY),
    f"GET {ONE}/history": within("rows", ENTRY),
    f"GET {ONE}/transfer": {"rows.label": word},
    f"POST {ONE}/transfer": RECORD,
    f"POST {ONE}/<slug:action>": RECORD,
}  # fmt: skip


class Words:
    """Answers in the language that was asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(ROOT):
            return self._next(request)
        language = asked_for(request.headers.get("Accept-Language", ""))
        with speaking(language):
            answer = self._next(request)
            if language == ENGLISH:
                translate(request, answer)
        patch_vary_headers(answer, ["Accept-Language"])
        return answer


def translate(request: HttpRequest, answer: Any) -> None:
    """Put the words of an answer into English."""
    keys = PROBLEM if answer.status_code >= 400 else WORDS.get(_operation(request))
    if keys and answer.get("Content-Type", "").startswith("application/json"):
        answer.content = orjson.dumps(told(orjson.loads(answer.content), keys))


def _operation(request: HttpRequest) -> str:
    match = request.resolver_match
    return f"{request.method} {match.route.removeprefix('api/v1/')}" if match else ""


def told(answer: Any, keys: Keys) -> Any:
    """An answer with the words under these keys put into the asker's language."""
    for path, how in keys.items():
        answer = _told(answer, path.split("."), how)
    return answer


def _told(value: Any, path: list[str], how: Say) -> Any:
    if isinstance(value, list):
        return [_told(one, path, how) for one in value]
    if not path:
        return how(value) if isinstance(value, str) else value
    if not isinstance(value, dict) or str(value.get("name", "")).startswith(ADDED):
        return value
    here, *rest = path
    if here == "**":
        deeper = {key: _told(one, path, how) for key, one in value.items()}
        return _told(deeper, rest, how)
    wanted = value if here == "*" else value.keys() & here.split("|")
    return value | {key: _told(value[key], rest, how) for key in wanted}
