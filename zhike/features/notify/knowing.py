"""知情: who may be told of what. The one question every telling asks, in the product and by mail.

Whoever may not open a record hears nothing of it, not even that it is there. Whoever may open it, while a field that the words
quote is closed to her (字段权限), hears that there is something, and no more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db.models import Q

from zhike.kernel.added import current
from zhike.kernel.query.among import Among
from zhike.kernel.query.answerable import answerable
from zhike.kernel.reach import Reach
from zhike.kernel.record import Record, allowed, whether
from zhike.org.objects.person import Person

AT_ONCE = 100
"""People asked about in one statement: each is a column of it."""
Seen = set[tuple[int, Any, int | None]]


class Word(NamedTuple):
    """What one person is to be told.

    Arguments:
        to: whom, by her id.
        record: where it leads: to a record, or to the list of an object (its class); None where it is about nobody's records.
        about: what she must be able to see for it, where that is another than it leads to.
        whole: it tells of records of which only those know who see every record there is.
    """

    to: int
    text: str
    record: Any = None
    about: Any = None
    whole: bool = False

    @property
    def subject(self) -> Any:
        return self.record if self.about is None else self.about

    @property
    def gated(self) -> Any:
        """The object that decides who may know; None of herself, and of what is no record of the gate (审批)."""
        model, herself = _class(self.subject), isinstance(self.subject, Person) and self.subject.pk == self.to
        return model if model is not None and issubclass(model, Record) and not herself else None


def known(words: Iterable[Word], quoting: Collection[str] = ()) -> list[Word]:
    """Those of the words that may be told, in as many of their own words as may; a fixed number of queries for each object.

    Arguments:
        quoting: the fields of the objects that the words quote.
    """
    given = [word for word in words if not current().hides(_class(word.subject))]
    people = Person.objects.acting().in_bulk({word.to for word in given if word.gated})
    seen, closed = _seen(given, people), _closed(given, people, quoting)
    told = (word for word in given if not word.gated or _key(word) in seen)
    return [word._replace(text=nameless(word.gated)) if (word.to, word.gated) in closed else word for word in told]


def nameless(model: Any) -> str:
    """What is said where the words themselves may not be."""
    return f"有一条{model.spec.label}通知，请在系统中查看"


def withheld(model: Any) -> str:
    """What is said instead of the words to whoever may not open what they tell of any more, or finds it deleted."""
    return f"有一条{model.spec.label}通知，所涉及的内容已删除或您已无权查看"


def left_out(meant: Collection[Word], told: Collection[Word]) -> list[str]:
    """A sentence for each person meant who is not told, or not in the words themselves: for whoever writes the rule."""
    wanted, heard, whole = (Counter((w.to, _class(w.subject)) for w in words) for words in (meant, told, set(told) & set(meant)))
    names = dict(Person._base_manager.filter(pk__in={to for to, _ in (wanted - whole)}).values_list("pk", "name"))
    deaf = [
        f"不告知{names[to]}：无权查看 {n} 条{model.spec.label}，或其中用到的字段" for (to, model), n in (wanted - heard).items()
    ]
    half = (heard - whole).items()
    return deaf + [f"只告知{names[to]}有通知：{n} 条{model.spec.label}提到了对其不公开的字段" for (to, model), n in half]


def _class(subject: Any) -> Any:
    return subject if subject is None or isinstance(subject, type) else type(subject)


def _key(word: Word) -> tuple[int, Any, int | None]:
    return word.to, word.gated, None if isinstance(word.subject, type) else word.subject.pk


def _seen(words: Iterable[Word], people: Mapping[int, Any]) -> Seen:
    """Person, object and id of every record she may open among these; without an id where she may open any of the object."""
    found: Seen = set()
    asked: dict[Any, list[Word]] = defaultdict(list)
    for word in words:
        if word.gated and word.to in people:
            asked[word.gated].append(word)
    for model, some in asked.items():
        for asking in _groups([people[pk] for pk in sorted({word.to for word in some})]):
            group = {person.pk for person in asking}
            ids = {pk for to, _, pk in map(_key, some) if pk is not None and to in group}
            found |= {(p.pk, model, None) for p in asking if p.reach("view", model) is not Reach.NONE}
            for pk, sees in _who_sees(model, ids, asking, "view").items():
                found |= {(p.pk, model, pk) for p, may in zip(asking, sees, strict=True) if may}
    return found


def _groups(people: list[Any]) -> Iterator[list[Any]]:
    return (people[start : start + AT_ONCE] for start in range(0, len(people), AT_ONCE))


def _closed(words: Iterable[Word], people: Mapping[int, Any], quoting: Collection[str]) -> set[tuple[int, Any]]:
    """Person and object wherever a quoted field is not wholly open to her."""
    pairs = {(word.to, word.gated) for word in words if quoting and word.gated and word.to in people}
    return {(pk, model) for pk, model in pairs if not answerable(model, people[pk], names=quoting)}


def who_sees(record: Any, people: list[Any], verb: str = "view") -> tuple[bool, ...]:
    """Whether each of these people may open the record, or do `verb` to it; one query however many they are."""
    return who_sees_each([record], people, verb)[record.pk]


def who_sees_each(records: list[Any], people: list[Any], verb: str = "view") -> dict[int, tuple[bool, ...]]:
    """The same for several records of one object, by their ids; one query all the same."""
    if not (records and people):
        return {record.pk: () for record in records}
    return _who_sees(type(records[0]), {record.pk for record in records}, people, verb)


def _who_sees(model: Any, ids: Collection[int], people: list[Any], verb: str) -> dict[int, tuple[bool, ...]]:
    if not ids:
        return {}
    rules = [whether(allowed(model, person, verb)) for person in people]
    rows = model._base_manager.filter(Q(Among("id", sorted(ids)))).values_list("pk", *rules)
    return {pk: tuple(sees) for pk, *sees in rows}
