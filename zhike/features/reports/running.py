"""Running reports 运行: always in the name of whoever looks, over what she may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from zhike.features.reports.definition import Definition, read, read_text
from zhike.features.reports.layout import result
from zhike.kernel.errors import Invalid, NotFound
from zhike.kernel.kinds.references import identifier
from zhike.kernel.query.shifting import During
from zhike.kernel.registry import find
from zhike.kernel.writes.one import permit

ASKED = {"collection", "definition", "period", "department"}


@dataclass(frozen=True)
class Common:
    """What a page asks of all its cards: a period and a department with those below it."""

    period: Any = None
    department: int | None = None

    @classmethod
    def of(cls, data: dict[str, Any]) -> Common:
        """Raises Invalid."""
        if unknown := set(data) - ASKED:
            raise Invalid.of(dict.fromkeys(sorted(unknown), "没有这个参数"))
        period, department = data.get("period"), data.get("department")
        _ = During("", period).days
        try:
            return cls(period, identifier(department) if department is not None else None)
        except ValueError as error:
            raise Invalid.of({"department": str(error)}, {"department": "部门"}) from None

    def on(self, found: Definition) -> Definition:
        within = {"field": "department", "op": "within", "value": self.department} if self.department else None
        return found.within(self.period, within)


def run(collection: Any, definition: Any, common: Common, *, actor: Any, verb: str = "view") -> dict[str, Any]:
    """A report that need not be saved. Raises Invalid, NotFound, Forbidden."""
    if not isinstance(collection, str):
        raise Invalid.of({"collection": "应为对象的名称"}, {"collection": "对象"})
    permit(find(collection), "view", actor)
    permit(find(collection), verb, actor)
    return result(common.on(read(collection, definition if definition is not None else {}, actor)), actor, verb)


def visible_report(pk: int, actor: Any) -> Any:
    """A report this person owns, oversees or was given. Raises NotFound."""
    found = find("reports").objects.visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound("没有这张报表，或您无权查看")
    return found


def run_saved(pk: int, common: Common, *, actor: Any, verb: str = "view") -> dict[str, Any]:
    """A saved report with its name. Raises NotFound, Forbidden."""
    report = visible_report(pk, actor)
    permit(find(report.collection), "view", actor)
    shown = result(common.on(read_text(report.collection, report.definition, actor)), actor, verb)
    return shown | {"id": report.pk, "name": report.name}
