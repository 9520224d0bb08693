"""后续: what the rules of the house carry on with after somebody's permitted change.

A salesperson who wins a deal makes the customer 合作中 although she may not edit customers; the audit names her all the same.
"""

from zhike.kernel.reach import Actor
from zhike.org.objects.person import System


class Consequence(System):
    """Acts for whoever caused the change, wherever the rule leads."""

    def __init__(self, cause: Actor) -> None:
        super().__init__(cause.through)
        self.pk, self.department_id = cause.pk, cause.department_id
        self.name = getattr(cause, "name", "系统")
