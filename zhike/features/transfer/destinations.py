"""Where a column may go (去处): the fields of an object that an import can fill, parts of its lines included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from zhike.kernel.added import following
from zhike.kernel.kinds import Lines, Ref, Refs
from zhike.kernel.sight import WHY_NOT, Sight, rules


@dataclass(frozen=True)
class Destination:
    """One field, by its path: `name` for the record's own, `products.product` for a part of its lines."""

    path: str
    kind: Any
    line: Lines | None = None

    @property
    def label(self) -> str:
        return f"{self.line.label}·{self.kind.label}" if self.line else str(self.kind.label)

    @property
    def needed(self) -> bool:
        """A record cannot be made without it; what is merely expected leaves it 资料不全."""
        return bool(self.kind.editable and self.kind.required and not self.kind.expected)

    @property
    def points(self) -> bool:
        return isinstance(self.kind, Ref | Refs)

    @property
    def chooses(self) -> bool:
        """Whether its values come from a fixed set."""
        return hasattr(self.kind, "options")

    def described(self) -> dict[str, Any]:
        """As the proposal of fields reads it."""
        return {
            **self.kind.describe(),
            "name": self.path,
            "kept": self.kind.system,
            "importable": True,
            "synonyms": self.kind.synonyms,
        }


def destinations(model: Any, actor: Any) -> dict[str, Destination]:
    """Every field of `model` that this person's import can fill, by path."""
    said = rules(model, actor)
    closed = {name for name, sight in said.items() if sight in WHY_NOT}
    every: dict[str, Destination] = whole(model)
    return {path: to for path, to in every.items() if not {path, path.partition(".")[0]} & closed} if closed else every


def refusal(model: Any, path: str, actor: Any) -> str:
    """Why a field is none of the destinations, in a sentence that names no field hidden from this person."""
    return "只能查看，不能导入" if rules(model, actor).get(path) is Sight.READONLY else "不存在或不能导入"


@following
def whole(model: Any) -> dict[str, Destination]:
    """The same for somebody to whom every field is open."""
    found: dict[str, Destination] = {}
    for name, kind in model.kinds().items():
        if isinstance(kind, Lines):
            parts = {n: k for n, k in kind.target.kinds().items() if k.importable}
            found |= {f"{name}.{n}": Destination(f"{name}.{n}", k, kind) for n, k in parts.items()}
        elif kind.importable:
            found[name] = Destination(name, kind)
    return found
