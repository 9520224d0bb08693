"""回测: how often a rule would have raised an alarm in a period that is over, told with what can be known of that time.

Each day is looked at as if it were today: relative dates of the filter move with it, and every record says what it said when the
day was over, rebuilt from its history (`audit.past`). What no history is kept of is judged as it is now, and the answer says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from zhike.features.alerts.definition import Definition, check
from zhike.features.alerts.levels import LEVELS, RANK
from zhike.features.alerts.raising import plain, untold
from zhike.features.alerts.watching import Finding, findings, read_for
from zhike.features.audit.past import as_it_was
from zhike.features.audit.remembering import known_to, unknown_of
from zhike.features.jobs.run import Run, job
from zhike.features.jobs.trying import Progress, Trial, open_to, period_of, unheard
from zhike.kernel.errors import Invalid
from zhike.kernel.query import relative
from zhike.kernel.query.relative import end_of, start_of
from zhike.kernel.registry import find
from zhike.words.catalogue import say

KIND = "back_test"
MOST_DAYS, EXAMPLES = 92, 10
Json = dict[str, Any]
KNOWS = "逐日按记录当天的内容判断：字段的旧值、后来删掉和当时还没有的记录，都从修改历史还原。"


@job(KIND)
def back_test_job(run: Run, collection: str, given: Json, period: str) -> Json:
    """The same in a worker, day by day."""
    return back_test(collection, given, period, actor=run.actor, told=run.progress)


def refuse_back_test(collection: str, given: Json, period: str) -> None:
    """What could not be tested is said before a job begins. Raises Invalid, NotFound."""
    check(collection, given)
    _days(period)


def back_test(collection: str, given: Json, period: str = "last_month", *, actor: Any, told: Progress = unheard) -> Json:
    """The alarms of each day, of each level, a few examples, and what stands now, over what she may see who tests.

    Raises Invalid, NotFound, Forbidden.
    """
    model, rule = find(collection), check(collection, given)
    open_to(actor, model.objects.all(), rule.condition, names=rule.reckoned)
    first, last = _days(period)
    past = dict(_each_day(model, rule, first, last, actor, told))
    raised = [(day, finding) for day in sorted(past)[1:] for finding in _new(past[day], past[day - timedelta(1)])]
    levels, now = Counter(f.threshold.level for _, f in raised), findings(model, rule, reader=actor)
    days = Counter(day for day, _ in raised)
    return {
        "from": first.isoformat(), "to": last.isoformat(), "raised": len(raised),
        "levels": [{"level": name, "label": LEVELS[name].label, "count": levels[name]} for name in LEVELS if levels[name]],
        "days": [{"day": day.isoformat(), "count": count} for day, count in sorted(days.items())],
        "examples": [_example(day, f) for day, f in raised[-EXAMPLES:]], "now": len(now),
        "knows": known_to(model, actor, KNOWS),
        "notes": [*unknown_of(model, read_for(model, rule, actor), start_of(first)), *map(say, untold(model, rule, now))],
    }  # fmt: skip


# Every record is looked at once a day, so fewer of them than elsewhere are a matter of a moment.
BACK_TEST = Trial(kind=KIND, at_once=2_000, answer=back_test, refuse=refuse_back_test)


def _each_day(
    model: Any, rule: Definition, first: date, last: date, actor: Any, told: Progress
) -> Iterator[tuple[date, dict[int, Finding]]]:
    """What would have been too far at the end of each day and of the day before the first, the latest first."""
    many = (last - first).days + 1
    with as_it_was(read_for(model, rule, actor), since=end_of(first - timedelta(1)), seen_by=(model, actor)) as past:
        for number in range(many + 1):
            if number < many:
                told(number, many)
            day = last - timedelta(number)
            past.back_to(end_of(day))
            with relative.seen_on(day):
                found = findings(model, rule, reader=actor, among=past.seen)
            yield day, {f.subject.pk: f for f in found}


def _new(today: dict[int, Finding], before: dict[int, Finding]) -> list[Finding]:
    """What was not too far the day before, or not as far."""
    return [f for key, f in today.items() if key not in before or _worse(f, before[key])]


def _worse(now: Finding, then: Finding) -> bool:
    return RANK[now.threshold.level] > RANK[then.threshold.level]


def _example(day: date, finding: Finding) -> Json:
    subject = finding.subject
    return {
        "day": day.isoformat(), "collection": subject.collection, "id": subject.pk, "label": subject.label,
        "level": finding.threshold.level, "value": plain(finding.value),
    }  # fmt: skip


def _days(period: str) -> tuple[date, date]:
    first, last = period_of(period)
    if (last - first).days >= MOST_DAYS:
        raise Invalid.of({"period": f"最多回测 {MOST_DAYS} 天"}, {"period": "时间段"})
    return first, min(last, relative.this_day())
