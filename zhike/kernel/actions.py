"""Actions 动作: what one record does. One declaration is the button with its form, the API call and the automation step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from zhike.kernel.kinds.base import Kind
from zhike.kernel.kinds.choices import State

if TYPE_CHECKING:
    from zhike.kernel.record import Record


class Input:
    """What an action asks for: a class whose attributes are kinds. An instance carries the answers."""

    fields: ClassVar[dict[str, Kind]] = {}

    def __init_subclass__(cls) -> None:
        cls.fields = {n: v for n, v in vars(cls).items() if isinstance(v, Kind)}
        for name, kind in cls.fields.items():
            kind.set_attributes_from_name(name)
            delattr(cls, name)

    def __init__(self, **answers: Any) -> None:
        vars(self).update(answers)

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...


def _nothing(records: list[Any]) -> None:
    """There is nothing to be asked beforehand."""


def _complete() -> str:
    """Every installation has what it takes."""
    return ""


@dataclass(frozen=True, kw_only=True)
class Action:
    """One declared action.

    Arguments:
        sources: the states it may start from; None for any.
        targets: the states it may lead to; with several the caller chooses one as `to`.
        danger: asks for confirmation.
        rare: never what is likely to come next (标记沉睡): no screen puts it first.
        leaves_scope: the record may end outside what the actor sees (转交).
        gather: lets the records about to be acted upon know, with a few queries, what each would ask for by itself.
        lacks: what this installation is without that the action cannot do without, as a sentence for people; "" when nothing.
            Such an action is not offered on any screen, and refused with that sentence wherever else it is asked for.
    """

    name: str
    label: str
    run: Callable[..., Any]
    state: str = ""
    sources: tuple[str, ...] | None = None
    targets: tuple[str, ...] = ()
    input: type[Input] | None = None
    bulk: bool = True
    danger: bool = False
    rare: bool = False
    leaves_scope: bool = False
    gather: Callable[[list[Any]], None] = _nothing
    lacks: Callable[[], str] = _complete

    @property
    def secrets(self) -> frozenset[str]:
        """The answers that open something (密钥): wherever a call is kept, they are sealed and never shown."""
        return frozenset(name for name, kind in (self.input.fields if self.input else {}).items() if kind.secret)

    def starts(self, model: type[Record]) -> tuple[str, ...] | None:
        """The states it may start from now, those an administrator has added included."""
        return None if self.sources is None else self._state(model).named(self.sources)

    def leads(self, model: type[Record]) -> tuple[str, ...]:
        """The states it may lead to now; of several, none that is retired."""
        if len(self.targets) < 2:
            return self.targets
        state = self._state(model)
        return tuple(s for s in state.named(self.targets) if not state.options[s].retired)

    def _state(self, model: type[Record]) -> State:
        kind = model._meta.get_field(self.state)
        assert isinstance(kind, State)
        return kind

    def why_not(self, record: Record) -> str | None:
        """Why it cannot be taken on this record now; None when it can."""
        if lacking := self.lacks():
            return lacking
        sources = self.starts(type(record))
        if sources is None or getattr(record, self.state) in sources:
            return None
        labels = self._state(type(record)).labels()
        wanted = "、".join(labels[s] for s in sources)
        return f"“{self.label}”只能用于{wanted}，当前是{labels.get(getattr(record, self.state), '未知状态')}"


def _several(value: str | tuple[str, ...] | None) -> tuple[str, ...] | None:
    return (value,) if isinstance(value, str) else value


def action(
    label: str,
    *,
    source: str | tuple[str, ...] | None = None,
    target: str | tuple[str, ...] | None = None,
    input: type[Input] | None = None,
    state: str = "",
    bulk: bool = True,
    danger: bool = False,
    rare: bool = False,
    leaves_scope: bool = False,
    gather: Callable[[list[Any]], None] = _nothing,
    lacks: Callable[[], str] = _complete,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a method of a record as an action; see `Action` for the arguments."""

    def declare(method: Callable[..., Any]) -> Callable[..., Any]:
        declared = Action(
            name=method.__name__, label=label, run=method, state=state, sources=_several(source),
            targets=_several(target) or (), input=input, bulk=bulk, danger=danger, rare=rare, leaves_scope=leaves_scope,
            gather=gather, lacks=lacks,
        )  # fmt: skip
        vars(method)["action"] = declared  # found by Record.actions()
        return method

    return declare
