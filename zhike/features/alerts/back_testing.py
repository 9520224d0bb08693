"""回测: how often a rule would have raised an alarm in a period that is over, told with what can be known of that time.

Each day is looked at as if it were today: relative dates of the filter move with it, and only records that were there by its end
count. What a record said on that day is not looked up: it is read as it is now.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from typing import Any

from zhike.features.alerts.definition import Definition, check
from zhike.features.alerts.levels import LEVELS, RANK
from zhike.features.alerts.raising import plain, untold
from zhike.features.alerts.watching import Finding, findings
from zhike.features.jobs.run import Run, job
from zhike.features.jobs.trying import Progress, Trial, open_to, period_of, unheard
from zhike.kernel.errors import Invalid
from zhike.kernel.query import relative
from zhike.kernel.registry import find
from zhike.words.catalogue import say

KIND = "back_test"
MOST_DAYS, EXAMPLES = 92, 10
Json = dict[str, Any]
MOVES = "按记录现在的内容，把条件里的日期逐日往回推；之后改过的字段和删掉的记录看不到。"
STANDS = "条件里没有随日期变化的内容，只能按记录的创建时间逐日往回推；字段何时达到现在的值看不到。"


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
    before, many = _on(model, rule, first - timedelta(1), actor), (last - first).days + 1
    raised: list[tuple[date, Finding]] = []
    for number in range(many):
        told(number, many)
        day = first + timedelta(number)
        today = _on(model, rule, day, actor)
        raised += [(day, f) for key, f in today.items() if key not in before or _worse(f, before[key])]
        before = today
    levels, now = Counter(f.threshold.level for _, f in raised), findings(model, rule, reader=actor)
    days = Counter(day for day, _ in raised)
    return {
        "from": first.isoformat(), "to": last.isoformat(), "raised": len(raised),
        "levels": [{"level": name, "label": LEVELS[name].label, "count": levels[name]} for name in LEVELS if levels[name]],
        "days": [{"day": day.isoformat(), "count": count} for day, count in sorted(days.items())],
        "examples": [_example(day, f) for day, f in raised[-EXAMPLES:]], "now": len(now),
        "knows": say(MOVES if _moves(rule) else STANDS), "notes": [say(note) for note in untold(model, rule, now)],
    }  # fmt: skip


# Every record is looked at once a day, so fewer of them than elsewhere are a matter of a moment.
BACK_TEST = Trial(kind=KIND, at_once=2_000, answer=back_test, refuse=refuse_back_test)


def _on(model: Any, rule: Definition, day: date, actor: Any) -> dict[int, Finding]:
    """What would have been too far at the end of that day."""
    with relative.seen_on(day):
        return {f.subject.pk: f for f in findings(model, rule, known_by=relative.end_of(day), reader=actor)}


def _worse(now: Finding, then: Finding) -> bool:
    return RANK[now.threshold.level] > RANK[then.threshold.level]


def _example(day: date, finding: Finding) -> Json:
    subject = finding.subject
    return {
        "day": day.isoformat(), "collection": subject.collection, "id": subject.pk, "label": subject.label,
        "level": finding.threshold.level, "value": plain(finding.value),
    }  # fmt: skip


def _moves(rule: Definition) -> bool:
    """Whether the filter speaks of days relative to today."""
    written = json.dumps(rule.condition or {})
    return '"during"' in written or '"days"' in written


def _days(period: str) -> tuple[date, date]:
    first, last = period_of(period)
    if (last - first).days >= MOST_DAYS:
        raise Invalid.of({"period": f"最多回测 {MOST_DAYS} 天"}, {"period": "时间段"})
    return first, min(last, relative.this_day())
