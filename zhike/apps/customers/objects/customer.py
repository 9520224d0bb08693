"""客户: a company we sell to or want to sell to. One record for all departments (P-27)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from zhike.apps.customers.choices import CHANNELS, INDUSTRIES, SEGMENTS, SOURCES
from zhike.apps.hierarchy import refuse_circle
from zhike.chinese import credit_code
from zhike.chinese.names import company_key
from zhike.kernel.declare import Input, Record, Spec, action, f, last_day, option, related, same
from zhike.kernel.indexing import both_ways
from zhike.org.scopes import by_owner

LEVELS = {
    "a": option("A级", color="red"),
    "b": option("B级", color="orange"),
    "c": option("C级", color="blue"),
    "d": option("D级", color="default"),
}
CLASSES = {"potential": "潜在客户", "key": "重要客户", "existing": "老客户"}
LIFECYCLE = {
    "lead": option("潜在", color="default"),
    "prospect": option("意向", color="blue"),
    "active": option("合作中", color="green"),
    "dormant": option("沉睡", color="gold"),
    "lost": option("流失", color="red"),
    "won_back": option("赢回", color="purple"),
}


FIRST, LAST = "first", "last"
QUIET = {FIRST: option("30天未联系", color="gold"), LAST: option("60天未联系", color="red")}


def no_registry() -> str:
    """What is to be said where no registry service (工商登记查询服务) is configured; "" where one is."""
    return "" if settings.REGISTRY["url"] else "没有配置工商登记查询服务，请管理员设置 ZHIKE_REGISTRY_URL"


class Loss(Input):
    """Why a customer left."""

    lost_reason = f.Text("流失原因")


REGISTRATION = {
    "pending": option("待审核", color="gold"),
    "approved": option("已审核", color="green"),
    "returned": option("已退回", color="red"),
}
REGISTRY = {
    "same": option("与工商登记一致", color="green"),
    "name": option("名称不符", color="red"),
    "code": option("信用代码不符", color="red"),
    "none": option("查无登记", color="orange"),
}
ENTRY = {"late": option("超期录入", color="red"), "exception": option("特殊情况", color="gold")}
HELD = {"field": "in_pool", "op": "eq", "value": False}


class SendingBack(Input):
    """What is wrong with a registration."""

    returned_reason = f.Text("退回原因")


class Customer(Record):
    # The day from which new customers are reviewed, once it has been asked for.
    asked, reviewed_from = False, None
    # Whether it may be held by somebody else already: as the rule says that is in force.
    first_come = False
    # The rule a new customer is entered under.
    entry_rule: Any = None
    name = f.Text(
        "登记名称",
        search=True,
        help="以工商注册名称为准",
        synonyms=("account", "customer", "company", "客户名称", "公司名称", "企业名称", "客户"),
    )
    number = f.Number("客户编号", "KH{yyyy}{mm}-{seq:5}", synonyms=("customer_number", "customer_no", "编号"))
    short_name = f.Text("简称", blank=True, search=True, max_length=60)
    credit_code = f.Text(
        "统一社会信用代码", blank=True, max_length=18, check=credit_code.normalise, search=True,
        synonyms=("uscc", "税号", "信用代码", "社会信用代码"),
    )  # fmt: skip
    industry = f.Choice("行业", INDUSTRIES, blank=True, synonyms=("sector", "industry", "所属行业"))
    segment = f.Choice("细分行业", SEGMENTS, blank=True, depends="industry", synonyms=("segment", "sub_industry", "子行业"))
    level = f.Choice("客户级别", LEVELS, blank=True, synonyms=("level", "grade", "级别", "等级"))
    category = f.Choice("客户分类", CLASSES, default="potential", synonyms=("class", "type", "分类", "客户类型"))
    lifecycle = f.State("生命周期", LIFECYCLE, synonyms=("lifecycle", "status", "客户状态"))
    source = f.Choice("客户来源", SOURCES, blank=True, synonyms=("source", "来源"))
    origin = f.Choice(
        "开发方式", {"dispatched": "商机客户", "developed": "行业客户"}, default="developed",
        fixed="线索转化时程序要填写它", help="商机客户由公司分派，行业客户由业务人员自行开发",
    )  # fmt: skip
    channel = f.Choice("渠道类型", CHANNELS, default="direct", synonyms=("channel", "渠道"))
    phone = f.Phone("电话", blank=True, synonyms=("phone", "telephone", "联系电话", "公司电话"))
    website = f.Url("网址", blank=True, synonyms=("website", "网站", "官网"))
    address = f.Address("地址", blank=True, synonyms=("address", "office_location", "所在地", "办公地址", "地区"))
    parent: Any = f.Ref(
        "customers.Customer", "上级单位", blank=True, synonyms=("subsidiary_of", "parent", "母公司", "集团", "上级公司")
    )
    year_established = f.Integer(
        "成立年份", blank=True, least=1000, most=2200, synonyms=("year_established", "founded"), total="none"
    )
    employees = f.Integer("员工人数", blank=True, least=0, most=100_000_000, synonyms=("employees", "人数", "规模"))
    annual_revenue = f.Money("年营业额", blank=True, synonyms=("revenue", "annual_revenue", "营业额", "年收入"))
    credit_limit = f.Money(
        "信用额度", blank=True, least=0, help="未付的应收款（含本单合同）超过它时，新订单须说明原因才能放行；留空不限"
    )
    preferences = f.LongText("偏好", blank=True, help="沟通方式、决策习惯、禁忌等")
    needs = f.LongText("需求", blank=True, synonyms=("needs", "客户需求"))
    notes = f.LongText("备注", blank=True, synonyms=("notes", "remark", "说明"))
    tags = f.Tags("标签", synonyms=("tags",))
    lost_reason = f.Text("流失原因", blank=True, editable=False)
    last_contact_at = f.DateTime("最近联系", blank=True, editable=False)
    collaborators = f.Refs(
        "org.Person", "协作人", blank=True, help="他们可以查看和修改这个客户；有效跟进与负责人的一样，使跟踪时限重新计算"
    )
    quiet = f.Choice("跟踪预警", QUIET, blank=True, editable=False, fixed="由跟踪时限标记")
    held_since = f.DateTime("归属起始", blank=True, editable=False)
    tracked_at = f.DateTime("跟踪起算", blank=True, editable=False, help="负责人或协作人最近一次有效跟进；修改资料和转交不改变它")
    release_on = f.Date("将释放日期", blank=True, editable=False)
    in_pool = f.Boolean("在公共池", editable=False)
    registered_at = f.DateTime("报备时间", blank=True, editable=False, help="服务器收到登记的时刻，精确到毫秒，不能修改")
    registration = f.State("登记审核", REGISTRATION, default="approved")
    returned_reason = f.Text("退回原因", blank=True, editable=False)
    first_contact_on = f.Date("首次接触", blank=True, help="录入期限从这一天起算；留空为录入当天")
    late_reason = f.Text("特殊情况说明", blank=True, help="写明原因的可以放宽录入期限")
    entry = f.Choice("录入时效", ENTRY, blank=True, editable=False, fixed="由登记规则得出")
    registry = f.Choice("工商核对", REGISTRY, blank=True, editable=False, fixed="由工商登记查询得出")
    registry_name = f.Text("工商登记名称", blank=True, editable=False)
    registry_at = f.DateTime("核对时间", blank=True, editable=False)
    completeness = f.Completeness(of=("name", "credit_code", "industry", "level", "source", "phone", "address", "website"))

    spec = Spec(
        label="客户",
        collection="customers",
        menu="客户",
        place=10,
        subtitle=("short_name", "industry", "level"),
        columns=("name", "industry", "level", "lifecycle", "phone", "owner", "last_contact_at", "quiet", "updated_at"),
        filters=(
            "name", "level", "lifecycle", "category", "channel", "industry", "source", "address", "tags", "owner", "department",
            "last_contact_at", "created_at", "incomplete", "quiet", "tracked_at", "release_on", "in_pool",
            "registration", "entry", "registry",
        ),
        sections={
            "基本信息": (
                "name", "number", "short_name", "credit_code", "industry", "segment", "level", "category", "lifecycle", "tags",
            ),
            "联系方式": ("phone", "website", "address"),
            "来源": ("source", "origin", "channel", "lost_reason", "last_contact_at"),
            "登记": (
                "registration", "registered_at", "completeness", "first_contact_on", "late_reason", "entry", "returned_reason",
                "registry", "registry_name", "registry_at",
            ),
            "跟踪": ("collaborators", "quiet", "tracked_at", "release_on", "in_pool"),
            "企业概况": ("parent", "year_established", "employees", "annual_revenue", "credit_limit"),
            "偏好与需求": ("preferences", "needs", "notes"),
        },
        scope=by_owner,
        collaborators="collaborators",
        last_days=(last_day("release_on", "释放到公共池", about="联系客户", open=HELD),),
        merge=True,
        quick=("name", "channel", "phone", "industry", "level"),
        duplicates=(
            same("name", key=company_key, reason="名称相近"),
            same("phone", reason="电话相同"),
            same("credit_code", reason="统一社会信用代码相同"),
        ),
        related=(
            related("customers.Contact", "companies.customer", along=True),
            related("customers.Interaction", "customer"),
            related("sales.Opportunity", "customer", along=True),
            related("sales.Quote", "customer"),
            related("sales.DeliveredDocument", "customer"),
            related("contracts.Contract", "customer"),
            related("contracts.Order", "customer"),
            related("contracts.Receivable", "customer"),
            related("contracts.Receipt", "customer"),
            related("customers.Task", "customer", along=True),
            related("sales.Lead", "customer", "来自线索"),
            related("customers.Customer", "parent", "下属单位"),
            related("expenses.ExpenseClaim", "items.customer"),
            related("sales.DataCompletion", "customer", along=True),
            related("customers.PoolEntry", "customer", "公共池历史"),
        ),
    )  # fmt: skip

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["tracked_at"], name="customer_tracked", condition=models.Q(in_pool=False)),
            models.Index(fields=["name", "id"], name="customer_name"),
            *both_ways("last_contact_at", "customer_contacted"),
        ]

    @classmethod
    def gather(cls, records: list[Any]) -> None:
        """The rule that new customers are reviewed under: one query however many there are."""
        from zhike.apps.customers.objects.registration_rule import RegistrationRule

        fresh = [record for record in records if record.pk is None]
        rule = RegistrationRule.in_force(timezone.localdate()) if fresh else None
        for record in fresh:
            record.reviewed_from, record.asked = rule.starts_on if rule and rule.review else None, True
            record.first_come = bool(rule and rule.first_come)
            record.entry_rule = rule

    def derive(self) -> None:
        """From its first day on a customer is to be kept in touch with, and reviewed where the rule says so."""
        if self.pk is None:
            self.tracked_at = self.tracked_at or self.created_at
            self.registered_at = self.registered_at or timezone.now()
            self.begin_review()

    def begin_review(self) -> None:
        """What is entered under the rule waits; what is brought along from before it does not."""
        if not self.asked:
            self.gather([self])
        created = timezone.localdate(self.created_at)
        if self.reviewed_from is not None and created >= self.reviewed_from:
            self.registration = "pending"
            self.first_contact_on = self.first_contact_on or created

    def validate(self) -> None:
        refuse_circle(self, "parent")

    @action("审核通过", state="registration", source="pending", target="approved")
    def accept(self, actor: Any) -> None:
        """Name, contact and phone are right (V-18); nobody reviews what she has entered herself."""
        from zhike.apps.customers.flows.review import refuse_unfit

        refuse_unfit(self, actor)
        self.returned_reason = ""

    @action("退回登记", state="registration", source="pending", target="returned", input=SendingBack)
    def send_back(self, actor: Any, data: SendingBack) -> None:
        """Something must be mended first."""
        self.returned_reason = data.returned_reason

    @action("重新提交", state="registration", source="returned", target="pending")
    def resubmit(self, actor: Any) -> None:
        """Mended, for another look."""

    @action("核对工商登记", lacks=no_registry)
    def check_registry(self, actor: Any) -> None:
        """The registry service is asked once more, in the background (V-16)."""

    @action("转为意向", source="lead", target="prospect")
    def develop(self, actor: Any) -> None:
        """The customer has shown interest."""

    @action("开始合作", source=("lead", "prospect", "dormant"), target="active")
    def activate(self, actor: Any) -> None:
        """The first contract is signed, or business goes on after a pause."""
        self.category = "existing" if self.category == "potential" else self.category

    @action("标记沉睡", source=("active", "won_back"), target="dormant", rare=True)
    def mark_dormant(self, actor: Any) -> None:
        """No business for a long time, not lost yet."""

    @action("标记流失", source=("prospect", "active", "dormant", "won_back"), target="lost", input=Loss, danger=True)
    def mark_lost(self, actor: Any, data: Loss) -> None:
        """The customer went elsewhere."""
        self.lost_reason = data.lost_reason

    @action("赢回", source=("dormant", "lost"), target="won_back")
    def win_back(self, actor: Any) -> None:
        """A sleeping or lost customer does business with us again."""
        self.lost_reason = ""
