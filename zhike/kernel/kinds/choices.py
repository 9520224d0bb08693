"""Kinds with a fixed set of values: yes/no, one of several, several of several, a state, tags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from zhike.chinese import numbers
from zhike.chinese.dates import Order
from zhike.kernel.kinds.base import Kind
from zhike.kernel.kinds.text import storable
from zhike.kernel.search.grams import Part

if TYPE_CHECKING:
    from zhike.kernel.reach import Actor

SEVERAL_OPS = ("has_any", "has_all", "has_none", "empty", "filled")
MOST_TAGS, LONGEST_TAG = 50, 40
SEPARATORS = str.maketrans({"，": ",", "、": ",", ";": ",", "；": ",", "|": ","})


@dataclass(frozen=True)
class Option:
    """One value of a choice: its label and whatever else belongs to it (colour, 默认赢率 …)."""

    label: str
    facts: dict[str, Any] = field(default_factory=dict)


def option(label: str, **facts: Any) -> Option:
    """An option with facts: option("初步接触", probability="0.10", color="blue")."""
    return Option(label, facts)


Options = Mapping[str, str | Option]


class Optional:
    """What the kinds with options share."""

    options: dict[str, Option]

    def set_options(self, options: Options | None) -> None:
        self.options = {k: o if isinstance(o, Option) else Option(o) for k, o in (options or {}).items()}

    def known(self, raw: Any) -> str:
        if isinstance(raw, str) and raw in self.options:
            return raw
        raise ValueError(f"不认识的选项“{raw}”，可选：{'、'.join(o.label for o in self.options.values())}")

    def by_label(self, text: str) -> str:
        """The value of an option that a person wrote by its label."""
        labels = {o.label: value for value, o in self.options.items()}
        return labels.get(text) or self.known(text)

    def labels(self) -> dict[str, str]:
        return {value: o.label for value, o in self.options.items()}

    def described_options(self) -> dict[str, Any]:
        return {"options": [{"value": v, "label": o.label, **o.facts} for v, o in self.options.items()]}


class Boolean(Kind, models.BooleanField):
    """是/否."""

    kind, ops, json_type, nullable = "boolean", ("eq",), {"type": "boolean"}, False

    def __init__(self, label: str = "", *args: Any, default: bool = False, **kwargs: Any) -> None:
        super().__init__(label, *args, default=default, **kwargs)

    def convert(self, raw: Any) -> bool:
        if not isinstance(raw, bool):
            raise ValueError("应为 是 或 否")
        return raw

    def nothing(self) -> bool:
        return bool(self.default)

    def read(self, text: str, order: Order = "ymd") -> Any:
        return numbers.read_boolean(text) if text.strip() else self.nothing()

    def show(self, value: Any) -> Any:
        return "是" if value else "否"

    def is_empty(self, value: Any) -> bool:
        return value is None


class Choice(Optional, Kind, models.CharField):
    """单选."""

    kind, ops, nullable = "choice", ("eq", "ne", "in", "not_in", "empty", "filled"), False

    def __init__(self, label: str = "", options: Options | None = None, *args: Any, **kwargs: Any) -> None:
        self.set_options(options)
        kwargs.setdefault("max_length", 40)
        super().__init__(label, *args, **kwargs)

    def convert(self, raw: Any) -> str:
        return self.known(raw)

    def read(self, text: str, order: Order = "ymd") -> Any:
        return self.by_label(text.strip()) if text.strip() else self.nothing()

    def show(self, value: Any) -> Any:
        return self.labels().get(value, value or "")

    def extra(self) -> dict[str, Any]:
        return self.described_options()

    def search_parts(self, value: str) -> Iterable[Part]:
        return [Part(self.labels().get(value, value))]


class State(Choice):
    """状态: a choice that only an @action may change, apart from a record that brings its state from elsewhere."""

    kind, kept = "state", True

    def __init__(self, label: str = "", options: Options | None = None, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", next(iter(options)) if options else "")
        kwargs["editable"] = False
        super().__init__(label, options, *args, **kwargs)


class Several(Kind, ArrayField):
    """What the kinds with several texts share."""

    ops, nullable, sortable = SEVERAL_OPS, False, False
    json_type = {"type": "array", "items": {"type": "string"}}

    def __init__(self, label: str = "", *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("base_field", models.CharField(max_length=LONGEST_TAG))
        kwargs.setdefault("default", list)
        super().__init__(label, *args, **kwargs)

    def one(self, raw: Any) -> str:
        raise NotImplementedError

    def nothing(self) -> list[str]:
        return []

    def convert(self, raw: Any) -> list[str]:
        if not isinstance(raw, list):
            raise ValueError("应为一组值")
        if len(raw) > MOST_TAGS:
            raise ValueError(f"最多 {MOST_TAGS} 个")
        return list(dict.fromkeys(self.one(r) for r in raw))

    def emptiness(self, path: str) -> Q:
        return Q(**{path: []})

    def condition(self, path: str, op: str, value: Any, actor: Actor) -> Q:
        if op == "has_none":
            return ~self.condition(path, "has_any", value, actor)
        if op in ("has_any", "has_all"):
            lookup = "overlap" if op == "has_any" else "contains"
            return Q(**{f"{path}__{lookup}": self.operand(value, actor)})
        return super().condition(path, op, value, actor)

    def operand(self, value: Any, actor: Actor) -> list[str]:
        return self.convert(value if isinstance(value, list) else [value])


class Choices(Optional, Several):
    """多选."""

    kind = "choices"

    def __init__(self, label: str = "", options: Options | None = None, *args: Any, **kwargs: Any) -> None:
        self.set_options(options)
        super().__init__(label, *args, **kwargs)

    def one(self, raw: Any) -> str:
        return self.known(raw)

    def read(self, text: str, order: Order = "ymd") -> Any:
        return [self.by_label(t.strip()) for t in text.translate(SEPARATORS).split(",") if t.strip()]

    def show(self, value: Any) -> Any:
        return "、".join(self.labels().get(v, v) for v in value or [])

    def extra(self) -> dict[str, Any]:
        return self.described_options()

    def search_parts(self, value: list[str]) -> Iterable[Part]:
        return [Part(self.labels().get(v, v)) for v in value]


class Tags(Several):
    """标签: free words that people group records by."""

    kind = "tags"

    def __init__(self, label: str = "标签", *args: Any, **kwargs: Any) -> None:
        super().__init__(label, *args, **{"search": True, **kwargs})

    def one(self, raw: Any) -> str:
        text = " ".join(storable(raw).split())
        if not text or len(text) > LONGEST_TAG:
            raise ValueError(f"每个标签 1 到 {LONGEST_TAG} 个字")
        return text

    def read(self, text: str, order: Order = "ymd") -> Any:
        return self.convert([t.strip() for t in text.translate(SEPARATORS).split(",") if t.strip()])

    def show(self, value: Any) -> Any:
        return "、".join(value or [])

    def search_parts(self, value: list[str]) -> Iterable[Part]:
        return [Part(v) for v in value]
