"""What sorts of fields can be added 字段类型, and the kind that each becomes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.conf import settings

from zhike.kernel.declare import f
from zhike.kernel.kinds.added import added
from zhike.kernel.registry import every_object

SORTS = {
    "text": "单行文字",
    "longtext": "多行文字",
    "integer": "整数",
    "decimal": "小数",
    "money": "金额",
    "ratio": "折扣率",
    "date": "日期",
    "datetime": "日期和时间",
    "boolean": "是/否",
    "choice": "单选",
    "choices": "多选",
    "tags": "标签",
    "ref": "引用",
    "person": "人员",
    "phone": "电话",
    "email": "邮箱",
    "url": "网址",
    "address": "地址",
    "file": "附件",
    "number": "自动编号",
}
CHOOSING, POINTING, COUNTING = ("choice", "choices"), ("ref",), "number"
SEARCHABLE = frozenset({"text", "longtext", "choice", "choices", "tags", "phone", "email", "url", "address", "number"})
PLAIN: dict[str, Any] = {
    "text": f.Text, "longtext": f.LongText, "integer": f.Integer, "decimal": f.Decimal, "money": f.Money, "ratio": f.Ratio,
    "date": f.Date, "datetime": f.DateTime, "boolean": f.Boolean, "tags": f.Tags, "person": f.Person,
    "phone": f.Phone, "email": f.Email, "url": f.Url, "address": f.Address, "file": f.File,
}  # fmt: skip


def made(
    sort: str, label: str, *, options: dict[str, Any], target: str, pattern: str = "", counter: str = "", **facts: Any
) -> Any:
    """The kind of a definition, without its place.

    Arguments:
        options: value → option; target: the collection a reference points to; pattern and counter: how numbers are written, and
            the sequence they are drawn from.
    """
    if sort in CHOOSING:
        return added(f.Choice if sort == "choice" else f.Choices)(label, options, **facts)
    if sort in POINTING:
        return reference(every_object()[target])(label, facts)
    if sort == COUNTING:
        return numbered(label, pattern, counter, facts)
    kind = added(PLAIN[sort])
    return kind(label, **facts, **({"null": True} if kind.nullable else {}))


def numbered(label: str, pattern: str, counter: str, facts: dict[str, Any]) -> Any:
    """An automatic number. Only the counter gives it, so that no two are the same without an index that says so."""
    kind = added(f.Number)(label, pattern, unique=False, **{**facts, "blank": True, "expected": False})
    kind.counter, kind.kept = counter, False
    return kind


def reference(target: Any) -> Callable[[str, dict[str, Any]], Any]:
    """How to make a reference to an object; people and departments have words of their own in filters."""
    own = {settings.AUTH_USER_MODEL: f.Person, settings.DEPARTMENT_MODEL: f.Department}
    for name, kind in own.items():
        if apps.get_model(name) is target:
            return lambda label, facts: added(kind)(label, null=True, **facts)
    return lambda label, facts: added(f.Ref)(target, label, null=True, **facts)
