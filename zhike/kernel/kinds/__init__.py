"""Field kinds 字段类型, one class each. Objects use them as `f.Text(…)` through `zhike.kernel.declare`."""

from zhike.kernel.kinds.added import Extra
from zhike.kernel.kinds.base import Kind
from zhike.kernel.kinds.choices import Boolean, Choice, Choices, State, Tags, option
from zhike.kernel.kinds.completeness import Completeness
from zhike.kernel.kinds.dates import Date, DateTime
from zhike.kernel.kinds.lines import Lines, Parent
from zhike.kernel.kinds.numbers import ExactDecimal as Decimal
from zhike.kernel.kinds.numbers import Integer, Money, Ratio
from zhike.kernel.kinds.references import Department, Person, Ref, Refs
from zhike.kernel.kinds.structured import Address, File, Number
from zhike.kernel.kinds.text import Email, LongText, Phone, Text, Url

__all__ = [
    "Address", "Boolean", "Choice", "Choices", "Completeness", "Date", "DateTime", "Decimal", "Department", "Email", "Extra",
    "File", "Integer", "Kind", "Lines", "LongText", "Money", "Number", "Parent", "Person", "Phone", "Ratio", "Ref", "Refs",
    "State", "Tags", "Text", "Url", "option",
]  # fmt: skip
