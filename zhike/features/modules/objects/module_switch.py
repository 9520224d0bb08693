"""模块开关: one turn of a switch; the latest of each module is in force, the earlier ones tell who did what, and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from zhike.features.modules.modules import modules
from zhike.kernel.declare import Record, Spec, f, option
from zhike.org.scopes import everyone


class Modules(Mapping[str, Any]):
    """Every module by its name; asked for when needed, for at the time of declaring not all are known."""

    def __getitem__(self, name: str) -> Any:
        return option(modules()[name].label)

    def __iter__(self) -> Iterator[str]:
        return iter(modules())

    def __len__(self) -> int:
        return len(modules())


class ModuleChoice(f.Choice):
    """One of the modules."""

    def set_options(self, options: Any) -> None:
        self.written = self.declared = Modules()


class ModuleSwitch(Record):
    """What administrators have decided about a module; one that nobody ever touched is on."""

    name = f.Text("名称", blank=True, editable=False)
    module = ModuleChoice("模块", max_length=60)
    enabled = f.Boolean("启用", default=True, help="停用后对所有人都看不到；数据原样保留")
    reason = f.Text("说明", blank=True, help="为什么停用或启用，给以后的管理员看")

    spec = Spec(
        label="模块开关",
        collection="module-switches",
        subtitle=("reason",),
        columns=("name", "module", "enabled", "reason", "created_by", "created_at"),
        filters=("module", "enabled"),
        sections={"模块开关": ("module", "enabled", "reason")},
        order="-created_at",
        scope=everyone,
    )

    def derive(self) -> None:
        label = modules()[self.module].label if self.module in modules() else self.module
        self.name = f"{'启用' if self.enabled else '停用'}{label}"
