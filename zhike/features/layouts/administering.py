"""Looking at layouts and changing them 管理布局."""

from __future__ import annotations

import json
from typing import Any

from zhike.features.layouts.arranging import declared_sections, stored
from zhike.features.layouts.content import KEYS, Content
from zhike.features.layouts.objects.layout import Layout
from zhike.kernel import writes
from zhike.kernel.errors import Invalid, NotFound
from zhike.kernel.registry import find
from zhike.kernel.writes.one import permit
from zhike.org.objects.role import Role


def kept_layouts(actor: Any) -> list[dict[str, Any]]:
    """Which role has pages of its own of which object."""
    permit(Layout, "view", actor)
    rows = Layout.objects.visible_to(actor).exclude(content="").values_list("role_id", "collection")
    return [{"role": role, "collection": collection} for role, collection in rows.order_by("role_id", "collection")]


def shown_layout(role: int, collection: str, actor: Any) -> dict[str, Any]:
    """One layout with all there is to arrange; the declared one when nobody has made another. Raises NotFound."""
    permit(Layout, "view", actor)
    model, holder, record = find(collection), _role(role, actor), _record(role, collection, actor)
    content = stored(record.content) if record and record.content else Content()
    return {
        "role": {"id": holder.pk, "label": holder.name}, "collection": collection,
        "sections": _plain(content.sections or declared_sections(model)), "declared": _plain(declared_sections(model)),
        "hidden": sorted(content.hidden), "required": content.required, "one_of": model.spec.one_of,
        "record": {"id": record.pk, "version": record.version} if record else None,
    }  # fmt: skip


def _plain(sections: Any) -> list[dict[str, Any]]:
    return [{"label": label, "fields": list(names)} for label, names in sections]


def change_layout(role: int, collection: str, wanted: dict[str, Any], *, version: int | None, actor: Any) -> None:
    """Keep a layout. Raises NotFound, Forbidden, Invalid naming the part that is wrong, Stale."""
    if unknown := set(wanted) - KEYS:
        raise Invalid.of(dict.fromkeys(sorted(unknown), "没有这个字段"))
    _role(role, actor)
    record, text = _record(role, find(collection).spec.collection, actor), json.dumps(wanted, ensure_ascii=False, sort_keys=True)
    if record is None:
        writes.create(Layout, {"role": role, "collection": collection, "content": text}, actor=actor)
    else:
        writes.update(record, {"content": text}, actor=actor, version=version)


def drop_layout(role: int, collection: str, actor: Any) -> None:
    """The role has the declared pages again. Raises Forbidden."""
    permit(Layout, "delete", actor)
    record = _record(role, collection, actor)
    if record is not None:
        writes.delete(record, actor=actor)


def _role(pk: int, actor: Any) -> Any:
    found = Role.objects.visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound("没有这个角色")
    return found


def _record(role: int, collection: str, actor: Any) -> Any:
    return Layout.objects.visible_to(actor).filter(role=role, collection=collection).first()
