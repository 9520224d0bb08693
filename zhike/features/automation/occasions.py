"""When 什么时候: what happens starts the rules that wait for it – as jobs, after the change stands, so that none can break it.

A rule never follows from itself, however far round; and a chain of rules ends after a few of them.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from zhike.features.automation.rules import MOST_IN_A_CHAIN, Rule, chain_of, waiting_for
from zhike.features.automation.running import RUN, stopped
from zhike.features.clocks.running import Struck
from zhike.features.jobs.run import start
from zhike.kernel.events import Changed, ChangedMany, on
from zhike.kernel.registry import objects
from zhike.kernel.writes.one import BOOKKEEPING
from zhike.org.objects.person import System


@on(Changed)
def one_changed(event: Changed) -> None:
    """One record."""
    rules = waiting_for(event.record.spec.collection, event.actor)
    if rules:
        _start(rules, event.verb, [event.record], _touched(event), event.actor)


@on(ChangedMany)
def many_changed(event: ChangedMany) -> None:
    """A whole batch: one job for each rule."""
    model: Any = event.model
    rules = waiting_for(model.spec.collection, event.actor)
    if rules and event.records:
        _start(rules, event.verb, event.records, frozenset(event.fields), event.actor)


def _touched(event: Changed) -> frozenset[str]:
    """The fields that changed, those added without code by their own names."""
    before, after = _flat(event.before), _flat(event.after)
    return frozenset(n for n in {*before, *after} - BOOKKEEPING if before.get(n) != after.get(n))


def _flat(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, **(values.get("extra") or {})}


def _start(rules: tuple[Rule, ...], verb: str, records: list[Any], fields: frozenset[str], actor: Any) -> None:
    chain = chain_of(actor)
    for rule in rules:
        if rule.pk in chain or not rule.follows(verb, fields):
            continue
        if len(chain) >= MOST_IN_A_CHAIN:
            stopped(rule, f"一条规则引出另一条，已连续 {MOST_IN_A_CHAIN} 条，到此为止", len(records))
            continue
        arguments = {"rule": rule.pk, "ids": [r.pk for r in records], "chain": list(chain)}
        if verb == "delete":
            arguments["gone"] = [{"id": r.pk, "label": str(r)[:200]} for r in records]
        start(RUN, f"自动化“{rule.name}”", arguments, actor=System("automation"))


@on(Struck)
def clock_struck(event: Struck) -> None:
    """A deadline warns, escalates or is over."""
    by_object = defaultdict(list)
    for clock in event.clocks:
        if clock.collection in objects():
            by_object[clock.collection].append(clock.record)
    for collection, ids in by_object.items():
        for rule in waiting_for(collection, event.actor):
            when = rule.definition.when
            if (when["on"], when.get("clock"), when.get("mark")) == ("clock", event.kind, event.mark):
                start(RUN, f"自动化“{rule.name}”", {"rule": rule.pk, "ids": ids, "chain": []}, actor=System("automation"))
