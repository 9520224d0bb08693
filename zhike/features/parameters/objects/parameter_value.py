"""业务参数: what a number of the rules is from a day on; of two for one day the later entry counts. Earlier cases keep theirs."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from zhike.features.parameters.declared import declared
from zhike.kernel.declare import Invalid, Record, Spec, f, option
from zhike.org.scopes import everyone


class ParameterKey(f.Choice):
    """One of the declared parameters."""

    @property
    def options(self) -> dict[str, Any]:
        """Known when every domain has declared its own."""
        return {key: option(p.label) for key, p in sorted(declared().items(), key=lambda item: (item[1].whole, item[0]))}


class ParameterValue(Record):
    """A parameter nobody has changed has no record and its declared value."""

    key = ParameterKey("参数", max_length=60)
    name = f.Text("名称", blank=True, editable=False)
    value = f.Decimal("数值", decimal_places=4, least=0, total="none")
    unit = f.Text("单位", blank=True, editable=False)
    effective_on = f.Date("生效日期", default=timezone.localdate, help="从这一天起按新的数值执行，之前的业务不受影响")
    reason = f.Text("说明", blank=True, help="依据的制度或决定")

    spec = Spec(
        label="业务参数",
        collection="parameters",
        menu="制度",
        place=80,
        subtitle=("value", "effective_on"),
        columns=("key", "value", "unit", "effective_on", "reason", "updated_by", "updated_at"),
        filters=("key", "effective_on"),
        sections={"业务参数": ("key", "value", "unit", "effective_on", "reason")},
        order="key,-effective_on",
        scope=everyone,
    )

    def derive(self) -> None:
        found = declared().get(self.key)
        if found:
            self.name, self.unit = found.label, found.unit

    def validate(self) -> None:
        found = declared().get(self.key)
        if found and (reason := found.wrong(self.value)):
            raise Invalid.of({"value": reason}, {"value": "数值"})
