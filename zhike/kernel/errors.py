"""Every way a request can be turned down. One shape for all: a code for programs, a sentence for people, reasons by field."""

from collections.abc import Callable, Mapping
from typing import Any


class Problem(Exception):
    """A request that cannot be carried out; nothing was changed.

    Arguments:
        message: what happened, why, and what to do, in plain Chinese.
        fields: field name → the reason that belongs beside that field.
        extra: further facts a program may use (both values of a stale write, likely duplicates …).
    """

    code = "problem"
    aftermath: Callable[[], Mapping[str, Any]] | None = None
    """What is to be kept although the request itself left nothing: done when all has been taken back, told with the answer."""

    def __init__(self, message: str, fields: Mapping[str, Any] | None = None, **extra: Any) -> None:
        super().__init__(message)
        self.message, self.fields, self.extra = message, dict(fields or {}), extra

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "message": self.message, "fields": self.fields, **self.extra}


class Malformed(Problem):
    """The request itself cannot be read."""

    code = "malformed"


class Invalid(Problem):
    """A value is missing, unknown or of the wrong kind."""

    code = "invalid"

    @classmethod
    def of(cls, fields: Mapping[str, str], labels: Mapping[str, str] | None = None) -> "Invalid":
        """One sentence made from the reasons of the fields, called by their labels where these are known."""
        labels = labels or {}
        return cls("；".join(f"{labels.get(name, name)}：{reason}" for name, reason in fields.items()), fields)


class Refused(Problem):
    """业务规则不允许: a rule of the business says no."""

    code = "refused"


class Forbidden(Problem):
    """没有权限: the verb itself is not granted on any record of this object."""

    code = "forbidden"


class NotFound(Problem):
    """不存在或无权访问: which of the two is not told."""

    code = "not_found"

    def __init__(self, message: str = "记录不存在，或您无权查看", **extra: Any) -> None:
        super().__init__(message, **extra)


class Stale(Problem):
    """别人已先修改: somebody else saved first."""

    code = "stale"


class LikelyDuplicates(Problem):
    """疑似重复: a record like this one exists already."""

    code = "duplicates"


class InUse(Problem):
    """被引用: other records still point here."""

    code = "in_use"
