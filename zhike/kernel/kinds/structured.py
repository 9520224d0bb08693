"""Kinds whose value has parts: an address, attached files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, JSONField, Q

from zhike.chinese import divisions
from zhike.chinese.dates import Order
from zhike.kernel.kinds.base import Kind
from zhike.kernel.kinds.masks import ENDS, WHOLE
from zhike.kernel.kinds.references import identifier
from zhike.kernel.kinds.text import storable
from zhike.kernel.search.grams import Part

if TYPE_CHECKING:
    from zhike.kernel.reach import Actor

LONGEST_DETAIL = 200
MOST_FILES = 50


class Address(Kind, models.JSONField):
    """地址: province, city and county by their official code, and the rest as people write it.

    A name alone is not a key (鼓楼区 occurs four times), so the code is what is kept.
    """

    kind, ops, sortable, masks = "address", ("within", "contains", "empty", "filled"), False, WHOLE
    json_type = {
        "type": "object",
        "properties": {"code": {"type": "string"}, "detail": {"type": "string"}},
        "additionalProperties": False,
    }

    def convert(self, raw: Any) -> Any:
        if not isinstance(raw, dict) or set(raw) - {"code", "detail", "label"}:
            raise ValueError("地址应由行政区划代码 code 与详细地址 detail 组成")
        code, detail = storable(raw.get("code") or ""), " ".join(storable(raw.get("detail") or "").split())
        if code and not divisions.known(code):
            raise ValueError(f"没有行政区划代码“{code[:20]}”")
        if len(detail) > LONGEST_DETAIL:
            raise ValueError(f"详细地址最多 {LONGEST_DETAIL} 个字")
        return {"code": code, "detail": detail} if code or detail else None

    def read(self, text: str, order: Order = "ymd") -> Any:
        found = divisions.find(text.strip()) if text.strip() else None
        code, detail = found or ("", text.strip())
        return self.parse({"code": code, "detail": detail})

    def show(self, value: Any) -> Any:
        return f"{divisions.label(value['code']) if value['code'] else ''}{value['detail']}" if value else ""

    def nothing(self) -> Any:
        return None

    def condition(self, path: str, op: str, value: Any, actor: Actor) -> Q:
        if op == "within":
            return Q(**{f"{path}__code__startswith": storable(value)})
        if op == "contains":
            return Q(**{f"{path}__detail__icontains": storable(value)})
        return super().condition(path, op, value, actor)

    def search_parts(self, value: Any) -> Iterable[Part]:
        return [Part(str(self.show(value)))]

    def holds(self, path: str, run: str) -> Q:
        """Of the parts only the detail is kept in words."""
        return Q(**{f"{path}__detail__icontains": run})


class File(Kind, ArrayField):
    """附件: uploaded files, kept by the files feature, attached by their ids."""

    kind, ops, nullable, sortable = "file", ("empty", "filled"), False, False
    json_type = {"type": "array", "items": {"type": "integer"}}

    def __init__(self, label: str = "附件", *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("base_field", models.BigIntegerField())
        kwargs.setdefault("default", list)
        super().__init__(label, *args, **kwargs)

    @property
    def target(self) -> Any:
        """The object that keeps the files."""
        return apps.get_model(settings.FILE_MODEL)

    @property
    def importable(self) -> bool:
        """A spreadsheet carries no files."""
        return False

    def nothing(self) -> list[int]:
        return []

    def convert(self, raw: Any) -> list[int]:
        if not isinstance(raw, list) or len(raw) > MOST_FILES:
            raise ValueError(f"应为一组附件，最多 {MOST_FILES} 个")
        return list(dict.fromkeys(identifier(r) for r in raw))

    def show(self, value: Any) -> Any:
        return "、".join(v["name"] for v in value or [])

    def expression(self, path: str) -> Any:
        return _FileList(F(path), table=self.target._meta.db_table)

    def emptiness(self, path: str) -> Q:
        return Q(**{path: []})

    def search_parts(self, value: Any) -> Iterable[Part]:
        return []


class _FileList(Func):
    """[{"id", "name", "size", "type"}, …] of the attached files."""

    output_field = JSONField()
    template = (
        "(SELECT coalesce(json_agg(json_build_object('id', f.id, 'name', f.name, 'size', f.size, 'type', f.type) "
        "ORDER BY f.id), '[]') FROM \"%(table)s\" f WHERE f.id = ANY(%(expressions)s))"
    )


class Number(Kind, models.CharField):
    """自动编号: given once, never again, without a gap-closing lock, so that two people never wait for each other.

    Arguments:
        pattern: {yyyy} {mm} {dd} and {seq:5} (five digits or more) are replaced: "KH{yyyy}{mm}-{seq:5}".
    """

    counter = ""  # the sequence of an added one, which nothing but that sequence fills

    kind, kept, ops, nullable = "number", True, ("contains", "starts", "eq", "ne", "in", "empty", "filled"), False
    masks = ENDS

    def __init__(self, label: str = "编号", pattern: str = "{seq:6}", *args: Any, **kwargs: Any) -> None:
        self.pattern = pattern
        kwargs = {"max_length": 60, "unique": True, "editable": False, "blank": True, "search": True, **kwargs}
        super().__init__(label, *args, **kwargs)

    def convert(self, raw: Any) -> str:
        text = " ".join(storable(str(raw)).split())
        if len(text) > self.max_length:
            raise ValueError(f"最多 {self.max_length} 个字")
        return text

    def condition(self, path: str, op: str, value: Any, actor: Actor) -> Q:
        if op == "contains":
            return Q(**{f"{path}__icontains": self.operand(value, actor)})
        return super().condition(path, op, value, actor)
