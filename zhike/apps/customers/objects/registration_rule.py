"""登记规则: who enters which customers and how many, whether they are reviewed and how soon, and what a buyer owes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from zhike.apps.customers.choices import CHANNELS
from zhike.apps.customers.objects.customer import Customer
from zhike.kernel.declare import Invalid, Line, Record, Spec, f
from zhike.org.scopes import everyone

QUOTA = "每人最多负责的数量，本人新建、转化和领取时核对；留空不限"
ASKED = (
    "credit_code", "industry", "segment", "level", "phone", "website", "address", "year_established", "employees",
    "annual_revenue", "preferences", "needs",
)  # fmt: skip
ANSWERED = {name: Customer.declared()[name].label for name in ASKED}
"""Fields of the customer that can be asked for once it has bought: filled in there, they are ticked off by themselves."""
REGISTERED = {"customer": "客户", "both": "客户和销售机会"}


class RegistrationRule(Record):
    """The rule that began last is in force; without one every new customer is as good as reviewed (V-18, V-19)."""

    name = f.Text("名称", max_length=60, search=True)
    starts_on = f.Date("生效日期", default=timezone.localdate, help="从这一天起新建的客户按它审核")
    review = f.Boolean("新客户须审核", default=True, help="由部门负责人或助理审核通过后才能报价")
    needs_contact = f.Boolean("须有联系人", default=True, help="没有联系人不能通过审核")
    within = f.Integer(
        "录入期限（天）", default=7, least=1, most=365, help="首次接触后应在这么多天内录入并通过审核", total="none"
    )
    at_most = f.Integer("特殊情况（天）", default=10, least=1, most=365, help="写明原因的可放宽到这么多天", total="none")
    first_come = f.Boolean("先录先得", default=True, help="别人已报备的（名称相近、电话或信用代码相同）不能再报备，可申请仲裁")
    registers = f.Choice("报备范围", REGISTERED, default="customer", fixed="程序只认得这两种")
    entries: Any = f.Lines("customers.EntryDuty", "录入分工", help="写明的角色只能录入所选的客户；没有写的角色不限")
    most_dispatched = f.Integer("商机客户额度", blank=True, least=0, most=1_000_000, help=QUOTA)
    most_developed = f.Integer("行业客户额度", blank=True, least=0, most=1_000_000, help=QUOTA)
    arbiter: Any = f.Ref("org.Post", "仲裁岗位", blank=True, help="撞单由这个岗位裁决；留空为双方共同上级部门的负责人")

    completer: Any = f.Ref(
        "org.Post", "资料补充岗位", blank=True, help="客户首次赢单后由它补充资料，销售负责协调；留空由销售自己补充"
    )
    complete_within = f.Integer("资料补充期限（天）", default=10, least=1, most=365, total="none")
    asked_for: Any = f.Lines("customers.AskedFor", "赢单后补充的资料", help="客户首次赢单后列成清单；留空不列")

    spec = Spec(
        label="登记规则",
        collection="registration-rules",
        columns=("name", "starts_on", "review", "needs_contact", "within", "at_most"),
        filters=("name", "starts_on", "review"),
        sections={
            "登记规则": ("name", "starts_on", "review", "needs_contact", "within", "at_most"),
            "录入与额度": ("entries", "most_dispatched", "most_developed"),
            "报备与撞单": ("first_come", "registers", "arbiter"),
            "赢单后补充资料": ("asked_for", "completer", "complete_within"),
        },
        order="-starts_on",
        scope=everyone,
    )

    def validate(self) -> None:
        if self.at_most < self.within:
            raise Invalid.of({"at_most": "不能少于录入期限"}, {"at_most": "特殊情况（天）"})

    @classmethod
    def in_force(cls, day: date) -> Any:
        """The rule of a day; None where there is none."""
        return cls._base_manager.filter(starts_on__lte=day).order_by("-starts_on", "-pk").first()


class EntryDuty(Line):
    """录入分工: which kinds of customers a role enters (V-15)."""

    rule: Any = f.Parent("customers.RegistrationRule", "entries")
    role_id: int
    role: Any = f.Ref("org.Role", "角色")
    channels = f.Choices("可录入", CHANNELS, blank=True, help="不选则不能录入客户")


class ToBeKnown(Line):
    """资料: something that is to be known of a customer; told by a field of its own, or by a tick."""

    name = f.Text("资料", max_length=100)
    field = f.Choice("客户字段", ANSWERED, blank=True, fixed="程序认得的客户字段", help="填好它即为已补充；留空由人打勾")

    class Meta(Line.Meta):
        abstract = True


class AskedFor(ToBeKnown):
    """赢单后补充的资料: what is asked for once a customer has bought (V-21)."""

    rule: Any = f.Parent("customers.RegistrationRule", "asked_for")
