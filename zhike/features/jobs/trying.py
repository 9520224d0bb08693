"""Trying a rule on the past 回测、模拟、试运行: answered at once where there is little to look through, else as a job."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from zhike.features.jobs.models import Job
from zhike.features.jobs.run import start
from zhike.kernel.errors import Invalid
from zhike.kernel.query import filters, relative
from zhike.kernel.query.rows import asked_about
from zhike.kernel.record import allowed, sees_all
from zhike.kernel.writes.one import permit

Progress = Callable[[int, int], None]
"""Told how much of how much is done."""


@dataclass(frozen=True, kw_only=True)
class Trial:
    """One way of trying a rule.

    Arguments:
        kind: of the job that does it.
        at_once: over more records than so many it takes longer than somebody waits.
        answer: does it, and is told besides as whom (`actor`); refuse: says what cannot be tried before a job begins.
    """

    kind: str
    at_once: int
    answer: Callable[..., dict[str, Any]]
    refuse: Callable[..., None]


def attempt(trial: Trial, model: Any, asked: Mapping[str, Any], *, label: str, actor: Any) -> dict[str, Any] | Job:
    """The answer, or where there is much to look through the job that will have it. Raises what the trial refuses."""
    if not _large(model, trial.at_once):
        return trial.answer(**asked, actor=actor)
    trial.refuse(**asked)
    return start(trial.kind, label, dict(asked), actor=actor)


def open_to(actor: Any, rows: Any, *trees: Any, names: Iterable[str] = ()) -> Any:
    """Those of the records on which she may try it: whom a rule will reach later is no way to learn of them now.

    Raises Forbidden, and where conditions or fields of the rule are closed to her Invalid, as for unknown ones.
    """
    model = rows.model
    permit(model, "view", actor)
    for tree in trees:
        filters.condition(model, tree, actor)
    for name in names:
        asked_about(model, name, actor)
    return rows if sees_all(model, actor) else rows.filter(allowed(model, actor))


def period_of(name: Any) -> relative.Period:
    """The first and the last day somebody asked about by the name of a period. Raises Invalid."""
    try:
        return relative.period(name)
    except ValueError as error:
        raise Invalid.of({"period": str(error)}, {"period": "时间段"}) from None


def unheard(done: int, total: int) -> None:
    """For whoever waits for the answer itself."""


def _large(model: Any, most: int) -> bool:
    """Whether there are more records of an object than that; counts no further than it must."""
    return bool(model._base_manager.order_by()[: most + 1].count() > most)
