"""Kinds of text: names, notes, phone numbers, mail and web addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Replace
from django.db.models.lookups import IContains

from zhike.chinese import phones
from zhike.kernel.kinds.base import Kind
from zhike.kernel.kinds.masks import DIGITS, ENDS, MAILBOX, WHOLE
from zhike.kernel.search import grams
from zhike.kernel.search.matches import matching

if TYPE_CHECKING:
    from zhike.kernel.reach import Actor

TEXT_OPS = ("contains", "starts", "eq", "ne", "in", "empty", "filled")
LONGEST_TEXT = 100_000
MAIL = re.compile(r"[^@\s<>\"',;]+@[^@\s<>\"',;.]+(\.[^@\s<>\"',;.]+)+")


def storable(raw: Any) -> str:
    """Text that PostgreSQL can keep: no NUL character, no half of a surrogate pair."""
    if not isinstance(raw, str):
        raise ValueError("应为文字")
    if "\x00" in raw:
        raise ValueError("不能包含空字符")
    try:
        raw.encode()
    except UnicodeEncodeError:
        raise ValueError("包含无法保存的字符") from None
    return raw


class Text(Kind, models.CharField):
    """单行文字, at most 200 characters unless told otherwise.

    Arguments:
        check: a function that returns the normalised value or raises ValueError in Chinese (统一社会信用代码 …).
    """

    kind, ops, nullable, masks = "text", TEXT_OPS, False, ENDS

    def __init__(self, label: str = "", *args: Any, check: Any = None, **kwargs: Any) -> None:
        self.check_value = check
        kwargs.setdefault("max_length", 200)
        if kwargs.get("unique") and kwargs.get("blank"):
            kwargs.setdefault("null", True)  # several may be empty, no two may be equal
        super().__init__(label, *args, **kwargs)

    def convert(self, raw: Any) -> str:
        text = " ".join(storable(raw).split())
        if text and self.check_value:
            text = self.check_value(text)
        if len(text) > self.max_length:
            raise ValueError(f"最多 {self.max_length} 个字，现有 {len(text)} 个")
        return text

    def operand(self, value: Any, actor: Actor) -> str:
        return " ".join(storable(value).split())

    def condition(self, path: str, op: str, value: Any, actor: Actor) -> Q:
        if op != "contains":
            return super().condition(path, op, value, actor)
        literal = Q(**{f"{path}__icontains": self.operand(value, actor)})
        return literal & self.narrowed(path, value)

    def narrowed(self, path: str, value: str) -> Q:
        """The search index finds the few candidates that the literal comparison then confirms."""
        searched = self.search and "__" not in path and grams.query(value)
        return matching(self.model, value) if searched else Q()

    def extra(self) -> dict[str, Any]:
        return {"max_length": self.max_length}

    def search_parts(self, value: str) -> Iterable[grams.Part]:
        return [grams.Part(value, pinyin=True, weight="A")]


class LongText(Kind, models.TextField):
    """多行文字."""

    kind, ops, nullable, sortable = "longtext", ("contains", "empty", "filled"), False, False
    masks = WHOLE

    def convert(self, raw: Any) -> str:
        text = storable(raw)
        if len(text) > LONGEST_TEXT:
            raise ValueError(f"最多 {LONGEST_TEXT} 个字")
        return text.strip()

    def condition(self, path: str, op: str, value: Any, actor: Actor) -> Q:
        if op == "contains":
            return Q(**{f"{path}__icontains": self.operand(value, actor)})
        return super().condition(path, op, value, actor)


class Phone(Text):
    """电话: mobile, landline, 400 or international; found by any digits in its middle."""

    kind, masks = "phone", DIGITS

    def __init__(self, label: str = "电话", *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        super().__init__(label, *args, check=phones.normalise, **{"search": True, **kwargs})

    def search_parts(self, value: str) -> Iterable[grams.Part]:
        return [grams.Part(value)]

    def holds(self, path: str, run: str) -> Q:
        """Digits are found across the dashes between them."""
        return super().holds(path, run) | Q(IContains(Replace(F(path), Value("-"), Value("")), run))


class Email(Text):
    """电子邮件."""

    kind, masks = "email", MAILBOX

    def __init__(self, label: str = "邮箱", *args: Any, **kwargs: Any) -> None:
        super().__init__(label, *args, check=_mail, **{"search": True, **kwargs})

    def search_parts(self, value: str) -> Iterable[grams.Part]:
        return [grams.Part(value)]


class Url(Text):
    """网址: http or https only, so that a click never runs anything."""

    kind, masks = "url", WHOLE

    def __init__(self, label: str = "网址", *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 500)
        super().__init__(label, *args, check=_web_address, **kwargs)

    def search_parts(self, value: str) -> Iterable[grams.Part]:
        return [grams.Part(value)]


def _mail(text: str) -> str:
    if not MAIL.fullmatch(text):
        raise ValueError("邮箱格式不正确，应如 name@example.com")
    return text


def _web_address(text: str) -> str:
    address = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or "." not in (parts.hostname or "") or " " in address:
        raise ValueError("网址格式不正确，应如 https://example.com")
    return address
