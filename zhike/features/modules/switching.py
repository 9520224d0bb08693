"""Looking at the switches and turning one 模块启停."""

from __future__ import annotations

from typing import Any

from django.db import connection

from zhike.features.modules.modules import Module, modules
from zhike.features.modules.objects.module_switch import ModuleSwitch
from zhike.kernel import writes
from zhike.kernel.errors import Invalid, NotFound
from zhike.kernel.writes.one import permit

LATEST = "SELECT DISTINCT ON (module) module, enabled FROM modules_moduleswitch ORDER BY module, id DESC"


def switched_off() -> frozenset[str]:
    """Names of the modules that are off now; one query."""
    with connection.cursor() as cursor:
        cursor.execute(LATEST)
        return frozenset(name for name, enabled in cursor.fetchall() if not enabled and name in modules())


def shown_modules(actor: Any) -> list[dict[str, Any]]:
    """Every module, what it consists of, what depends on it, and who switched it last."""
    permit(ModuleSwitch, "view", actor)
    off = switched_off()
    latest = ModuleSwitch.objects.visible_to(actor).order_by("module", "-pk").distinct("module").select_related("created_by")
    turns = {turn.module: turn for turn in latest}
    return [_shown(module, off, turns.get(name)) for name, module in modules().items()]


def _shown(module: Module, off: frozenset[str], turn: Any) -> dict[str, Any]:
    needed_by = [m for m in modules().values() if module.name in m.needs]
    return {
        "name": module.name, "label": module.label, "enabled": module.name not in off,
        "objects": [{"collection": m.spec.collection, "label": m.spec.label} for m in module.objects],
        "needs": [_named(modules()[name], off) for name in module.needs],
        "needed_by": [_named(m, off) for m in needed_by],
        "last": _turn(turn) if turn else None,
    }  # fmt: skip


def _named(module: Module, off: frozenset[str]) -> dict[str, Any]:
    return {"name": module.name, "label": module.label, "enabled": module.name not in off}


def _turn(turn: Any) -> dict[str, Any]:
    by = {"id": turn.created_by.pk, "label": turn.created_by.name} if turn.created_by else None
    return {"at": turn.created_at.isoformat(), "by": by, "reason": turn.reason}


def switch(name: str, wanted: Any, actor: Any) -> None:
    """Turn one switch: {"enabled": false, "reason": "…"}. Raises NotFound, Invalid, Refused naming what depends on it."""
    if name not in modules():
        raise NotFound("没有这个模块")
    if not isinstance(wanted.get("enabled"), bool):
        raise Invalid.of({"enabled": "应为 是 或 否"}, {"enabled": "启用"})
    if wanted["enabled"] == (name not in switched_off()):
        return
    writes.create(ModuleSwitch, {**wanted, "module": name}, actor=actor)
