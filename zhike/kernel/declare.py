"""Everything a declaration needs: `from zhike.kernel.declare import Record, Spec, action, f`."""

from zhike.kernel import kinds as f
from zhike.kernel.actions import Input, action
from zhike.kernel.errors import Invalid, Refused
from zhike.kernel.kinds import option
from zhike.kernel.kinds.choices import Option
from zhike.kernel.record import Line, Record
from zhike.kernel.spec import Spec, last_day, related, same

__all__ = [
    "Input",
    "Invalid",
    "Line",
    "Option",
    "Record",
    "Refused",
    "Spec",
    "action",
    "f",
    "last_day",
    "option",
    "related",
    "same",
]
