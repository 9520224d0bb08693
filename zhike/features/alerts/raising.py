"""Raising 发出预警: what is newly too far is raised, what got worse is raised again, what is over is cleared."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from zhike.features.alerts.deadlines import start_limit
from zhike.features.alerts.definition import EACH, Definition, read, read_text
from zhike.features.alerts.informing import informed, words
from zhike.features.alerts.levels import LEVELS, RANK
from zhike.features.alerts.objects.alert import CLEARED, OPEN, Alert
from zhike.features.alerts.objects.alert_rule import AlertRule
from zhike.features.alerts.watching import Finding, findings, values
from zhike.features.channels.posting import Message, post
from zhike.features.jobs.occasions import first_to_take
from zhike.features.jobs.periodic import periodic
from zhike.features.jobs.run import Run, job, start
from zhike.features.notify.audience import Audience
from zhike.features.notify.knowing import Word, left_out
from zhike.features.notify.letters import write_letters
from zhike.features.notify.tell import tell_each
from zhike.kernel.events import Written, on_written
from zhike.kernel.registry import objects
from zhike.kernel.writes import create_many, restore_many
from zhike.org.objects.person import Messenger, System

CHECK = "alert_check"
WATCHER, MESSENGER = System("alerts"), Messenger("alerts")
MORNING = 7
LISTED = 20
OF_OURS = "有一条预警，请在系统中查看"
"""What a letter says of figures that may not leave the house."""


@periodic("*/10 * * * *")
def start_checks() -> None:
    """Queue every rule whose hour has come: each hour or each morning."""
    now = timezone.localtime().replace(minute=0, second=0, microsecond=0)
    morning = now.replace(hour=MORNING) if now.hour >= MORNING else now.replace(hour=MORNING) - timedelta(1)
    for row in AlertRule._base_manager.filter(is_active=True).order_by("pk"):
        if first_to_take(f"alert:{row.pk}", now if row.rhythm == "hour" else morning):
            queue(row)


@on_written
def watch_at_once(event: Written) -> None:
    """A rule that is in force is checked as soon as it is written, not only tomorrow morning."""
    if event.model is AlertRule and event.verb != "delete":
        for row in event.records:
            if row.is_active:
                queue(row)


def queue(row: Any) -> None:
    start(CHECK, f"检查预警“{row.name}”", {"rule": row.pk}, actor=WATCHER)


@job(CHECK)
def check_rule(told: Run, rule: int) -> dict[str, Any]:
    """One check of one rule."""
    row = AlertRule._base_manager.filter(pk=rule, is_active=True).first()
    if row is None or row.collection not in objects():
        return {"raised": 0}
    return watch(row)


def watch(row: Any) -> dict[str, Any]:
    """Compare what is too far now with what stands, and say how many were raised, changed and cleared."""
    rule = read(read_text(row.definition or ""))
    model = objects()[row.collection]
    found = {f.subject.pk: f for f in findings(model, rule, pk=row.pk)}
    inside = _inside(model, rule, found)
    standing = {a.record: a for a in Alert._base_manager.filter(rule=row.pk, standing=True).order_by("pk")}
    fresh = [f for key, f in found.items() if key not in standing or _worse(standing[key], f)]
    over = [a for key, a in standing.items() if key not in found]
    worse = [standing[f.subject.pk] for f in fresh if f.subject.pk in standing]
    _settle([*over, *worse])
    changed = _follow({key: a for key, a in standing.items() if key in found and a not in worse}, found, inside)
    _raise(row, model, rule, fresh, inside)
    return {"raised": len(fresh), "changed": changed, "cleared": len(over)}


def _inside(model: Any, rule: Definition, found: dict[int, Finding]) -> set[int]:
    """Of which nothing leaves the house (V-44): what somebody outside would reckon otherwise, or not at all."""
    if not (found and model.spec.leaves):
        return set()
    known = values(model, rule, reader=MESSENGER)
    return {key for key, finding in found.items() if known.get(key) != finding.value}


def _worse(alert: Any, finding: Finding) -> bool:
    return RANK[finding.threshold.level] > RANK[alert.level]


def _settle(alerts: list[Any]) -> None:
    """They no longer stand; those still open are over."""
    for alert in alerts:
        alert.standing = False
        alert.state = CLEARED if alert.state in OPEN else alert.state
    restore_many(Alert, alerts, ["standing", "state"], actor=WATCHER, verb="clear")


def _follow(standing: dict[int, Any], found: dict[int, Finding], inside: set[int]) -> int:
    """Those that stand as before tell today's figure; one that got milder tells so and says no more."""
    changed = [a for key, a in standing.items() if a.state in OPEN and _moved(a, found[key], key in inside)]
    for alert in changed:
        finding = found[alert.record]
        alert.value, alert.threshold, alert.level = finding.value, finding.threshold.at, finding.threshold.level
        alert.inside = alert.record in inside
    restore_many(Alert, changed, ["value", "threshold", "level", "inside"], actor=WATCHER, verb="change")
    return len(changed)


