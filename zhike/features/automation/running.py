"""Running a rule 执行: find the records, do one thing after another to all of them at once, write down what became of it.

A run stands or falls as a whole; one that falls is written down as failed, and whoever caused it never notices.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from zhike.features.automation.models import Touch
from zhike.features.automation.objects.automation import Automation
from zhike.features.automation.objects.automation_run import DONE, FAILED, PARTLY, STOPPED, AutomationRun
from zhike.features.automation.rules import Automat, Rule, as_rule
from zhike.features.automation.steps import STEPS
from zhike.features.automation.steps.ground import Ground
from zhike.features.jobs.run import Run, job
from zhike.kernel.errors import Problem
from zhike.kernel.query import filters
from zhike.kernel.query.among import Among
from zhike.kernel.registry import objects
from zhike.kernel.writes import Outcome, create_many
from zhike.org.objects.person import System

log = logging.getLogger("zhike.automation")
RUN = "automation"
MOST_RECORDS, MOST_TIMES, WITHIN = 10_000, 20, timedelta(hours=1)
"""So many records a run; so many times an hour a rule may come back to one record."""
TOLD = 20
KEEPER = System("automation")


@dataclass
class Report:
    """What a run did: of how many records, step by step, and which were left alone."""

    found: int = 0
    ids: list[int] = field(default_factory=list)
    steps: list[tuple[str, Outcome]] = field(default_factory=list)
    halted: list[int] = field(default_factory=list)

    @property
    def refused(self) -> int:
        return len({pk for _, outcome in self.steps for pk in outcome.refused} | set(self.halted))


@job(RUN)
def run_rule(told: Run, rule: int, ids: list[int] | None, chain: list[int], gone: list[Any] | None = None) -> dict[str, Any]:
    """Follow one rule for these records, or for all that meet its condition."""
    row = Automation._base_manager.filter(pk=rule, is_active=True).first()
    if row is None or row.collection not in objects():
        return {"result": STOPPED}
    followed = as_rule(row)
    try:
        with transaction.atomic():
            report = carry_out(followed, ids, tuple(chain), gone or [])
    except Problem as problem:
        return _failed(followed, problem.message)
    except Exception as error:
        log.exception("自动化 %s 失败", rule)
        return _failed(followed, f"内部错误（{type(error).__name__}）")
    if report.found or report.halted:
        _note(followed, PARTLY if report.refused else DONE, report.found, report.refused, detail(report))
    return {"found": report.found, "refused": report.refused}


def carry_out(rule: Rule, ids: list[int] | None, chain: tuple[int, ...], gone: list[Any], most: int = MOST_RECORDS) -> Report:
    """Do it. Raises Problem when a step can be done to no record at all."""
    model, actor, report = objects()[rule.collection], Automat(rule.pk, chain), Report()
    if gone:
        report.ids = [one["id"] for one in gone]
    else:
        report.ids = list(matching(rule, ids).order_by("-pk").values_list("pk", flat=True)[:most])
        report.halted = _too_often(rule, report.ids)
        report.ids = sorted(set(report.ids) - set(report.halted))
    report.found = len(report.ids)
    ground = Ground(model=model, ids=report.ids, actor=actor, rule=rule, gone=gone)
    for step in rule.definition.steps if report.ids else ():
        sort = STEPS[step["do"]]
        report.steps.append((sort.label(model, step), sort.take(ground, step)))
    return report


def matching(rule: Rule, ids: list[int] | None) -> Any:
    """The records that meet its condition, among these where some are named."""
    model = objects()[rule.collection]
    rows = model._base_manager.filter(filters.condition(model, rule.definition.condition, KEEPER))
    return rows if ids is None else rows.filter(Among("id", ids))


def _too_often(rule: Rule, ids: list[int]) -> list[int]:
    """Those the rule has come back to so often that it must be running in a circle; the others are counted."""
    since = timezone.now() - WITHIN
    touched = (
        Touch.objects.filter(Among("record", ids), rule_id=rule.pk, at__gte=since).values("record").annotate(times=Count("pk"))
    )
    halted = {row["record"] for row in touched if row["times"] >= MOST_TIMES}
    if rule.pk:
        Touch.objects.bulk_create(Touch(rule_id=rule.pk, record=pk) for pk in ids if pk not in halted)
    return sorted(halted)


def detail(report: Report) -> str:
    """What happened in words, a line a step, and why some records were left alone."""
    lines = [f"{label}：{len(outcome.done)} 条" for label, outcome in report.steps]
    lines += [f"#{pk}：{reason}" for pk, reason in _reasons(report.steps)]
    lines += [note for _, outcome in report.steps for note in outcome.notes][:TOLD]
    if report.halted:
        lines.append(f"一小时内已处理 {MOST_TIMES} 次，疑似循环，不再处理：{_numbers(report.halted)}")
    return "\n".join(lines)


def _reasons(steps: Iterable[tuple[str, Outcome]]) -> list[tuple[int, str]]:
    return [(pk, reason) for _, outcome in steps for pk, reason in outcome.refused.items()][:TOLD]


def _numbers(ids: list[int]) -> str:
    return "、".join(f"#{pk}" for pk in ids[:TOLD])


def stopped(rule: Rule, why: str, records: int) -> None:
    """A chain of rules was cut here."""
    _note(rule, STOPPED, records, records, why)


def _failed(rule: Rule, why: str) -> dict[str, Any]:
    _note(rule, FAILED, 0, 0, why)
    return {"result": FAILED, "error": why}


def _note(rule: Rule, result: str, found: int, refused: int, text: str) -> None:
    told = {"rule": rule.pk, "occasion": rule.definition.when["on"]}
    row = told | {"result": result, "found": found, "refused": refused, "detail": text}
    create_many(AutomationRun, [row], actor=Automat(rule.pk))
