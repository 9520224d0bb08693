"""Watching 检查指标: one statement reckons the indicator for all there is, however many; what is too far becomes findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Value

from zhike.features.alerts.definition import EACH, WATCHER, WHOLE, Definition, Threshold, subject_model
from zhike.features.alerts.levels import RANK
from zhike.features.alerts.objects.alert_limit import AlertLimit
from zhike.kernel.query import filters
from zhike.kernel.query.aggregate import FUNCTIONS, measured
from zhike.kernel.reach import Actor
from zhike.org.objects.department import Department
from zhike.org.objects.person import Person

MOST = 2000
"""A rule that finds more is no alarm but a list; the worst of them are raised."""
Limits = Mapping[tuple[int, str], Decimal]


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What an indicator is about: `pk` is 0 for the whole company. Fields of people are read off the record."""

    pk: int
    label: str
    collection: str = ""
    owner_id: int | None = None
    department_id: int | None = None
    record: Any = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.record, name)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One subject that is too far, at the worst level it has reached."""

    subject: Subject
    value: Decimal
    threshold: Threshold


def values(model: Any, rule: Definition, *, reader: Actor = WATCHER, among: Any = None) -> dict[int, Decimal]:
    """The indicator of everything that may be too far at any level, by id.

    Arguments:
        reader: over whose records it is reckoned; over all there are where nobody is named.
        among: the records themselves, where it was found out before which of them she may see.
    """
    rows = model.objects.visible_to(reader) if among is None else among
    rows = rows.filter(filters.condition(model, rule.condition, reader))
    word, path = _measure(model, rule.measure)
    if rule.group == WHOLE:
        found = rows.aggregate(value=_total(word, path))["value"]
        return {0: Decimal(found)} if found is not None else {}
    if rule.group == EACH:
        pairs = rows.annotate(value=Value(1) if word == "count" else F(path)).order_by()
        key = "pk"
    else:
        key = f"{rule.group}_id"
        pairs = rows.filter(**{f"{key}__isnull": False}).order_by().values(key).annotate(value=_total(word, path))
    if mildest := mildest_of(rule):
        pairs = pairs.filter(**{"value__gte" if rule.above else "value__lte": mildest})
    ordered = pairs.order_by("-value" if rule.above else "value", key)
    return {pk: Decimal(value) for pk, value in ordered.values_list(key, "value")[:MOST] if value is not None}


def read_for(model: Any, rule: Definition, reader: Actor) -> Any:
    """All that the indicator is reckoned from, as one question."""
    rows = model._base_manager.filter(filters.condition(model, rule.condition, reader))
    return rows.values_list(_measure(model, rule.measure)[1])


def _measure(model: Any, measure: str) -> tuple[str, str]:
    if measure == "count":
        return measure, "pk"
    word, _, path, _ = measured(model, measure)
    return word, path


def _total(word: str, path: str) -> Any:
    return Count(path) if word == "count" else FUNCTIONS[word](path)


def mildest_of(rule: Definition) -> Decimal | None:
    """The threshold that is reached first, wherever a department may have moved it."""
    bounds = [b for one in rule.levels for b in (one.at, one.least, one.most) if b is not None]
    return (min(bounds) if rule.above else max(bounds)) if bounds else None


def findings(model: Any, rule: Definition, *, pk: int = 0, reader: Actor = WATCHER, among: Any = None) -> list[Finding]:
    """Everything that is too far now, the worst first; `pk` is the rule's own, for the thresholds of departments."""
    reached = values(model, rule, reader=reader, among=among)
    subjects = subjects_of(model, rule, list(reached))
    tree, limits = _tree() if pk else {}, limits_of(pk) if pk else {}
    found = []
    for key, value in reached.items():
        worst = _worst(rule, value, subjects[key].department_id, tree, limits) if key in subjects else None
        if worst is not None:
            found.append(Finding(subject=subjects[key], value=value, threshold=worst))
    return sorted(found, key=lambda f: (-RANK[f.threshold.level], f.subject.pk))


def _worst(
    rule: Definition, value: Decimal, department: int | None, tree: Mapping[int, int | None], limits: Limits
) -> Threshold | None:
    """The worst level the value has reached, by the thresholds of its department."""
    for one in sorted(rule.levels, key=lambda t: -RANK[t.level]):
        at = _moved(one, department, tree, limits)
        if rule.reaches(value, at):
            return Threshold(level=one.level, at=at)
    return None


def _moved(one: Threshold, department: int | None, tree: Mapping[int, int | None], limits: Limits) -> Decimal:
    """The threshold of the nearest department above that has one of its own, within what the company allows today."""
    seen: set[int] = set()
    while department is not None and department not in seen:
        seen.add(department)
        if (own := limits.get((department, one.level))) is not None:
            low = own if one.least is None else max(own, one.least)
            return low if one.most is None else min(low, one.most)
        department = tree.get(department)
    return one.at


def limits_of(rule: int) -> dict[tuple[int, str], Decimal]:
    rows = AlertLimit._base_manager.filter(rule=rule, department__isnull=False).order_by("pk")
    return {(row.department_id, row.level): row.threshold for row in rows}


def _tree() -> dict[int, int | None]:
    return dict(Department._base_manager.values_list("pk", "parent_id"))


def subjects_of(model: Any, rule: Definition, keys: list[int]) -> dict[int, Subject]:
    """What the ids stand for; one query."""
    if rule.group == WHOLE:
        return {0: Subject(pk=0, label="全公司", record=model())} if keys else {}
    target = subject_model(model, rule.group)
    return {pk: _subject(target, record) for pk, record in target._base_manager.in_bulk(keys).items()}


def _subject(target: Any, record: Any) -> Subject:
    """A person is her own owner, a department belongs to its head."""
    owner = record.pk if target is Person else record.manager_id if target is Department else record.owner_id
    department = record.pk if target is Department else record.department_id
    return Subject(
        pk=record.pk,
        label=str(record),
        collection=target.spec.collection,
        owner_id=owner,
        department_id=department,
        record=record,
    )
