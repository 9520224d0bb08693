"""Masks 掩码: what of a value is shown to those who may recognise but not read it: 138****1234.

One pattern for both places that show values: PostgreSQL, which builds rows, and Python, which words the history.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Func, TextField, Value
from django.db.models.functions import Cast


@dataclass(frozen=True)
class Mask:
    """A pattern that every filled value matches, and what is put in its place."""

    pattern: str
    shown: str

    def __call__(self, value: Any) -> str:
        return re.sub(self.pattern, self.shown, str(value), flags=re.DOTALL)

    def expression(self, value: Any) -> Any:
        """The same in SQL; what is empty stays empty."""
        text = Cast(value, TextField())
        return Func(text, Value(self.pattern), Value(self.shown), function="regexp_replace", output_field=TextField())


WHOLE = Mask(r"^.+$", "***")
ENDS = Mask(r"^(.).+(.)$|^.{1,2}$", r"\1***\2")
"""The first and the last character: enough to tell one's own from a stranger's."""
DIGITS = Mask(r"^(.*?).{3,4}(.{4})$|^.{1,6}$", r"\1****\2")
"""The middle of a telephone number: 138****1234, 028-****1234."""
MAILBOX = Mask(r"^([^@]?)[^@]*(@.*)$|^[^@]+$", r"\1***\2")
