"""公共池: one release of a customer, from the day its owner lost it until somebody claimed it or a manager took it back."""

from __future__ import annotations

from typing import Any

from django.db import models

from zhike.apps.customers.choices import INDUSTRIES
from zhike.apps.customers.objects.customer import LEVELS
from zhike.kernel.declare import Record, Spec, action, f, option
from zhike.org.scopes import by_owner

STATES = {
    "waiting": option("可领取", color="green"),
    "claimed": option("已领取", color="blue"),
    "assigned": option("已分配", color="cyan"),
    "undone": option("已撤销", color="default"),
}


class PoolEntry(Record):
    """What colleagues may know of a released customer before they claim it; and who had it when."""

    customer_id: Any
    customer: Any = f.Ref("customers.Customer", "客户", editable=False, on_delete=models.CASCADE)
    name = f.Text("登记名称", blank=True, editable=False, search=True)
    industry = f.Choice("行业", INDUSTRIES, blank=True, editable=False)
    level = f.Choice("客户级别", LEVELS, blank=True, editable=False)
    last_owner: Any = f.Person("原负责人", blank=True, editable=False)
    last_beside = f.Refs("org.Person", "原协作人", blank=True, editable=False)
    released_at = f.DateTime("释放时间", blank=True, editable=False)
    days = f.Integer("未联系天数", blank=True, editable=False, total="avg")
    state = f.State("状态", STATES)
    claimed_by: Any = f.Person("领取人", blank=True, editable=False)
    settled_at = f.DateTime("领取时间", blank=True, editable=False)
    note = f.LongText("说明", blank=True)

    spec = Spec(
        label="公共客户",
        collection="pool-entries",
        menu="客户",
        place=15,
        subtitle=("industry", "level"),
        columns=("name", "industry", "level", "department", "days", "released_at", "last_owner", "state", "claimed_by"),
        filters=("name", "state", "industry", "level", "department", "last_owner", "claimed_by", "released_at"),
        sections={
            "客户": ("customer", "name", "industry", "level"),
            "释放": ("last_owner", "last_beside", "released_at", "days"),
            "去向": ("state", "claimed_by", "settled_at", "note"),
        },
        order="-released_at",
        scope=by_owner,
        arises=True,
    )

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["claimed_by", "settled_at"], name="pool_claims_of"),
            models.Index(fields=["customer"], name="pool_waiting", condition=models.Q(state="waiting")),
        ]

    def derive(self) -> None:
        """The name of the customer, for lists and search; a release told by hand has nothing else yet."""
        if self.customer_id and not self.name:
            self.name = self.customer.name

    @action("领取", source="waiting", target="claimed", bulk=False)
    def claim(self, actor: Any) -> Any:
        """From now on the customer is hers; its time begins anew."""
        from zhike.apps.customers.flows.pool import claim

        claim(self, actor)
        return {"made": [{"collection": "customers", "id": self.customer_id, "label": self.name}]}

    @action("撤销释放", source="waiting", target="undone")
    def undo(self, actor: Any) -> None:
        """The owner has it back, as a manager decides within the days there are for it; its time begins anew."""
        from zhike.apps.customers.flows.pool import take_back

        take_back(self, actor)
