"""Spec: how one business object appears and who may see it. Checked at start-up, see checks.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import Q

    from zhike.kernel.reach import Scope


@dataclass(frozen=True)
class Same:
    """疑似重复的依据: two records whose values give the same key are likely the same thing."""

    field: str
    reason: str
    key: Callable[[str], str]

    def key_of(self, value: Any) -> str | None:
        """The key of a value, marked with the field it comes from; None when there is nothing to compare."""
        found = self.key(str(value)) if value else ""
        return f"{self.field}:{found}"[:250] if found else None


def same(field: str, *, reason: str, key: Callable[[str], str] = str) -> Same:
    """Declare a ground for suspecting a duplicate: same("phone", reason="电话相同")."""
    return Same(field, reason, key)


@dataclass(frozen=True)
class Related:
    """A list of other records on a record's page.

    Arguments:
        to: the other object, "sales.Opportunity".
        field: its field that points here; "companies.customer" when the pointer stands in its lines.
        along: handing the record over offers to hand these over too, as far as they are still `Spec.pending`.
    """

    to: str
    field: str
    label: str = ""
    along: bool = False


def related(to: str, field: str, label: str = "", *, along: bool = False) -> Related:
    """Declare a related list: related("sales.Opportunity", "customer")."""
    return Related(to, field, label, along)


@dataclass(frozen=True)
class LastDay:
    """期限: a day with whose end something runs out; it stands among everything that is about to (时限).

    Arguments:
        day: the field it stands in; label: what people call it; about: what is to be done by then.
        of: the reference that tells whose it is, beside the name of the record (客户 of an 应收款).
        person: the field of whoever is to see to it; where nobody stands there, the owner.
        open: for which records it still matters, in the filter language; nothing said, for those that are still `Spec.pending`.
    """

    day: str
    label: str
    about: str = ""
    of: str = ""
    person: str = "owner"
    open: Mapping[str, Any] = field(default_factory=dict)


def last_day(
    day: str, label: str, *, about: str = "", of: str = "", person: str = "owner", open: Mapping[str, Any] | None = None
) -> LastDay:
    """Declare a day with which something runs out: last_day("due_on", "收款到期")."""
    return LastDay(day, label, about, of, person, open or {})


@dataclass(frozen=True, kw_only=True)
class Spec:
    """Everything about an object that is not a field or an action.

    Arguments:
        label: its Chinese name; menu: where it stands in the menu, nowhere when empty.
        collection: plural noun of its address, /api/v1/<collection>.
        scope: turns an actor's reach into a condition on rows.
        readable: rows that may be read beyond that, not changed (what was said to a customer one may see).
        collaborators: the field of several people (协作人) who may see and change a record, however far their roles reach, as if
            it had been shared with them; filled in by those whose own roles reach the record.
        follows: references ("customer", "companies.customer") through which a shared record shares these, too.
        place: its place in the menu, small first; a menu stands where its first object does.
        title: the field that names a record; subtitle: what tells two of one name apart.
        columns, filters, sections, order, board, quick: the default screens.
        duplicates: grounds for suspecting a duplicate.
        related: lists of other records on the record's page.
        one_of: references of which a person must fill at least one (跟进总要关于谁); imported without, it is 资料不全.
        pending: what is still to be done, in the filter language; nothing declared, everything is.
        calendar: the day or moment that places a record in a calendar and in the feed of its owner.
        last_days: days with whose end something runs out, though nothing is done by itself then.
        tick: the action a tick beside the record takes (完成).
        merge: several records of it can be made one (合并).
        closed: fields that are hidden but from those who may do a verb to another object: {"body": ("channels", "connect")}.
        prints: what its document shows (文件), in order; of lines by dotted name ("items.product"). Empty: it has none.
        leaves: the rows that may leave the house (报价经批准后才能给客户); no export, print or clean document of the others.
        assignable: may be created for a colleague, who then owns it (交办).
        arises: its records come about by what happens elsewhere (分单记录, 撞单记录, 运行记录): whatever their roles, people add,
            import and delete none, say of none that it is another's, and fill in what the program leaves to them.
        authored: what somebody wrote stays what she wrote (跟进): only she may change or delete it, others write another one.
        entrusted: of what arises, records that are somebody's work and can be handed to a colleague (预警, 仲裁).
    """

    label: str
    collection: str
    scope: Scope
    readable: Scope | None = None
    collaborators: str = ""
    follows: tuple[str, ...] = ()
    menu: str = ""
    place: int = 50
    title: str = "name"
    subtitle: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    sections: dict[str, tuple[str, ...]] = field(default_factory=dict)
    order: str = "-updated_at"
    board: str = ""
    quick: tuple[str, ...] = ()
    duplicates: tuple[Same, ...] = ()
    related: tuple[Related, ...] = ()
    closed: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    one_of: tuple[str, ...] = ()
    pending: Mapping[str, Any] = field(default_factory=dict)
    calendar: str = ""
    last_days: tuple[LastDay, ...] = ()
    tick: str = ""
    prints: tuple[str, ...] = ()
    leaves: Q | None = None
    assignable: bool = False
    arises: bool = False
    authored: bool = False
    entrusted: bool = False
    merge: bool = False
