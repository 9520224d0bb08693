"""What a layout says 布局内容: {"sections": [{"label", "fields"}], "hidden": [fields], "required": {field: condition}}."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from zhike.kernel.errors import Invalid
from zhike.kernel.query import filters
from zhike.org.objects.person import System

KEYS = {"sections", "hidden", "required"}
MOST_SECTIONS, LONGEST_LABEL = 30, 40
Sections = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Content:
    """One arrangement.

    Arguments:
        sections: label → fields, in their order; a field named nowhere stands where it is declared.
        hidden: fields that forms and pages leave out.
        required: field → the condition (in the filter language) under which it must be filled; {} for always.
    """

    sections: Sections = ()
    hidden: frozenset[str] = frozenset()
    required: dict[str, Any] = field(default_factory=dict)


def read(model: Any, given: Any) -> Content:
    """A layout as somebody wrote it. Raises Invalid naming the part that is wrong."""
    if not isinstance(given, dict) or set(given) - KEYS:
        raise _wrong("sections", "布局由 sections、hidden 与 required 组成")
    sections, hidden = _sections(given.get("sections") or []), given.get("hidden") or []
    if not _are_texts(hidden):
        raise _wrong("hidden", "应为一组字段")
    placed = [name for _, names in sections for name in names] + hidden
    if twice := sorted({name for name in placed if placed.count(name) > 1}):
        raise _wrong("sections", f"每个字段只能放一处：{'、'.join(twice)}")
    if unknown := sorted(set(placed) - set(model.kinds())):
        raise _wrong("sections", f"没有这个字段：{'、'.join(unknown)}")
    _refuse_hiding(model, set(hidden))
    return Content(sections, frozenset(hidden), _required(model, given.get("required") or {}, set(hidden)))


def _sections(given: Any) -> Sections:
    if not isinstance(given, list) or len(given) > MOST_SECTIONS:
        raise _wrong("sections", f"应为一组分组，最多 {MOST_SECTIONS} 个")
    for one in given:
        if not isinstance(one, dict) or set(one) != {"label", "fields"} or not _are_texts(one["fields"]):
            raise _wrong("sections", "每个分组由 label 与 fields 组成")
        if not isinstance(one["label"], str) or not 0 < len(one["label"].strip()) <= LONGEST_LABEL:
            raise _wrong("sections", f"分组的名称应为 1 到 {LONGEST_LABEL} 个字")
    labels = [one["label"].strip() for one in given]
    if len(set(labels)) < len(labels):
        raise _wrong("sections", "分组的名称不能重复")
    return tuple((label, tuple(one["fields"])) for label, one in zip(labels, given, strict=True))


def _refuse_hiding(model: Any, hidden: set[str]) -> None:
    """What must be filled in must be seen."""
    kinds = model.kinds()
    needed = [kinds[n].label for n in sorted(hidden) if kinds[n].required and kinds[n].editable]
    if needed:
        raise _wrong("hidden", f"必填的字段不能隐藏：{'、'.join(needed)}")
    links = {n for n in model.spec.one_of if n in kinds}
    if links and links <= hidden:
        raise _wrong("hidden", f"{'、'.join(kinds[n].label for n in model.spec.one_of if n in links)}至少要留一项")


def _required(model: Any, given: Any, hidden: set[str]) -> dict[str, Any]:
    """The conditions, each of which can be asked. Raises Invalid."""
    if not isinstance(given, dict):
        raise _wrong("required", "应为 {字段: 条件}")
    for name, tree in given.items():
        kind = model.kinds().get(name)
        if kind is None or not kind.editable or not kind.in_row or kind.kind == "boolean":
            raise _wrong("required", f"不能要求填写这个字段：{kind.label if kind else name}")
        if name in hidden:
            raise _wrong("required", f"隐藏的字段不能必填：{kind.label}")
        try:
            filters.condition(model, tree, System("layout"))
        except Invalid as error:
            raise _wrong("required", f"“{kind.label}”的条件不正确：{error.message}") from None
    return dict(given)


def _are_texts(given: Any) -> bool:
    return isinstance(given, list) and all(isinstance(one, str) for one in given)


def _wrong(part: str, reason: str) -> Invalid:
    return Invalid.of({part: reason}, {"sections": "分组", "hidden": "隐藏的字段", "required": "必填条件"})
