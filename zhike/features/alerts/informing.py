"""知情: who may hear of an alarm: whoever may open what it is about, and ask about every field its figure is reckoned from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from zhike.features.alerts.definition import Definition, read, read_text
from zhike.features.alerts.watching import Subject, subjects_of
from zhike.features.notify.knowing import Word, known
from zhike.kernel.query.answerable import answerable
from zhike.kernel.reach import Reach
from zhike.kernel.registry import objects
from zhike.org.objects.person import Person


def words(model: Any, subject: Subject, people: Iterable[int]) -> list[Word]:
    """That something is wrong, for each of these people; about the whole company, where she may see any of what is counted."""
    return [Word(person, subject.label, about=subject.record if subject.pk else model) for person in people]


def informed(model: Any, rule: Definition, meant: Iterable[Word]) -> list[Word]:
    """Those of the words that may be told; a fixed number of queries."""
    told = known(meant)
    people = Person.objects.acting().in_bulk({word.to for word in told})
    able = {pk for pk, person in people.items() if reckons(model, rule, person)}
    return [word for word in told if word.to in able]


def reckons(model: Any, rule: Definition, person: Any) -> bool:
    """Whether she could reckon the figure herself over what she sees."""
    seen = person.reach("view", model) is not Reach.NONE
    return seen and answerable(model, person, trees=[rule.condition], names=rule.reckoned)


def figure_known(row: Any, person: Any) -> bool:
    """The same of an alert rule as it is kept."""
    model = objects().get(row.collection)
    return model is not None and reckons(model, read(read_text(row.definition or "")), person)


def informed_of(alert: Any, people: Iterable[int]) -> set[int]:
    """Those of these people who may have an alert that stands already."""
    model, rule = objects().get(alert.rule.collection), read(read_text(alert.rule.definition or ""))
    subject = subjects_of(model, rule, [alert.record]).get(alert.record) if model is not None else None
    if subject is None or subject.collection != alert.collection:
        return set()
    return {word.to for word in informed(model, rule, words(model, subject, people))}
