"""From what a caller sent to the values that are stored, with every wrong field named at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from zhike.kernel import sight
from zhike.kernel.errors import Forbidden, Invalid, Malformed

if TYPE_CHECKING:
    from zhike.kernel.reach import Actor

Values = dict[str, Any]


def parse(model: Any, data: Any, *, whole: bool, actor: Actor, unfinished: bool = False, record: Any = None) -> Values:
    """Stored values by field name. Raises Invalid naming every wrong field, Malformed when `data` is no object.

    Arguments:
        whole: a new record, so what is required must be there; otherwise only what is sent is looked at.
        unfinished: what is merely expected may be missing all the same. Only flows ask so, and what a flow fills in follows
            from what was permitted, whatever the actor may type herself.
        record: the one that is changed; what it points to already may stay.
    """
    if not isinstance(data, Mapping):
        raise Malformed("请求内容应为一个 JSON 对象")
    if not unfinished:
        permit_fields(model, data, whole=whole, actor=actor)
    values, errors = parse_fields(model.kinds(), data, whole=whole, unfinished=unfinished)
    errors |= unreachable(model.kinds(), values, actor, record)
    links = links_of(model)
    if whole and links and not any(values.get(n) for n in links):
        errors = about_nothing(model).fields | errors
    if errors:
        raise Invalid.of(errors, labels(model.kinds()))
    return values


def permit_fields(model: Any, data: Mapping[str, Any], *, whole: bool, actor: Actor) -> None:
    """Raise Invalid for fields the actor may not fill in, Forbidden for a new record that cannot do without one of them."""
    if wrong := sight.refused(model, data, actor):
        raise Invalid.of(wrong, labels(sight.readable(model, actor)))
    kinds = model.kinds()
    closed = [n for n, s in sight.rules(model, actor).items() if s in sight.WHY_NOT and n in kinds] if whole else []
    if any(kinds[n].required and kinds[n].editable for n in closed):
        raise Forbidden(f"新建{model.spec.label}需要填写您无权填写的内容，请联系管理员")


def about_nothing(model: Any) -> Invalid:
    """None of the references of `Spec.one_of` is filled: told beside the first of them."""
    links = links_of(model)
    reason = f"{'、'.join(model.kinds()[n].label for n in links)}至少填写一项"
    return Invalid.of(dict.fromkeys(links[:1], reason), labels(model.kinds()))


def links_of(model: Any) -> tuple[str, ...]:
    """The references of `Spec.one_of` that are there now: none into what is switched off."""
    return tuple(n for n in model.spec.one_of if n in model.kinds())


def parse_fields(
    kinds: Mapping[str, Any], data: Mapping[str, Any], *, whole: bool, unfinished: bool = False, closed: bool = False
) -> tuple[Values, dict[str, str]]:
    """Values and the reasons of the fields that have none; `closed` allows options that nobody may choose any more."""
    values: Values = {}
    errors = {name: "没有这个字段" for name in data if name not in kinds}
    for name, raw in data.items():
        if name in errors:
            continue
        try:
            values[name] = _editable(kinds[name], raw)
        except ValueError as error:
            errors[name] = str(error)
    for name in _required(kinds, values, unfinished=unfinished) if whole else ():
        errors.setdefault(name, "必填")
    if whole and not closed:
        errors |= {name: reason for name, value in values.items() if (reason := kinds[name].closed(value))}
    return values, errors


def _editable(kind: Any, raw: Any) -> Any:
    if not kind.editable:
        raise ValueError("不能直接修改")
    value = kind.parse(raw)
    if kind.required and kind.is_empty(value):
        raise ValueError("必填")
    return value


def _required(kinds: Mapping[str, Any], values: Values, *, unfinished: bool) -> list[str]:
    missing = [n for n, k in kinds.items() if k.editable and k.required and n not in values]
    return [n for n in missing if not (unfinished and kinds[n].expected)]


def unreachable(kinds: Mapping[str, Any], values: Values, actor: Actor, record: Any = None) -> dict[str, str]:
    """Fields that point to a record the actor may not see: nobody links to what she could not open. What is linked may stay."""
    errors = {}
    for name, value in values.items():
        wanted = _pointed_at(kinds[name], value)
        if wanted and record is not None:
            wanted -= _pointed_at(kinds[name], _now(kinds[name], record))
        if wanted and kinds[name].target.objects.visible_to(actor).filter(pk__in=wanted).count() != len(wanted):
            errors[name] = "没有这条记录，或您无权查看"
    for name, kind in kinds.items():
        if kind.kind == "lines" and values.get(name):
            errors |= _unreachable_in_lines(name, kind, values[name], actor)
    return errors


def _pointed_at(kind: Any, value: Any) -> set[int]:
    if kind.kind == "lines" or not hasattr(kind, "target") or not value:
        return set()
    return set(value) if isinstance(value, list) else {value}


def _now(kind: Any, record: Any) -> Any:
    """What a reference holds in the record as it stands."""
    if kind.in_row:
        return getattr(record, kind.attname)
    return list(getattr(record, kind.name).values_list("pk", flat=True))


def _unreachable_in_lines(name: str, lines: Any, rows: list[Values], actor: Actor) -> dict[str, str]:
    """The references of all lines, one query a field."""
    kinds = lines.target.kinds()
    gathered = {n: sorted({i for row in rows for i in _pointed_at(k, row.get(n))}) for n, k in kinds.items()}
    wrong = {n for n, ids in gathered.items() if ids and not _all_visible(kinds[n], ids, actor)}
    return {name: "；".join(f"{kinds[n].label}：没有这条记录，或您无权查看" for n in sorted(wrong))} if wrong else {}


def _all_visible(kind: Any, ids: list[int], actor: Actor) -> bool:
    return bool(kind.target.objects.visible_to(actor).filter(pk__in=ids).count() == len(ids))


def labels(kinds: Mapping[str, Any]) -> dict[str, str]:
    """What people call each field."""
    return {name: kind.label for name, kind in kinds.items()}


def answered(fields: Mapping[str, Any], data: Mapping[str, Any], actor: Actor) -> Values:
    """The answers to an action's form; references come as the records themselves. Raises Invalid."""
    if not isinstance(data, Mapping):
        raise Malformed("请求内容应为一个 JSON 对象")
    values, errors = parse_fields(fields, data, whole=True)
    errors |= unreachable(fields, values, actor)
    if errors:
        raise Invalid.of(errors, labels(fields))
    left_out = {n: k.get_default() if k.has_default() else k.nothing() for n, k in fields.items() if n not in values}
    return {n: _record(fields[n], v) for n, v in {**left_out, **values}.items()}


def _record(kind: Any, value: Any) -> Any:
    pointing = hasattr(kind, "target") and isinstance(value, int)
    return kind.target._base_manager.get(pk=value) if pointing else value
