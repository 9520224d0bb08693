"""What follows from a switch: no module is left without one that it needs."""

from __future__ import annotations

from zhike.features.modules.modules import broken
from zhike.features.modules.objects.module_switch import ModuleSwitch
from zhike.features.modules.switching import switched_off
from zhike.kernel.added import forget
from zhike.kernel.errors import Refused
from zhike.kernel.events import Written, on_written


@on_written
def switched(event: Written) -> None:
    """Switches were turned, or turns taken out of the history."""
    if event.model is ModuleSwitch:
        settle()


def settle() -> None:
    """Look at the whole as it would be. Raises Refused naming who depends on whom."""
    forget()
    for needing, needed in broken(switched_off()):
        objects = "、".join(needing.needs[needed.name])
        raise Refused(
            f"“{needing.label}”（{objects}）要用到“{needed.label}”：要停用“{needed.label}”请先停用“{needing.label}”，"
            f"要启用“{needing.label}”请先启用“{needed.label}”"
        )
