"""Telling: people in the product and by mail, group chats by their robots, other systems by webhook."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Q

from zhike.features.automation.steps.ground import Given, Ground, Step, refuse_others
from zhike.features.automation.steps.wording import PLACE, refuse_wording, told_rows, written
from zhike.features.channels.objects.channel import Channel
from zhike.features.channels.posting import Message, post
from zhike.features.notify.audience import Audience, person_fields, refuse_unknown
from zhike.features.notify.knowing import Word, known, left_out, nameless
from zhike.features.notify.letters import write_letters
from zhike.features.notify.tell import tell_each
from zhike.kernel.query.among import Among
from zhike.kernel.query.rows import every_field
from zhike.kernel.record import sees_all
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
        audience, quoting = Audience(step.get("who") or []), PLACE.findall(step["text"])
        fields = ("pk", "owner", "department", ground.model.spec.title, *person_fields(ground.model))
        records = ground.rows.only(*fields).order_by("pk")
        meant = [Word(person, texts[record.pk], record) for record in records for person in audience.of(record)]
        told = known(meant, quoting)
        _settle(ground, step, meant, told, outcome)
        tell_each(_gathered(told, ground), quoting=quoting, actor=ground.actor)
        if step.get("mail"):
            write_letters((w._replace(text=abroad.get(w.record.pk, nameless(ground.model))) for w in meant), quoting=quoting)
        _say(ground, step.get("channels") or [], abroad, outcome)
        return outcome


def _settle(ground: Ground, step: Given, meant: list[Word], told: list[Word], outcome: Outcome) -> None:
    """Of which records somebody heard, why of others nobody did, and who was meant in vain."""
    wanted, heard = ({word.record.pk for word in words} for words in (meant, told))
    for pk in ground.ids:
        if pk in heard or step.get("channels"):
            outcome.done.append(pk)
        else:
            outcome.refused[pk] = "收件人都看不到这条记录" if pk in wanted else "没有收件人"
    outcome.notes += left_out(meant, told)


def _gathered(words: list[Word], ground: Ground) -> list[Word]:
    """Whoever would hear too often hears once."""
    times = Counter(word.to for word in words)
    model, name = ground.model, ground.rule.name
    often = {person: count for person, count in times.items() if count > ONE_BY_ONE}
    many = [Word(person, f"自动化“{name}”涉及您的 {count} 条{model.spec.label}", model) for person, count in often.items()]
    return [word for word in words if word.to not in often] + many


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
    """Of deleted records only their names are left, for those who saw every record there was; the others hear how many.

    Where some may not leave the house, not even names go out.
    """
    names, model, many = "、".join(one["label"] for one in ground.gone[:LISTED]), ground.model, len(ground.gone)
    text = f"自动化“{ground.rule.name}”：已删除{model.spec.label}“{names}”，共 {many} 条"
    number = f"自动化“{ground.rule.name}”：已删除 {many} 条{model.spec.label}"
    audience = Audience(one for one in step.get("who") or [] if one["by"] in ("person", "role", "post"))
    people = Person.objects.acting().in_bulk(audience.of(model()))
    whole = {pk for pk, person in people.items() if sees_all(model, person)}
    meant = [Word(pk, text if pk in whole else number, model, whole=pk in whole) for pk in people]
    tell_each(meant, actor=ground.actor)
    if step.get("mail"):
        write_letters(word._replace(text=number) if model.spec.leaves else word for word in meant)
    post(step.get("channels") or [], [Message(event="automation", text=number if model.spec.leaves else text)])
    return Outcome(done=[one["id"] for one in ground.gone], notes=left_out(meant, known(meant)))


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
