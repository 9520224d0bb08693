"""操作: what can be made to wait for agreement, by the name each object has for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from zhike.kernel.declare import f
from zhike.kernel.registry import objects

EVERYWHERE = {"add": "新建", "change": "修改", "delete": "删除", "transfer": "转交", "export": "导出"}


class Deeds(Mapping[str, Any]):
    """Every deed by its verb; asked for when needed, for at the time of declaring not all objects are known.

    What is called differently from object to object (提交审查, 提交报销) carries the names by collection as `called`.
    """

    def __getitem__(self, verb: str) -> Any:
        if verb in EVERYWHERE:
            return f.option(EVERYWHERE[verb])
        named = {c: model.actions()[verb].label for c, model in objects().items() if verb in model.actions()}
        if not named:
            raise KeyError(verb)
        labels = list(dict.fromkeys(named.values()))
        return f.option("、".join(labels), when=tuple(named), **({"called": named} if len(labels) > 1 else {}))

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys([*EVERYWHERE, *(verb for model in objects().values() for verb in model.actions())]))

    def __len__(self) -> int:
        return len(list(iter(self)))


class DeedChoice(f.Choice):
    """One of the deeds there are on the object chosen beside it."""

    def __init__(self, label: str = "", *args: Any, **kwargs: Any) -> None:
        super().__init__(label, Deeds(), *args, **{"max_length": 60, **kwargs})

    def set_options(self, options: Any) -> None:
        self.written = self.declared = options

    def known(self, raw: Any) -> str:
        if isinstance(raw, str) and raw in self.options:
            return raw
        raise ValueError("没有这个操作")
