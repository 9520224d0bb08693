"""线索: an enquiry, or a company that may become a customer. In the sales policy: 商机客户."""

from typing import Any

from django.utils import timezone

from zhike.apps.customers.choices import CHANNELS, INDUSTRIES, PRIORITIES, SOURCES
from zhike.apps.sales.choices import INTENTS
from zhike.apps.sales.objects.lead_dispatch import RETURN_REASONS
from zhike.chinese.names import company_key
from zhike.kernel.declare import Input, Record, Refused, Spec, action, f, option, related, same
from zhike.org.scopes import by_owner

STATES = {
    "new": option("新线索", color="blue"),
    "screening": option("筛选中", color="cyan"),
    "qualified": option("已确认", color="gold"),
    "converted": option("已转化", color="green"),
    "discarded": option("已放弃", color="default"),
}
UNDECIDED = ("new", "screening", "qualified")
HANDOVER = {
    "none": option("未分派", color="default"),
    "waiting": option("分派中", color="cyan"),
    "offered": option("待接单", color="gold"),
    "accepted": option("已接单", color="green"),
    "unplaced": option("待人工分派", color="red"),
}
LATE = {
    "screening": option("初筛超时", color="red"),
    "handover": option("移交超时", color="red"),
}
DISCARD_REASONS = {
    "no_need": "没有需求",
    "no_budget": "没有预算",
    "unreachable": "联系不上",
    "competitor": "已选择竞争对手",
    "invalid": "信息无效",
    "duplicate": "重复线索",
    "other": "其他",
}


class Discarding(Input):
    """Why the lead is given up (V-24: a rejected lead keeps its reason)."""

    discard_reason = f.Choice("放弃原因", DISCARD_REASONS)
    discard_note = f.Text("说明", blank=True)


class Assignment(Input):
    """To whom, where no rule is to decide."""

    person = f.Person("分给")


class GivingBack(Input):
    """Why she will not take it; the next one is asked at once."""

    return_reason = f.Choice("退回原因", RETURN_REASONS)
    return_note = f.Text("说明", blank=True)


class Conversion(Input):
    """What the opportunity will be; everything may be left empty."""

    customer = f.Ref("customers.Customer", "并入客户", blank=True, help="留空时沿用登记名称相同的客户，没有则新建")
    name = f.Text("机会名称", blank=True)
    amount = f.Money("预计金额", blank=True, least=0)
    expected_on = f.Date("预计签约日期", blank=True)


