"""页面布局: how the pages of one object look to one role. It hides from the eye; what one may do is another matter."""

from __future__ import annotations

import json
from typing import Any

from django.db import models

from zhike.features.layouts.content import read
from zhike.kernel.declare import Invalid, Record, Spec, f, option
from zhike.kernel.registry import every_object, objects
from zhike.org.scopes import everyone


class ObjectChoice(f.Choice):
    """One of the objects, by what people call it."""

    @property
    def options(self) -> dict[str, Any]:
        """None are declared: the options are the objects themselves, known when all of these are there."""
        return {c: option(m.spec.label) for c, m in objects().items()}


class Layout(Record):
    """One arrangement; a role without one has the pages as they are declared."""

    name = f.Text("名称", blank=True, editable=False)
    role: Any = f.Ref("org.Role", "角色")
    collection = ObjectChoice("对象", max_length=60)
    note = f.Text("说明", blank=True)
    content = f.LongText("布局", blank=True, help="sections、hidden 与 required 的 JSON；留空就是原样")

    spec = Spec(
        label="页面布局",
        collection="screen-layouts",
        subtitle=("role", "collection"),
        columns=("name", "role", "collection", "note", "updated_by", "updated_at"),
        filters=("role", "collection"),
        sections={"布局": ("role", "collection", "note", "content")},
        order="collection,role",
        scope=everyone,
    )

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["role", "collection"], name="layout_once")]

    def derive(self) -> None:
        self.name = f"{self.role.name}·{every_object()[self.collection].spec.label}"[:200]

    def validate(self) -> None:
        if not self.content:
            return
        try:
            given = json.loads(self.content)
        except ValueError:
            raise Invalid.of({"content": "不是正确的 JSON"}, {"content": "布局"}) from None
        read(every_object()[self.collection], given)
