"""完整度规则: what makes a record of an object whole, from a day on, and what may not be done with it below a percentage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone

from zhike.features.approval.objects.deeds import EVERYWHERE
from zhike.features.completeness.rules import scored
from zhike.kernel.declare import Record, Spec, f, option
from zhike.kernel.kinds.completeness import score_of
from zhike.kernel.registry import every_object
from zhike.org.scopes import everyone

NEVER_EMPTY = ("boolean", "state")
SUBMITTED = {verb: EVERYWHERE[verb] for verb in ("add", "change", "transfer")}


class Scored(Mapping[str, Any]):
    """The objects that tell how complete they are; asked for when needed, for while declaring not all are known."""

    def __getitem__(self, collection: str) -> Any:
        return option(scored()[collection].spec.label)

    def __iter__(self) -> Iterator[str]:
        return iter(scored())

    def __len__(self) -> int:
        return len(scored())


class Named(Mapping[str, Any]):
    """What the scored objects have by one name; what is called otherwise from one to the next carries its names as `called`."""

    @staticmethod
    def of(model: Any) -> dict[str, str]:
        """What one object has, by name, and what it is called there."""
        raise NotImplementedError

    def __getitem__(self, name: str) -> Any:
        there = {collection: self.of(model) for collection, model in scored().items()}
        named = {collection: found[name] for collection, found in there.items() if name in found}
        if not named:
            raise KeyError(name)
        labels = list(dict.fromkeys(named.values()))
        return option("、".join(labels), when=tuple(named), **({"called": named} if len(labels) > 1 else {}))

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(name for model in scored().values() for name in self.of(model)))

    def __len__(self) -> int:
        return len(list(iter(self)))


class Countable(Named):
    """The fields people fill in."""

    @staticmethod
    def of(model: Any) -> dict[str, str]:
        kinds = model.kinds().items()
        return {name: k.label for name, k in kinds if k.editable and not k.system and k.kind not in NEVER_EMPTY}


class Submissions(Named):
    """What can be refused: entering, changing and handing over, and every action there is."""

    @staticmethod
    def of(model: Any) -> dict[str, str]:
        return SUBMITTED | {name: action.label for name, action in model.actions().items()}


class Offered(f.Choices):
    """Several of what is known only when all objects are declared."""

    def set_options(self, options: Any) -> None:
        self.written = self.declared = options

    def known(self, raw: Any) -> str:
        if isinstance(raw, str) and raw in self.options:
            return raw
        raise ValueError("没有这一项")


class ScoredChoice(f.Choice):
    """One of these objects."""

    def set_options(self, options: Any) -> None:
        self.written = self.declared = options


class CompletenessRule(Record):
    """Of those of an object the one that began last is in force; without any, what is declared counts and nothing is refused."""

    name = f.Text("名称", blank=True, editable=False, search=True)
    collection = ScoredChoice("对象", Scored(), max_length=60)
    starts_on = f.Date("生效日期", default=timezone.localdate)
    counted = Offered("计入完整度", Countable(), blank=True, depends="collection", help="每项一样重；留空填入系统默认的")
    least = f.Integer("最低完整度", default=0, least=0, most=100, total="none", help="低于这个百分比，不能做下面所选的操作")
    barred = Offered("不完整时不能", Submissions(), blank=True, depends="collection")
    begun = f.Boolean("已生效", editable=False)
    notes = f.Text("说明", blank=True, max_length=200)

    spec = Spec(
        label="完整度规则",
        collection="completeness-rules",
        subtitle=("starts_on",),
        columns=("name", "collection", "counted", "least", "barred", "starts_on"),
        filters=("collection", "starts_on", "begun"),
        sections={"完整度规则": ("name", "collection", "starts_on", "begun", "counted", "least", "barred", "notes")},
        order="collection,-starts_on",
        scope=everyone,
    )

    def derive(self) -> None:
        self.name = f"{every_object()[self.collection].spec.label}完整度"[:200]
        score = score_of(every_object()[self.collection])
        self.counted = self.counted or [name for name in (score.of if score else ()) if name in Countable()]
        self.begun = self.starts_on <= timezone.localdate()
