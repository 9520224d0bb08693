"""选项: one option of a field declared in code, added by an administrator or changed from what is declared."""

from __future__ import annotations

import re
from typing import Any

from django.db import models

from zhike.features.fields import names
from zhike.features.fields.objects.extra_field import COLORS, MOST_OPTIONS
from zhike.features.fields.option_sets import ANY, OptionSet, option_sets, parted, set_of
from zhike.kernel.declare import Invalid, Record, Refused, Spec, action, f, option
from zhike.org.scopes import everyone

VALUE = re.compile(r"[a-z0-9_]{1,40}")


class SetChoice(f.Choice):
    """One of the fields whose options may be changed."""

    @property
    def options(self) -> dict[str, Any]:
        """None are declared: they are the fields themselves, known when all objects are there."""
        return {member.key: option(s.label) for s in option_sets().values() for member in s.members}


class ChoiceOption(Record):
    """What is laid over the declaration; an option nobody has touched has no record."""

    field = SetChoice("字段", max_length=120, help="形如 customers.level；建好之后不能改")
    label = f.Text("名称", max_length=40, search=True)
    value = f.Text("代码", blank=True, max_length=40, help="接口中的值；留空由名称的拼音得出，建好之后不能改")
    color = f.Choice("颜色", COLORS, blank=True)
    probability = f.Decimal(
        "默认赢率(%)", blank=True, least=0, most=100, decimal_places=2, help="只用于带赢率的阶段", total="avg"
    )
    parents = f.Text(
        "适用于", blank=True, max_length=2000, help="只用于依赖另一字段的选项：那个字段的值的代码，用逗号隔开；* 为任何值"
    )
    position = f.Integer("次序", blank=True, least=0, most=100_000, help="小的在前", total="none")
    state = f.State("状态", {"active": option("使用中", color="green"), "retired": option("已停用", color="default")})

    spec = Spec(
        label="选项",
        collection="choice-options",
        title="label",
        subtitle=("field", "value"),
        columns=("field", "label", "value", "color", "state"),
        filters=("field", "state"),
        sections={"选项": ("field", "label", "value", "color", "probability", "parents", "position", "state")},
        order="field,position,value",
        scope=everyone,
    )

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["field", "value"], name="choice_option_once")]

    @action("停用", source="active", target="retired", danger=True, bulk=False)
    def retire(self, actor: Any) -> None:
        """Chosen no more; where it stands it is read and found as before."""
        if reason := self.whole_set().kept(self.value):
            raise Refused(f"不能停用“{self.label}”：{reason}")
        if len(self.whole_set().kind.open()) == 1:
            raise Refused("至少要留一个可选的选项")

    @action("恢复使用", source="retired", target="active", bulk=False)
    def restore(self, actor: Any) -> None:
        """May be chosen again."""

    def whole_set(self) -> OptionSet:
        """The set it belongs to. Raises Invalid."""
        found = set_of(self.field)
        if found is None:
            raise Invalid.of({"field": "没有这个字段，或它的选项不能调整"}, {"field": "字段"})
        return found

    @property
    def original(self) -> Any:
        """The option as the declaration has it; None for an added one."""
        return self.whole_set().kind.declared.get(self.value)

    def derive(self) -> None:
        owner = self.whole_set()
        self.field = owner.key
        if not self.value:
            self.value = names.numbered(names.spelt(self.label) or "option", owner.kind.options)
        if self._state.adding and self.probability is None and owner.weighted and self.original is None:
            self.probability = owner.chance_at(self.position)

    def validate(self) -> None:
        before = type(self)._base_manager.filter(pk=self.pk).values("field", "value", "label").first()
        wrong = self.wrong_place(before) | self.wrong_label(before)
        if self.probability is not None and not self.whole_set().weighted:
            wrong["probability"] = "这组选项没有赢率"
        wrong |= self.wrong_parents()
        if wrong:
            raise Invalid.of(wrong, {n: k.label for n, k in type(self).declared().items()})
        if before is None and self.original is None:
            self.refuse_addition()

    def wrong_place(self, before: Any) -> dict[str, str]:
        if before:
            return {n: "建好之后不能改" for n in ("field", "value") if getattr(self, n) != before[n]}
        return {} if self.original or VALUE.fullmatch(self.value) else {"value": "由小写字母、数字和下划线组成，最多 40 个"}

    def wrong_label(self, before: Any) -> dict[str, str]:
        """The name of another option."""
        if before and before["label"] == self.label:
            return {}
        others = {o.label for v, o in self.whole_set().kind.options.items() if v != self.value}
        return {"label": f"已有名为“{self.label}”的选项"} if self.label in others else {}

    def wrong_parents(self) -> dict[str, str]:
        """Values that the field it depends on does not have."""
        if self.parents in ("", ANY):
            return {}
        deciding = self.whole_set().deciding
        if deciding is None:
            return {"parents": "这组选项不依赖别的字段"}
        unknown = [value for value in parted(self.parents) if value not in deciding.options]
        return {"parents": f"“{deciding.label}”没有选项：{'、'.join(unknown)}"} if unknown else {}

    def refuse_addition(self) -> None:
        if reason := self.whole_set().closed:
            raise Refused(f"不能增加选项：{reason}")
        if len(self.whole_set().kind.options) >= MOST_OPTIONS:
            raise Refused(f"最多 {MOST_OPTIONS} 个选项")
