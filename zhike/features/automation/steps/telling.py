"""Telling: people in the product and by mail, group chats by their robots, other systems by webhook."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from zhike.features.automation.steps.ground import Given, Ground, Step, refuse_others
from zhike.features.automation.steps.wording import PLACE, refuse_wording, told_rows, written
from zhike.features.channels.objects.channel import Channel
from zhike.features.channels.posting import Message, post
from zhike.features.notify.audience import Audience, person_fields, refuse_unknown
from zhike.features.notify.letters import write_letters
from zhike.features.notify.tell import tell_each
from zhike.kernel.query.among import Among
from zhike.kernel.query.answerable import answerable
from zhike.kernel.query.rows import every_field
from zhike.kernel.writes import Outcome
from zhike.org.objects.person import Messenger, Person

ONE_BY_ONE, IN_A_MESSAGE, LISTED = 20, 100, 20
"""So many notices a person gets one by one, so many records go into one message, so many lines a robot says."""
MESSENGER = Messenger("automation")
HELD = "按规定还不能发到外部"


class Notify(Step):
    """{"do": "notify", "who": [{"by": "owner"}], "text": "{name} 已赢单", "mail": true, "channels": [2]}"""

    without_record = True

    @staticmethod
    def check(model: Any, step: Given) -> None:
        refuse_others(step, "who", "text", "mail", "channels")
        refuse_wording(step.get("text"), model)
        refuse_channels(step.get("channels") or [])
        if step.get("who") or not step.get("channels"):
            refuse_unknown(step.get("who"), model)

    @staticmethod
    def label(model: Any, step: Given) -> str:
        return "通知"

    @staticmethod
    def take(ground: Ground, step: Given) -> Outcome:
        if ground.gone:
            return _tell_of_gone(ground, step)
        texts, abroad, outcome = written(ground.rows, step["text"]), _abroad(ground, step), Outcome()
        audience, notices, mailed = Audience(step.get("who") or []), [], defaultdict(list)
        fields = ("pk", "owner", "department", ground.model.spec.title, *person_fields(ground.model))
        meant = {record: audience.of(record) for record in ground.rows.only(*fields).order_by("pk")}
        closed, nameless = _not_told(ground, step, meant), f"有一条{ground.model.spec.label}通知，请在系统中查看"
        for record, people in meant.items():
            notices += [(person, nameless if person in closed else texts[record.pk], record) for person in people]
            for person in people:
                mailed[person].append(nameless if person in closed else abroad.get(record.pk) or nameless)
            if people or step.get("channels"):
                outcome.done.append(record.pk)
            else:
                outcome.refused[record.pk] = "没有收件人"
        tell_each(_gathered(notices, ground), actor=ground.actor)
        if step.get("mail"):
            write_letters({person: "\n".join(lines) for person, lines in mailed.items()})
        _say(ground, step.get("channels") or [], abroad, outcome)
        return outcome


def _not_told(ground: Ground, step: Given, meant: Mapping[Any, list[int]]) -> set[int]:
    """Those to whom a field named in the words is closed (字段权限): they hear that there is something, and no more."""
    names, ids = PLACE.findall(step["text"]), {person for people in meant.values() for person in people}
    people = Person.objects.acting().filter(pk__in=ids) if names and ids else ()
    return {person.pk for person in people if not answerable(ground.model, person, names=names)}


def _gathered(notices: list[tuple[int, str, Any]], ground: Ground) -> list[tuple[int, str, Any]]:
    """Whoever would hear too often hears once."""
    times = Counter(person for person, _, _ in notices)
    label, name = ground.model.spec.label, ground.rule.name
    many = [(person, f"自动化“{name}”涉及您的 {count} 条{label}", None) for person, count in times.items() if count > ONE_BY_ONE]
    return [notice for notice in notices if times[notice[0]] <= ONE_BY_ONE] + many


def _leaving(ground: Ground) -> Any:
    """The records of which somebody outside may know (V-44)."""
    return ground.model.objects.visible_to(MESSENGER).filter(Q(Among("id", ground.ids)))


def _abroad(ground: Ground, step: Given) -> dict[int, str]:
    """The words as they may leave the house, by mail or through a channel."""
    return written(_leaving(ground), step["text"], MESSENGER) if step.get("mail") or step.get("channels") else {}


def _say(ground: Ground, channels: list[int], abroad: dict[int, str], outcome: Outcome) -> None:
    if not channels:
        return
    outcome.refused |= dict.fromkeys(set(ground.ids) - set(abroad), HELD)
    lines = list(abroad.values())
    more = [f"……另有 {len(lines) - LISTED} 条"] if len(lines) > LISTED else []
    if lines:
        post(channels, [Message(event="automation", text="\n".join(lines[:LISTED] + more))])


def _tell_of_gone(ground: Ground, step: Given) -> Outcome:
    """Of deleted records only their names are left; where some may not leave the house, not even these go out."""
    names, label, many = "、".join(one["label"] for one in ground.gone[:LISTED]), ground.model.spec.label, len(ground.gone)
    text = f"自动化“{ground.rule.name}”：已删除{label}“{names}”，共 {many} 条"
    abroad = f"自动化“{ground.rule.name}”：已删除 {many} 条{label}" if ground.model.spec.leaves else text
    people = Audience(one for one in step.get("who") or [] if one["by"] in ("person", "role", "post"))
    told = people.of(ground.model())
    tell_each([(person, text, None) for person in told], actor=ground.actor)
    if step.get("mail"):
        write_letters(dict.fromkeys(told, abroad))
    post(step.get("channels") or [], [Message(event="automation", text=abroad)])
    return Outcome(done=[one["id"] for one in ground.gone])


class Call(Step):
    """{"do": "call", "channels": [2]}: the records themselves as JSON, a hundred a message, as far as they may leave."""

    without_record = True

    @staticmethod
    def check(model: Any, step: Given) -> None:
        refuse_others(step, "channels")
        if not step.get("channels"):
            raise ValueError("请选择外部通道")
        refuse_channels(step["channels"])

    @staticmethod
    def label(model: Any, step: Given) -> str:
        return "调用 Webhook"

    @staticmethod
    def take(ground: Ground, step: Given) -> Outcome:
        model, rule = ground.model, ground.rule
        found = [{"id": one["id"]} for one in ground.gone] if model.spec.leaves else ground.gone
        if not found:
            found = list(told_rows(_leaving(ground), set(every_field(model, MESSENGER)), MESSENGER).values())
        about = {"rule": {"id": rule.pk, "name": rule.name}, "on": rule.definition.when["on"], "object": model.spec.collection}
        text = f"自动化“{rule.name}”：{len(found)} 条{model.spec.label}"
        messages = [
            Message(event="automation", text=text, data=about | {"records": list(some)}) for some in _batches(found, IN_A_MESSAGE)
        ]
        post(step["channels"], messages)
        gone = {row["id"] for row in found}
        held = {pk: HELD for pk in ground.ids if not ground.gone and pk not in gone}
        return Outcome(done=sorted(gone), refused=held)


def _batches(rows: list[Any], size: int) -> list[list[Any]]:
    return [rows[at : at + size] for at in range(0, len(rows), size)]


def refuse_channels(channels: Any) -> None:
    """Raise ValueError when one of them is not there."""
    if not isinstance(channels, list) or not all(type(pk) is int and 0 < pk < 2**63 for pk in channels):
        raise ValueError("外部通道应为一组编号")
    if Channel._base_manager.filter(pk__in=channels).count() != len(set(channels)):
        raise ValueError("没有这个外部通道")
