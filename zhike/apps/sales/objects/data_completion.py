"""资料补充: what is to be known of a buyer; customer service fills it in, the salesperson sees to it (V-21)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone

from zhike.apps.customers.objects.customer import Customer
from zhike.apps.customers.objects.registration_rule import ToBeKnown
from zhike.apps.sales.flows import complete_data
from zhike.kernel.declare import Input, Record, Spec, action, f, option
from zhike.kernel.reach import Actor, Reach
from zhike.org.scopes import by_owner

STATES = {"open": option("补充中", color="gold"), "done": option("已完成", color="green")}


def owned_or_served(actor: Actor, reach: Reach) -> Q:
    """协调的销售, and the colleague of customer service who fills it in."""
    return by_owner(actor, reach) | Q(server_id=actor.pk)


class Serving(Input):
    """Who fills it in."""

    server = f.Person("客户服务人员")


class DataCompletion(Record):
    # Who filled it in until it was given to another just now.
    server_before: int | None = None
    name = f.Text("清单", blank=True, editable=False, search=True)
    customer_id: int
    customer: Any = f.Ref("customers.Customer", "客户")
    opportunity: Any = f.Ref("sales.Opportunity", "赢得的机会", blank=True)
    server: Any = f.Person("客户服务人员", blank=True, editable=False, help="可以查看和修改这个客户的资料，直到清单完成")
    due_on = f.Date("期限", default=timezone.localdate)
    items: Any = f.Lines("sales.CompletionItem", "资料")
    progress = f.Integer("已补充(%)", default=0, editable=False, total="avg")
    notes = f.Text("说明", blank=True, max_length=500)
    attachments = f.File("附件", blank=True)
    state = f.State("状态", STATES)
    finished_on = f.Date("完成日期", blank=True, editable=False)

    spec = Spec(
        label="资料补充",
        collection="data-completions",
        menu="客户",
        place=15,
        subtitle=("customer", "due_on"),
        columns=("name", "customer", "progress", "server", "owner", "due_on", "state"),
        filters=("customer", "server", "state", "due_on", "progress", "owner", "department"),
        sections={
            "资料补充": ("name", "customer", "opportunity", "server", "due_on", "state", "finished_on"),
            "清单": ("progress", "items", "notes", "attachments"),
        },
        order="-due_on",
        scope=owned_or_served,
        quick=("customer", "due_on", "items"),
        pending={"field": "state", "op": "eq", "value": "open"},
        calendar="due_on",
    )

    @classmethod
    def gather(cls, records: list[Any]) -> None:
        """Their customers: one query however many there are."""
        known = Customer._base_manager.in_bulk({record.customer_id for record in records})
        for record in records:
            record.customer = known[record.customer_id]

    def derive(self) -> None:
        """What stands in the customer's record is there, whoever has typed it; the rest is ticked off by hand."""
        self.name = f"{self.customer.name} 资料补充"[:200]
        if "items" in self.incoming:
            self.progress = complete_data.part_done(complete_data.tick_rows(self, self.incoming["items"]))

    @action("指定客服", source="open", target="open", input=Serving)
    def assign(self, actor: Any, data: Serving) -> None:
        """Another colleague fills it in; the customer is closed to the one before."""
        self.server_before, self.server = self.server_id, data.server

    @action("完成", source="open", target="done")
    def finish(self, actor: Any) -> None:
        """Everything is there; the customer is closed again to whoever filled it in."""
        complete_data.refuse_unfinished(self)
        self.finished_on = timezone.localdate()

    @action("重新打开", source="done", target="open")
    def reopen(self, actor: Any) -> None:
        """Something was missing after all."""
        self.finished_on = None


class CompletionItem(ToBeKnown):
    """资料: one thing to be known of the customer, or of how it buys, accepts and pays."""

    completion: Any = f.Parent("sales.DataCompletion", "items")
    content = f.Text("内容", blank=True, max_length=500)
    done = f.Boolean("已补充")
