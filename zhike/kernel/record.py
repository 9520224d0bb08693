"""Record: what every business object is. A subclass declares fields, actions and a Spec; everything else is derived."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Case, Q, Value, When

from zhike.kernel import added
from zhike.kernel import kinds as f
from zhike.kernel.actions import Action
from zhike.kernel.kinds.base import Kind
from zhike.kernel.kinds.choices import State
from zhike.kernel.kinds.lines import Lines
from zhike.kernel.query.among import Among
from zhike.kernel.reach import Actor, Reach
from zhike.kernel.spec import Spec

BASE_VERBS = ("view", "add", "change", "delete", "transfer", "import", "export")
WRITING = ("change", "delete")
READING = ("view", "export")
MAKING = ("add", "import")
DERIVED = ("search", "match_keys")
AnyKind = Kind | Lines
Relinked = tuple[frozenset[int], frozenset[int]]


class Records(models.QuerySet[Any]):
    """Rows of one object."""

    def visible_to(self, actor: Actor, verb: str = "view") -> Records:
        """The one gate: list, detail, write, search, aggregate and export all pass here."""
        if actor.reach(verb, self.model) is Reach.NONE:
            return self.none()
        return self if sees_all(self.model, actor, verb) else self.filter(allowed(self.model, actor, verb))


def allowed(model: Any, actor: Actor, verb: str = "view") -> Q:
    """The rows of `model` the actor may do this to, as a condition: those in reach, and those shared with her one by one."""
    reach = actor.reach(verb, model)
    rule = scope_of(model, actor, reach, reading=verb in READING)
    found = rule if reach in (Reach.NONE, Reach.ALL) else rule | shared(model, actor, verb)
    if of_its_author(model, actor, verb):
        found &= Q(created_by=actor.pk)
    return found & leaving(model) if kept_in(model, actor, verb) else found


def sees_all(model: Any, actor: Actor, verb: str = "view") -> bool:
    """Whether the actor may do this to every row there is."""
    return actor.reach(verb, model) is Reach.ALL and not kept_in(model, actor, verb) and not of_its_author(model, actor, verb)


def of_its_author(model: Any, actor: Actor, verb: str) -> bool:
    """Whether only whoever wrote a record may do this to it, however far roles reach (E-64); the rules of the house may."""
    return bool(model.spec.authored) and verb in WRITING and not actor.by_rule


def kept_in(model: Any, actor: Actor, verb: str) -> bool:
    """Whether only rows that may leave the house are open: to every export, and to whoever stands outside (V-44)."""
    return bool(model.spec.leaves) and (verb == "export" or (actor.outside and verb != "add"))


def shared(model: Any, actor: Actor, verb: str = "view") -> Q:
    """The rows shared with the actor, and those that follow a shared record (`Spec.follows`); empty when there are none."""
    rule, own = Q(), actor.shared(model, verb)
    if own:
        rule |= Q(Among("id", own))
    for name in model.spec.follows:
        kind = model.kinds().get(name.partition(".")[0])
        if kind is None:  # it leads into what is switched off
            continue
        inner = kind.target.kinds()[name.partition(".")[2]] if isinstance(kind, Lines) else kind
        if ids := actor.shared(inner.target, verb):
            there = Q(Among(f"{inner.name}_id", ids))
            rule |= kind.having(there) if isinstance(kind, Lines) else there
    return rule


def scope_of(model: Any, actor: Actor, reach: Reach, *, reading: bool = False) -> Q:
    """The rows of `model` within `reach`, as a condition; to read, also those of `Spec.readable`."""
    if reach is Reach.NONE:
        return Q(pk__in=[])
    if reach is Reach.ALL:
        return Q()
    within, also = model.spec.scope(actor, reach), model.spec.readable
    return within | also(actor, reach) if reading and also else within


def leaving(model: Any) -> Q:
    """The rows that may leave the house, whoever asks: the one point that every way out asks (V-44)."""
    return model.spec.leaves or Q()


def whether(rule: Q) -> Any:
    """A condition on rows as a column: true or false."""
    return Case(When(rule, then=True), default=False) if rule else Value(True)


def system(kind: Any, *, kept: bool = False) -> Any:
    """A field every record has and only the write path fills; `kept` ones may come with an imported record."""
    kind.system, kind.editable, kind.kept = True, False, kept
    return kind


class Described(models.Model):
    """Anything made of kinds: records and their lines."""

    lines: ClassVar[dict[str, Lines]] = {}

    class Meta:
        abstract = True

    @classmethod
    @cache
    def declared(cls) -> dict[str, AnyKind]:
        """Every declared field by name, system fields and child lines included."""
        declared = [*cls._meta.local_fields, *cls._meta.local_many_to_many]
        return {x.name: x for x in declared if isinstance(x, Kind)} | cls.lines

    @classmethod
    def kinds(cls) -> dict[str, AnyKind]:
        """Every field by name that is there now: with those added without code, without those into what is switched off."""
        return added.current().of(cls)

    @classmethod
    def stored(cls) -> dict[str, AnyKind]:
        """Every field by name, those into what is switched off too: the program itself goes on keeping these."""
        return added.current().stored(cls)


class Line(Described):
    """明细行: one row of a table inside a record."""

    class Meta:
        abstract = True
        default_permissions = ()

    def derive(self) -> None:
        """Fill computed fields before every save (小计 = 数量 × 单价)."""


class Record(Described):
    """A business object: owned, versioned, audited, searched, under the gate."""

    owner = system(f.Person("负责人", blank=True, synonyms=("owner", "销售", "业务员", "sales_agent")), kept=True)
    department = system(f.Department("所属部门", blank=True, synonyms=("department", "部门")), kept=True)
    created_at = system(f.DateTime("创建时间", synonyms=("created", "create_date", "创建日期")), kept=True)
    updated_at = system(f.DateTime("更新时间"))
    created_by = system(f.Person("创建人", blank=True), kept=True)
    updated_by = system(f.Person("更新人", blank=True))
    incomplete = system(f.Boolean("资料不全", help="应填的内容还没有填"))
    extra = f.Extra()
    version = models.PositiveIntegerField("版本", default=1, editable=False)
    search = SearchVectorField(null=True, editable=False)
    match_keys = ArrayField(models.TextField(), null=True, editable=False)

    # Links and lines about to be saved with this record, for `derive` to look at (合计 = 明细之和).
    incoming: Mapping[str, Any] = MappingProxyType({})
    # By field whom or what it points to since it was saved, and whom or what no more.
    relinked: Mapping[str, Relinked] = MappingProxyType({})
    # Those of its links and lines that count for how complete it is and are there; None as long as nobody has looked.
    beside: set[str] | None = None
    # Made by a flow of another record: what people should fill in may be missing.
    unfinished = False

    objects = Records.as_manager()
    spec: ClassVar[Spec]

    class Meta:
        abstract = True
        default_permissions = ()
        indexes = [
            # One index orders the default list and decides scope without touching the rows.
            models.Index(fields=["updated_at", "id", "department", "owner"], name="%(class)s_recent"),
            models.Index(fields=["owner", "updated_at"], name="%(class)s_owner"),
            models.Index(fields=["department", "updated_at"], name="%(class)s_dept"),
            GinIndex(fields=["search"], name="%(class)s_search"),
            GinIndex(fields=["match_keys"], name="%(class)s_match", condition=Q(match_keys__isnull=False)),
        ]

    def __str__(self) -> str:
        return str(getattr(self, self.spec.title, "") or f"#{self.pk}")

    @classmethod
    @cache
    def actions(cls) -> dict[str, Action]:
        """Declared actions by name; those on a state know which field it is."""
        found = (getattr(vars(c).get(n), "action", None) for c in cls.__mro__ for n in vars(c))
        state = next((x.name for x in cls._meta.local_fields if isinstance(x, State)), "")
        return {a.name: a if a.state else replace(a, state=state) for a in found if isinstance(a, Action)}

    @classmethod
    def verbs(cls) -> tuple[str, ...]:
        """Everything a role may be granted on this object."""
        return tuple(verb for verb in (*BASE_VERBS, *cls.actions()) if not cls.withholds(verb))

    @classmethod
    def withholds(cls, verb: str) -> bool:
        """Whether nobody is ever granted this: what the program records, people neither make up nor make away with."""
        return cls.spec.arises and (verb in (*MAKING, "delete") or (verb == "transfer" and not cls.spec.entrusted))

    # -- hooks of an object; all are called by the write path, never by screens ------------------------------

    @classmethod
    def gather(cls, records: list[Any]) -> None:
        """Fill in, for many new or changed records with a few queries, what `derive` would ask for one by one."""

    @classmethod
    def withheld_from(cls, actor: Actor, ids: Collection[int]) -> set[int]:
        """Of these records those whose very name tells what is closed to the actor (预警: a figure); one query at most."""
        return set()

    def derive(self) -> None:
        """Fill computed fields before every save, single or in bulk."""

    def validate(self) -> None:
        """Rules across fields. Raises Refused or Invalid."""
