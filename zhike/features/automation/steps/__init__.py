"""What a rule can do, one class a deed: how it is checked when it is written, what it is called, and how it is done."""

from zhike.features.automation.steps.asking import Approve
from zhike.features.automation.steps.changing import Act, Assign, SetFields
from zhike.features.automation.steps.creating import Create
from zhike.features.automation.steps.ground import Step
from zhike.features.automation.steps.telling import Call, Notify

STEPS: dict[str, type[Step]] = {
    "set": SetFields,
    "assign": Assign,
    "act": Act,
    "create": Create,
    "notify": Notify,
    "call": Call,
    "approve": Approve,
}

__all__ = ["STEPS", "Step"]
