"""Kind 字段类型: one class says everything about one kind of value.

Storage, API type, validation with a Chinese message, filters, import and export form, UI kind, mask, and whether it is searched.
A kind is a Django field; what only people see (labels, help, options) never reaches a migration.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q

from zhike.chinese.dates import Order
from zhike.kernel.kinds.masks import Mask
from zhike.kernel.search.grams import Part

if TYPE_CHECKING:
    from zhike.kernel.reach import Actor

    class _Field(models.Field):
        """What a kind is mixed into; on a record it reads and takes the value itself."""

        def __get__(self, record: Any, model: Any = None) -> Any: ...
        def __set__(self, record: Any, value: Any) -> None: ...

else:
    _Field = object

COSMETIC = ("verbose_name", "help_text", "choices", "validators")
LOOKUPS = {"eq": "exact", "lt": "lt", "lte": "lte", "gt": "gt", "gte": "gte", "in": "in", "starts": "istartswith"}
NEGATED = {"ne": "eq", "not_in": "in"}
EVERY = ("eq", "ne", "in", "empty", "filled")
ORDERED = ("eq", "ne", "lt", "lte", "gt", "gte", "between", "empty", "filled")


class Kind(_Field):
    """Mixin over a Django field.

    Arguments:
        label: what people call it, in Chinese.
        blank: may be left empty.
        expected: people must fill it; an import may leave it empty and the record is then marked 资料不全.
        search: found by the search across objects.
        masked: what of the value is shown to those who may not read all of it, where it is not what the kind says.
        synonyms: other headers under which spreadsheets carry this field.
        when: another field → the values with which a form asks for this one ({"repeat": ()} for any value at all).
        product_of: the fields whose product it is (小计 = 数量 × 单价), for a form to show before the server reckons.
        taken_from: a field behind a reference ("product.list_price"); a form fills it in when the reference is chosen.
        secret: in the form of an action, what opens something: typed, handed on, shown to nobody.
        follows: what it is worked out from; where one of them changes, it goes without saying that it does too (赢率 after 阶段).
        explained: the text beside it without which people may not change a value that stands (改期原因).
    """

    kind: ClassVar[str] = ""
    ops: ClassVar[tuple[str, ...]] = EVERY
    json_type: ClassVar[dict[str, Any]] = {"type": "string"}
    nullable: ClassVar[bool] = True
    sortable: ClassVar[bool] = True
    in_row: ClassVar[bool] = True
    system: bool = False
    masks: ClassVar[Mask | None] = None
    section: str = ""
    kept: bool = False

    def __init__(
        self,
        label: str = "",
        *args: Any,
        blank: bool = False,
        expected: bool = False,
        search: bool = False,
        masked: Mask | None = None,
        help: str = "",
        synonyms: tuple[str, ...] = (),
        when: Mapping[str, tuple[str, ...]] | None = None,
        product_of: tuple[str, ...] = (),
        taken_from: str = "",
        secret: bool = False,
        explained: str = "",
        follows: tuple[str, ...] = (),
        **kwargs: Any,
    ) -> None:
        self.expected, self.search, self.masked, self.synonyms = expected, search, masked or self.masks, synonyms
        self.when, self.product_of, self.taken_from = when or {}, product_of, taken_from
        self.secret, self.explained, self.follows = secret, explained, follows
        if self.nullable and (blank or expected):
            kwargs.setdefault("null", True)
        super().__init__(*args, verbose_name=label, help_text=help, blank=blank or expected, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _, args, kwargs = super().deconstruct()
        base = next(c for c in type(self).__mro__ if c.__module__.startswith("django."))
        for cosmetic in COSMETIC:
            kwargs.pop(cosmetic, None)
        return name, public_path(base), list(args), kwargs

    # -- what it is called and how it looks -------------------------------------------------------------

    @property
    def label(self) -> str:
        return str(self.verbose_name)

    @property
    def required(self) -> bool:
        """A person must give a value."""
        return self.expected or not (self.blank or self.has_default())

    @property
    def importable(self) -> bool:
        """An import may fill it: what people may type, and what a record keeps of an earlier life."""
        return bool(self.editable or self.kept)

    def describe(self) -> dict[str, Any]:
        """What the browser needs to show, edit and filter this field."""
        described = {
            "name": self.name,
            "kind": self.kind,
            "label": self.label,
            "help": str(self.help_text),
            "required": self.required,
            "expected": self.expected,
            "readonly": not self.editable,
            "sortable": self.sortable,
            "searchable": self.search,
            "importable": self.importable,
            "ops": list(self.ops),
        }
        hints = {n: getattr(self, n) for n in ("when", "product_of", "taken_from", "secret", "explained")}
        return described | self.plain_default() | self.extra() | {hint: said for hint, said in hints.items() if said}

    def plain_default(self) -> dict[str, Any]:
        default = self.default
        return {} if callable(default) or not self.has_default() else {"default": self.plain(default)}

    def extra(self) -> dict[str, Any]:
        """Facts only this kind has."""
        return {}

    # -- where its value lies -------------------------------------------------------------------------------

    @property
    def path(self) -> str:
        """What the ORM calls this field."""
        return str(self.name)

    @property
    def value_path(self) -> str:
        """What the ORM calls the stored value: of a reference its id."""
        return str(self.attname)

    @property
    def stored_in(self) -> str:
        """The column that is written when the value changes."""
        return str(self.name)

    # -- values in -----------------------------------------------------------------------------------------

    def parse(self, raw: Any) -> Any:
        """A value from JSON as the value to store. Raises ValueError with the reason in Chinese."""
        return self.nothing() if raw is None or raw == "" or raw == [] else self.convert(raw)

    def convert(self, raw: Any) -> Any:
        return raw

    def read(self, text: str, order: Order = "ymd") -> Any:
        """A value as people write it in a spreadsheet; `order` is the order of day, month and year there."""
        return self.parse(text.strip())

    def nothing(self) -> Any:
        """The stored value that means “left empty”; what has a default and may not be empty falls back to it."""
        if self.null:
            return None
        return "" if self.blank or not self.has_default() else self.get_default()

    def closed(self, value: Any, before: Any = None) -> str:
        """Why this value, though known, cannot be given any more; empty when it can."""
        return ""

    def is_empty(self, value: Any) -> bool:
        return value is None or value == "" or value == []

    # -- values out ----------------------------------------------------------------------------------------

    def plain(self, value: Any) -> Any:
        """The value as JSON carries it."""
        return value

    def revive(self, plain: Any) -> Any:
        """The value that `plain` has put into JSON."""
        return plain

    def show(self, value: Any) -> Any:
        """A value of the JSON row as a spreadsheet shows it; `read` understands the result."""
        return "" if value is None else value

    def expression(self, path: str) -> Any:
        """The SQL that puts this field into a JSON row."""
        return F(path)

    # -- filters -------------------------------------------------------------------------------------------

    def condition(self, path: str, op: str, value: Any, actor: Actor) -> Q:
        """One leaf of the filter language as a condition on rows."""
        if op in NEGATED:
            return ~self.condition(path, NEGATED[op], value, actor)
        if op in ("empty", "filled"):
            empty = self.emptiness(path)
            return empty if op == "empty" else ~empty
        if op == "between":
            low, high = _pair(value)
            return Q(**{f"{path}__gte": self.operand(low, actor), f"{path}__lte": self.operand(high, actor)})
        if op == "in":
            return Q(**{f"{path}__in": [self.operand(v, actor) for v in _many(value)]})
        return Q(**{f"{path}__{LOOKUPS[op]}": self.operand(value, actor)})

    def emptiness(self, path: str) -> Q:
        if self.null:
            return Q(**{f"{path}__isnull": True})
        return Q(**{path: ""}) if isinstance(self, models.CharField | models.TextField) else Q(pk__in=[])

    def operand(self, value: Any, actor: Actor) -> Any:
        """The right-hand side of a comparison."""
        if value is None or value == "":
            raise ValueError("缺少比较的值")
        return self.convert(value)

    # -- search --------------------------------------------------------------------------------------------

    def search_parts(self, value: Any) -> Iterable[Part]:
        """What the search across objects indexes of this value."""
        return [Part(str(value))]

    def holds(self, path: str, run: str) -> Q:
        """Whether a folded piece of a question stands literally in the value."""
        textual = isinstance(self, models.CharField | models.TextField)
        return Q(**{f"{path}__icontains": run}) if textual else Q(pk__in=[])


def public_path(field_class: type) -> str:
    """Where Django itself says a field class is found: django.db.models.CharField, not django.db.models.fields.CharField."""
    module = field_class.__module__
    package = "django.db.models" if module.startswith("django.db.models.fields") else module.rpartition(".")[0]
    return f"{package}.{field_class.__name__}"


def _pair(value: Any) -> tuple[Any, Any]:
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError("“介于”需要两个值")
    return value[0], value[1]


def _many(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("需要一组值")
    if len(value) > 1000:
        raise ValueError("一次最多比较 1000 个值")
    return value
