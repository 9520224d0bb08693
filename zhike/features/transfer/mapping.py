"""The mapping (对应关系): which column goes to which field, how references are found, and what odd values mean."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from typing import Any

from zhike.features.transfer.destinations import Destination, destinations, refusal
from zhike.kernel.errors import Invalid
from zhike.kernel.sight import askable

UNKNOWN = ("refuse", "create", "empty")
ORDERS = ("ymd", "mdy", "dmy")
ON_DUPLICATE = ("skip", "update", "create")
KEYS = frozenset(("columns", "values", "defaults", "dates", "match"))
COLUMN_KEYS = frozenset(("field", "also", "by", "unknown"))


@dataclass(frozen=True)
class Column:
    """One column of the file and its field.

    Arguments:
        also: further fields that take the same cell (接触日期 is also when the record was created).
        by: what a reference is found by; "name" stands for its title.
        unknown: what to do with a value nobody knows: refuse the row, create the record, or leave the field empty.
    """

    header: str
    field: str
    also: tuple[str, ...] = ()
    by: str = "name"
    unknown: str = "refuse"

    def as_json(self) -> dict[str, Any]:
        shown: dict[str, Any] = {"field": self.field, "by": self.by, "unknown": self.unknown}
        return shown | ({"also": list(self.also)} if self.also else {})


@dataclass(frozen=True)
class Mapping:
    """对应关系, checked against an object and the headers of a file.

    Arguments:
        values: field → text in the file → what it means.
        defaults: field → the value where the file has none.
        match: fields by which a row is known to be a record that is there already.
    """

    columns: tuple[Column, ...]
    values: AnyMapping[str, AnyMapping[str, str]] = field(default_factory=dict)
    defaults: AnyMapping[str, Any] = field(default_factory=dict)
    dates: str = "ymd"
    match: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "columns": {column.header: column.as_json() for column in self.columns},
            "values": {name: dict(meanings) for name, meanings in self.values.items()},
            "defaults": dict(self.defaults),
            "dates": self.dates,
            "match": list(self.match),
        }


def read_mapping(data: Any, model: Any, actor: Any, headers: list[str] | None = None) -> Mapping:
    """A mapping from JSON. Raises Invalid with every wrong place; `headers` are those of the file, when there is one."""
    if not isinstance(data, dict) or set(data) - KEYS or not isinstance(data.get("columns"), dict):
        raise wrong(f"对应关系应为一个对象，由 {'、'.join(sorted(KEYS))} 组成")
    known, asker = destinations(model, actor), Asker(model, actor)
    columns = tuple(read_column(header, to, known, headers, asker) for header, to in data["columns"].items())
    paths = [path for column in columns for path in (column.field, *column.also)]
    if twice := sorted({path for path in paths if paths.count(path) > 1}):
        raise wrong("、".join(f"“{known[path].label}”对应了不止一列" for path in twice))
    match = texts(data.get("match", []), "match")
    if missing := [name for name in match if name not in paths or known[name].line]:
        raise wrong(f"用来识别已有记录的字段没有对应的列：{'、'.join(missing)}")
    if masked := [known[name].label for name in match if name not in askable(model, actor)]:
        raise wrong(f"您不能按这些字段识别已有记录：{'、'.join(masked)}")
    return Mapping(
        columns=columns,
        values=read_values(data.get("values", {}), known),
        defaults=read_defaults(data.get("defaults", {}), known),
        dates=one_of(data.get("dates", "ymd"), ORDERS, "dates"),
        match=match,
    )


@dataclass(frozen=True)
class Asker:
    """Who maps the columns of what."""

    model: Any
    actor: Any


def read_column(header: str, to: Any, known: AnyMapping[str, Destination], headers: list[str] | None, asker: Asker) -> Column:
    if headers is not None and header not in headers:
        raise wrong(f"文件里没有表头“{header[:60]}”")
    if not isinstance(to, dict) or set(to) - COLUMN_KEYS:
        raise wrong(f"表头“{header[:60]}”的对应关系应由 {'、'.join(sorted(COLUMN_KEYS))} 组成")
    path, also = str(to.get("field")), texts(to.get("also", []), "also")
    for each in (path, *also):
        if each not in known:
            raise wrong(f"表头“{header[:60]}”对应的字段“{each[:60]}”{refusal(asker.model, each, asker.actor)}")
    column = Column(header, path, also=also, by=str(to.get("by") or "name"), unknown=to.get("unknown") or "refuse")
    one_of(column.unknown, UNKNOWN, "unknown")
    check_by(column, known[column.field], asker.actor)
    return column


def check_by(column: Column, destination: Destination, actor: Any) -> None:
    """A reference is found by a text of the object it points to, and made from its title only."""
    if column.unknown == "create" and not (destination.points and column.by == "name"):
        raise wrong(f"“{destination.label}”遇到没有的值时不能新建")
    if not destination.points or column.by in ("name", "id"):
        return
    kind = askable(destination.kind.target, actor).get(column.by)
    if kind is None or kind.kind not in ("text", "number", "phone", "email"):
        raise wrong(f"“{destination.label}”不能按“{str(column.by)[:60]}”查找")


def read_values(data: Any, known: AnyMapping[str, Destination]) -> dict[str, dict[str, str]]:
    whole = isinstance(data, dict) and all(isinstance(meanings, dict) for meanings in data.values())
    if not whole or not all(isinstance(meant, str) for meanings in data.values() for meant in meanings.values()):
        raise wrong("values 应为 字段 → 原值 → 含义")
    return {require_field(name, known): meanings for name, meanings in data.items()}


def read_defaults(data: Any, known: AnyMapping[str, Destination]) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise wrong("defaults 应为 字段 → 默认值")
    return {require_field(name, known): value for name, value in data.items()}


def require_field(name: str, known: AnyMapping[str, Destination]) -> str:
    if name not in known:
        raise wrong(f"字段“{name[:60]}”不存在或不能导入")
    return name


def texts(data: Any, name: str) -> tuple[str, ...]:
    if not isinstance(data, list) or not all(isinstance(each, str) for each in data):
        raise wrong(f"{name} 应为一组文字")
    return tuple(data)


def one_of(value: Any, allowed: tuple[str, ...], name: str) -> str:
    if value not in allowed:
        raise wrong(f"{name} 应为 {'、'.join(allowed)} 之一")
    return str(value)


def wrong(reason: str) -> Invalid:
    return Invalid.of({"mapping": reason}, {"mapping": "对应关系"})
