"""Kinds that point to other records: one, several, a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, Func, JSONField, Q

from zhike.kernel.kinds.base import Kind

if TYPE_CHECKING:
    from zhike.kernel.reach import Actor

OPS = ("eq", "ne", "in", "not_in", "empty", "filled")


def identifier(raw: Any) -> int:
    """The id of a record, as a number or as {"id": …}."""
    if isinstance(raw, dict):
        raw = raw.get("id")
    if isinstance(raw, bool) or not isinstance(raw, int) or not 0 < raw < 2**63:
        raise ValueError("应为记录的编号 (id)")
    return raw


class Labelled(Func):
    """{"id": 5, "label": "中国石油"} or null, built by PostgreSQL."""

    template = "CASE WHEN %(key)s IS NOT NULL THEN json_build_object('id', %(key)s, 'label', %(label)s) END"
    output_field = JSONField()

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:
        key, label = (compiler.compile(e) for e in self.source_expressions)
        return self.template % {"key": key[0], "label": label[0]}, [*key[1], *key[1], *label[1]]


class Pointing:
    """What references share: the object pointed to, and how to describe it."""

    remote_field: Any

    @property
    def target(self) -> Any:
        """The object pointed to."""
        to = self.remote_field.model
        return apps.get_model(to) if isinstance(to, str) else to

    def extra(self) -> dict[str, Any]:
        return {"to": self.target.spec.collection}


class Ref(Pointing, Kind, models.ForeignKey):
    """引用: one other record. What is pointed to cannot be deleted while the reference stands.

    Arguments:
        to: the object, "customers.Customer".
    """

    kind, json_type = "ref", {"type": "integer"}
    ops: ClassVar[tuple[str, ...]] = OPS

    def __init__(self, to: Any = "", label: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("on_delete", models.PROTECT)
        kwargs.setdefault("related_name", "+")
        kwargs.pop("from_fields", None), kwargs.pop("to_fields", None)
        super().__init__(label, to=to, **kwargs)

    def convert(self, raw: Any) -> int:
        return identifier(raw)

    def expression(self, path: str) -> Any:
        return Labelled(F(f"{path}_id"), F(f"{path}__{self.target.spec.title}"))

    def show(self, value: Any) -> Any:
        return value["label"] if value else ""

    def condition(self, path: str, op: str, value: Any, actor: Actor) -> Q:
        if op == "within":
            wanted = value if isinstance(value, list) else [value]
            return Q(**{f"{path}__in": self.target.below([self.operand(v, actor) for v in wanted])})
        return super().condition(path, op, value, actor)


class Refs(Pointing, Kind, models.ManyToManyField):
    """多个引用: several other records."""

    kind, ops, nullable, sortable, in_row = "refs", OPS, False, False, False
    json_type = {"type": "array", "items": {"type": "integer"}}

    def __init__(self, to: Any = "", label: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("related_name", "+")
        super().__init__(label, to=to, **kwargs)

    def nothing(self) -> list[int]:
        return []

    def convert(self, raw: Any) -> list[int]:
        if not isinstance(raw, list) or len(raw) > 1000:
            raise ValueError("应为一组记录编号，最多 1000 个")
        return list(dict.fromkeys(identifier(r) for r in raw))

    def show(self, value: Any) -> Any:
        return "、".join(v["label"] for v in value or [])

    def expression(self, path: str) -> Any:
        return _SeveralLabelled(F(f"{owner_of(path)}pk"), links=self.remote_field.through, field=self)

    def condition(self, path: str, op: str, value: Any, actor: Actor) -> Q:
        if op in ("ne", "not_in"):
            return ~self.condition(path, "eq" if op == "ne" else "in", value, actor)
        links = self.remote_field.through._default_manager.all()
        if op in ("eq", "in"):
            wanted = value if isinstance(value, list) else [value]
            links = links.filter(**{f"{self.m2m_reverse_field_name()}_id__in": [self.operand(v, actor) for v in wanted]})
        linked = Q(**{f"{owner_of(path)}pk__in": links.values(f"{self.m2m_field_name()}_id")})
        return ~linked if op == "empty" else linked

    def operand(self, value: Any, actor: Actor) -> int:
        return identifier(value)


def owner_of(path: str) -> str:
    """The path to the record that holds the field: "customer__" for "customer__partners"."""
    head, found, _ = path.rpartition("__")
    return f"{head}__" if found else ""


class _SeveralLabelled(Func):
    """[{"id", "label"}, …] of the linked records, in the order of their labels."""

    output_field = JSONField()
    template = (
        "(SELECT coalesce(json_agg(json_build_object('id', t.id, 'label', t.{title}) ORDER BY t.{title}), '[]') "
        'FROM "{links}" l JOIN "{target}" t ON t.id = l.{far} WHERE l.{near} = %(expressions)s)'
    )

    def __init__(self, *expressions: Any, links: Any = None, field: Any = None, **extra: Any) -> None:
        super().__init__(*expressions, **extra)
        if field is not None:
            self.template = self.template.format(
                title=field.target._meta.get_field(field.target.spec.title).column,
                links=links._meta.db_table,
                target=field.target._meta.db_table,
                near=field.m2m_column_name(),
                far=field.m2m_reverse_name(),
            )


class Person(Ref):
    """人员: a colleague. In filters “me” is whoever asks."""

    kind = "person"

    def __init__(self, label: str = "", **kwargs: Any) -> None:
        kwargs.pop("to", None)
        super().__init__(settings.AUTH_USER_MODEL, label, **kwargs)

    def operand(self, value: Any, actor: Actor) -> int:
        return int(actor.pk) if value == "me" else identifier(value)


class Department(Ref):
    """部门. In filters “mine” are those the asker works in, further posts included, “mine_and_below” also those under them."""

    kind = "ref"
    ops = (*OPS, "within")

    def __init__(self, label: str = "", **kwargs: Any) -> None:
        kwargs.pop("to", None)
        super().__init__(settings.DEPARTMENT_MODEL, label, **kwargs)

    def condition(self, path: str, op: str, value: Any, actor: Actor) -> Q:
        from zhike.kernel.reach import Reach, Width

        if value in ("mine", "mine_and_below"):
            where = frozenset(actor.workplaces)
            mine = actor.departments(Reach(Width.SELF, alone=where) if value == "mine" else Reach(Width.SELF, chosen=where))
            return super().condition(path, "not_in" if op in ("ne", "not_in") else "in", mine, actor)
        return super().condition(path, op, value, actor)
