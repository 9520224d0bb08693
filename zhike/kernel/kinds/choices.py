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
from zhike.chinese.folding import fold
from zhike.kernel import added
from zhike.kernel.kinds.base import NEGATED, Kind
from zhike.kernel.kinds.text import storable
from zhike.kernel.search.grams import Part

if TYPE_CHECKING:
    from zhike.kernel.reach import Actor

SEVERAL_OPS = ("has_any", "has_all", "has_none", "empty", "filled")
MOST_TAGS, LONGEST_TAG = 50, 40
SEPARATORS = str.maketrans({"，": ",", "、": ",", ";": ",", "；": ",", "|": ","})


@dataclass(frozen=True)
class Option:
    """One value of a choice: its label and whatever else belongs to it (colour, 默认赢率 …); a retired one is chosen no more.

    `when` names the values of the field its choice depends on with which it may be chosen (细分行业 of a 行业); none, with any.
    """

    label: str
    facts: dict[str, Any] = field(default_factory=dict)
    retired: bool = False
    when: tuple[str, ...] = ()


def option(label: str, *, when: tuple[str, ...] = (), **facts: Any) -> Option:
    """An option with facts: option("初步接触", probability="0.10", color="blue"); option("炼油", when=("energy",))."""
    return Option(label, facts, when=when)


Options = Mapping[str, str | Option]


class Optional:
    """What the kinds with options share.

    Fields declared with one and the same set of options share what an administrator changes about it.
    """

    declared: Mapping[str, Option]
    """As the declaration says."""
    written: Options
    """The very mapping they were declared with; by it fields that share their options know each other."""
    depends: str = ""
    """The choice of the same record that decides which of these may be chosen."""
    fixed: str = ""
    """Why options may be neither added nor retired: the program reckons with exactly these."""

    def set_options(self, options: Options | None) -> None:
        self.written = options if options is not None else {}
        self.declared = {k: o if isinstance(o, Option) else Option(o) for k, o in self.written.items()}

    @property
    def options(self) -> Mapping[str, Option]:
        """As of now: what is declared, and what an administrator has laid over it."""
        return added.current().options.get(id(self.written), self.declared)

    def open(self) -> dict[str, Option]:
        """The options that may be chosen."""
        return {value: o for value, o in self.options.items() if not o.retired}

    def known(self, raw: Any) -> str:
        if isinstance(raw, str) and raw in self.options:
            return raw
        raise ValueError(f"不认识的选项“{raw}”，可选：{'、'.join(o.label for o in self.open().values())}")

    def closed(self, value: Any, before: Any = None) -> str:
        """Why nobody may choose this any more; what stood there before may stay."""
        chosen, stood = (set(v) if isinstance(v, list) else {v} for v in (value, before))
        gone = [o.label for v, o in self.options.items() if o.retired and v in chosen - stood]
        return f"选项“{'、'.join(gone)}”已停用" if gone else ""

    def mismatch(self, value: Any, deciding: Any, decided: Any) -> str:
        """Why what is chosen here does not go with what is chosen there; empty when it does."""
        chosen = [self.options[v] for v in (value if isinstance(value, list) else [value]) if v in self.options]
        there = set(decided if isinstance(decided, list) else [decided])
        wrong = [o.label for o in chosen if o.when and not there & set(o.when)]
        if not wrong:
            return ""
        if deciding.is_empty(decided):
            return f"请先选择“{deciding.label}”"
        return f"“{'、'.join(wrong)}”与所选的“{deciding.label}”不符"

    def by_label(self, text: str) -> str:
        """The value of an option that a person wrote by its label."""
        labels = {o.label: value for value, o in self.options.items()}
        return labels.get(text) or self.known(text)

    def labels(self) -> dict[str, str]:
        return {value: o.label for value, o in self.options.items()}

    def described_options(self) -> dict[str, Any]:
        """A retired one comes along, to be read and asked for."""
        depends = {"depends": self.depends} if self.depends else {}
        return {"options": [_described(v, o) for v, o in self.options.items()]} | depends


def _described(value: str, option: Option) -> dict[str, Any]:
    when = {"when": list(option.when)} if option.when else {}
    return {"value": value, "label": option.label, **option.facts} | when | ({"retired": True} if option.retired else {})


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

    def __init__(
        self, label: str = "", options: Options | None = None, *args: Any, fixed: str = "", depends: str = "", **kwargs: Any
    ) -> None:
        self.set_options(options)
        self.fixed, self.depends = fixed, depends
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

    def holds(self, path: str, run: str) -> Q:
        """What is read is the label."""
        return Q(**{f"{path}__in": [value for value, label in self.labels().items() if run in fold(label)]})


class State(Choice):
    """状态: a choice that only an @action may change, apart from a record that brings its state from elsewhere.

    Arguments:
        grows: the states that one added by an administrator stands beside (未关闭的阶段). Every action that names all of them
            as sources or targets is open to it, too. Without such a group none can be added: no action would lead there.
    """

    kind, kept = "state", True

    def __init__(
        self, label: str = "", options: Options | None = None, *args: Any, grows: tuple[str, ...] = (), **kwargs: Any
    ) -> None:
        kwargs.setdefault("default", next(iter(options)) if options else "")
        kwargs["editable"] = False
        self.grows = grows
        super().__init__(label, options, *args, **kwargs)

    def named(self, states: tuple[str, ...]) -> tuple[str, ...]:
        """The states an action means: whoever names the whole group that grows means those added to it."""
        if not self.grows or not set(self.grows) <= set(states):
            return states
        return tuple(v for v in self.options if v in states or v not in self.declared)

    def condition(self, path: str, op: str, value: Any, actor: Actor) -> Q:
        """“Not won, not lost” as the stages that are left: an index finds these, and every record has one."""
        if op not in NEGATED:
            return super().condition(path, op, value, actor)
        unwanted = value if isinstance(value, list) else [value]
        wrong = {self.operand(v, actor) for v in unwanted}
        return Q(**{f"{path}__in": [v for v in self.options if v not in wrong]})


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

    def __init__(
        self, label: str = "", options: Options | None = None, *args: Any, fixed: str = "", depends: str = "", **kwargs: Any
    ) -> None:
        self.set_options(options)
        self.fixed, self.depends = fixed, depends
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