def _moved(alert: Any, finding: Finding, inside: bool) -> bool:
    return (alert.value, alert.level, alert.inside) != (finding.value, finding.threshold.level, inside)


def _raise(row: Any, model: Any, rule: Definition, fresh: list[Finding], inside: set[int]) -> None:
    """To the first of those told it belongs, the others hear of it."""
    told = _told(model, rule, fresh, keeper=row.owner_id)
    rows = [_alert(row, rule, f, who) | {"inside": f.subject.pk in inside} for f, who in zip(fresh, told, strict=True)]
    made = create_many(Alert, rows, actor=WATCHER)
    start_limit(made, rule.limit)
    notices = [word._replace(text=alert.name, record=alert) for alert, who in zip(made, told, strict=True) for word in who]
    tell_each(notices, actor=WATCHER)
    if rule.mail:
        write_letters(word._replace(text=OF_OURS) if word.record.inside else word for word in notices)
    if rule.channels:
        _say(rule, [alert for alert in made if not alert.inside])


def _say(rule: Definition, alerts: list[Any]) -> None:
    lines = [alert.name for alert in alerts]
    more = [f"……另有 {len(lines) - LISTED} 条"] if len(lines) > LISTED else []
    if lines:
        post(
            rule.channels,
            [Message(event="alert", text="\n".join(lines[:LISTED] + more), data={"alerts": list(map(_plain, alerts))})],
        )


def _told(model: Any, rule: Definition, found: list[Finding], *, keeper: int | None) -> list[list[Word]]:
    """Those of each finding who may know of it, in the order the rule names them; where nobody may, whoever keeps the rule."""
    audience = Audience(rule.who)
    meant = [words(model, f.subject, audience.of(f.subject)) for f in found]
    instead = [words(model, f.subject, [keeper] if keeper else []) for f in found]
    able = set(informed(model, rule, (word for some in (*meant, *instead) for word in some)))
    pairs = zip(meant, instead, strict=True)
    return [[w for w in some if w in able] or [w for w in other if w in able] for some, other in pairs]


def untold(model: Any, rule: Definition, found: list[Finding]) -> list[str]:
    """Who is named in the rule and would not hear of these, for whoever writes it."""
    audience = Audience(rule.who)
    meant = [word for f in found for word in words(model, f.subject, audience.of(f.subject))]
    return left_out(meant, informed(model, rule, meant))


def _words(row: Any, rule: Definition, finding: Finding) -> str:
    """What is wrong with what, and by how much; where a record is alarming by itself there is no figure."""
    label, subject = LEVELS[finding.threshold.level].label.partition("·")[0], finding.subject.label
    if (rule.group, rule.measure) == (EACH, "count"):
        return f"{label}预警：{row.name}，{subject}"
    return f"{label}预警：{row.name}，{subject}，当前 {_grouped(finding.value)}，阈值 {_grouped(finding.threshold.at)}"


def _alert(row: Any, rule: Definition, finding: Finding, told: list[Word]) -> dict[str, Any]:
    subject, at = finding.subject, finding.threshold
    return {
        "name": _words(row, rule, finding)[:200], "rule": row.pk, "level": at.level, "collection": subject.collection,
        "record": subject.pk, "value": finding.value, "threshold": at.at, "advice": row.advice,
        "owner": told[0].to if told else None, "department": subject.department_id,
    }  # fmt: skip


def _grouped(number: Decimal) -> str:
    """As people read it: 1,237,520."""
    return f"{Decimal(plain(number)):,}"


def plain(number: Decimal) -> str:
    """A figure as people write it: without the zeros behind the point."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _plain(alert: Any) -> dict[str, Any]:
    """An alert as a webhook is told: figures about our own rules, none of the fields of a record."""
    return {n: str(getattr(alert, n)) for n in ("pk", "level", "collection", "record", "value", "threshold")}