class Lead(Record):
    name = f.Text("公司名称", search=True, synonyms=("company", "company_name", "公司", "客户名称", "单位"))
    number = f.Number("线索编号", "XS{yyyy}{mm}-{seq:5}", synonyms=("lead_number", "lead_id"))
    contact_name = f.Text("联系人", blank=True, max_length=100, search=True, synonyms=("contact", "contact_name", "姓名"))
    position = f.Text("职务", blank=True, max_length=100, synonyms=("title", "position", "职位"))
    phone = f.Phone("电话", blank=True, synonyms=("phone", "mobile", "手机", "联系电话"))
    email = f.Email("邮箱", blank=True, synonyms=("email",))
    source = f.Choice("来源", SOURCES, synonyms=("source", "channel", "来源渠道", "线索来源"))
    channel = f.Choice("渠道类型", CHANNELS, default="direct", synonyms=("channel", "渠道"))
    industry = f.Choice("行业", INDUSTRIES, blank=True, synonyms=("industry", "sector"))
    address = f.Address("地址", blank=True, synonyms=("address", "地区", "所在地"))
    priority = f.Choice("优先级", PRIORITIES, default="medium", synonyms=("priority", "rating"))
    intent = f.Choice("意向", INTENTS, default="add", help="客户想新增、变更还是取消产品")
    products: Any = f.Refs("catalog.Product", "意向产品", blank=True)
    needs = f.LongText("需求", blank=True, synonyms=("needs", "description", "需求描述", "备注"))
    completeness = f.Completeness(
        of=("name", "contact_name", "position", "phone", "email", "source", "industry", "address", "products", "needs")
    )
    state = f.State("状态", STATES, synonyms=("state", "status", "线索状态"))
    handover = f.State("分派", HANDOVER)
    dispatcher_id: int | None
    dispatcher: Any = f.Person("分派人", blank=True, editable=False, db_index=False)
    return_reason = f.Choice("退回原因", RETURN_REASONS, blank=True, editable=False)
    return_note = f.Text("退回说明", blank=True, editable=False)
    late = f.Choice("超时", LATE, blank=True, editable=False, fixed="由线索时限标记")
    screened_at = f.DateTime("开始筛选", blank=True, editable=False)
    qualified_at = f.DateTime("确认时间", blank=True, editable=False)
    converted_at = f.DateTime("转化时间", blank=True, editable=False)
    discard_reason = f.Choice("放弃原因", DISCARD_REASONS, blank=True, editable=False)
    discard_note = f.Text("放弃说明", blank=True, editable=False)
    customer: Any = f.Ref("customers.Customer", "客户", blank=True, editable=False)
    contact: Any = f.Ref("customers.Contact", "联系人记录", blank=True, editable=False)
    opportunity: Any = f.Ref("sales.Opportunity", "销售机会", blank=True, editable=False)

    spec = Spec(
        label="线索",
        collection="leads",
        menu="销售",
        place=20,
        subtitle=("contact_name", "phone", "source"),
        columns=("name", "contact_name", "phone", "source", "priority", "state", "handover", "owner", "created_at"),
        filters=(
            "name", "state", "handover", "late", "source", "channel", "priority", "industry", "address", "intent", "owner",
            "department", "created_at",
        ),
        sections={
            "公司": ("name", "number", "industry", "address"),
            "联系人": ("contact_name", "position", "phone", "email"),
            "需求": ("source", "channel", "priority", "intent", "products", "needs"),
            "进展": ("state", "screened_at", "qualified_at", "late", "discard_reason", "discard_note"),
            "分派": ("handover", "dispatcher", "return_reason", "return_note"),
            "转化": ("converted_at", "customer", "contact", "opportunity"),
        },
        order="-created_at",
        board="state",
        scope=by_owner,
        merge=True,
        quick=("name", "contact_name", "phone", "source"),
        duplicates=(
            same("name", key=company_key, reason="公司名称相近"),
            same("phone", reason="电话相同"),
        ),
        related=(
            related("customers.Interaction", "lead"),
            related("customers.Task", "lead", along=True),
            related("sales.LeadDispatch", "lead"),
        ),
    )  # fmt: skip

    @action("开始筛选", source="new", target="screening")
    def screen(self, actor: Any) -> None:
        """Somebody looks into it: is there a need, a budget, a decision to come?"""
        self.screened_at = timezone.now()

    @action("确认有效", source=("new", "screening"), target="qualified")
    def qualify(self, actor: Any) -> None:
        """A real need of a real company; the sales team takes over."""
        if not (self.contact_name and (self.phone or self.email)):
            raise Refused("请先填写联系人以及电话或邮箱，再确认线索", {"contact_name": "确认前应填写联系人和联系方式"})
        self.qualified_at = timezone.now()

    @action("分派", state="handover", source=("none", "unplaced"), target="waiting", leaves_scope=True)
    def dispatch(self, actor: Any) -> None:
        """The rules find whoever shall have it (V-25); it is hers at once, and she answers in time or loses it again."""
        self._refuse_unready()
        self.dispatcher_id = actor.pk

    @action(
        "指定分派", state="handover", source=("none", "unplaced", "offered"), target="offered", input=Assignment, bulk=False,
        leaves_scope=True,
    )  # fmt: skip
    def assign(self, actor: Any, data: Assignment) -> None:
        """To somebody chosen by hand, who answers in time like anybody else."""
        from zhike.apps.sales.flows.dispatch_leads import offer_to

        self._refuse_unready()
        self.dispatcher_id = actor.pk
        offer_to(self, data.person, actor)

    def _refuse_unready(self) -> None:
        if self.state != "qualified":
            raise Refused("只有已确认有效的线索才能分派", {"state": "先确认有效"})

    @action("接单", state="handover", source="offered", target="accepted")
    def take(self, actor: Any) -> None:
        """She will follow it up."""
        if actor.pk != self.owner_id:
            raise Refused("只有接单人本人可以接单")

    @action("转为销售机会", source=("screening", "qualified"), target="converted", input=Conversion, bulk=False)
    def convert(self, actor: Any, data: Conversion) -> Any:
        """The lead becomes customer, contact and opportunity; what was said and planned goes along."""
        from zhike.apps.sales.flows.convert_lead import convert_lead

        made = convert_lead(self, data, actor=actor)
        return {"made": [{"collection": r.spec.collection, "id": r.pk, "label": str(r)} for r in made]}

    @action(
        "退回分单", state="handover", source=("offered", "accepted"), target="waiting", input=GivingBack, bulk=False,
        leaves_scope=True, danger=True,
    )  # fmt: skip
    def give_back(self, actor: Any, data: GivingBack) -> None:
        """With a reason; the rules look for the next one among those who have not had it."""
        from zhike.apps.sales.flows.dispatch_leads import refuse_return

        refuse_return(self)
        self.return_reason, self.return_note = data.return_reason, data.return_note

    @action("放弃", source=UNDECIDED, target="discarded", input=Discarding, danger=True)
    def discard(self, actor: Any, data: Discarding) -> None:
        """Nothing will come of it."""
        self.discard_reason, self.discard_note = data.discard_reason, data.discard_note

    @action("重新打开", source="discarded", target="screening")
    def reopen(self, actor: Any) -> None:
        """There is something in it after all."""
        self.discard_reason = self.discard_note = ""
