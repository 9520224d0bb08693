"""合同: what both sides sign. It comes from the accepted quote, is reviewed by whom the rules name, and signed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import timezone

from zhike.apps.contracts.flows import review_contract, sign_contract
from zhike.apps.contracts.review import ROUTES
from zhike.apps.money import NOTHING
from zhike.apps.sales.authority import Discount
from zhike.apps.sales.flows.price_lines import gather_prices, price_lines
from zhike.apps.sales.objects.priced_item import PricedItem
from zhike.apps.settled import refuse_changes
from zhike.features.approval.standing import is_asked
from zhike.kernel.declare import Input, Line, Record, Refused, Spec, action, f, option, related
from zhike.org.scopes import by_owner

STATES = {
    "draft": option("草稿", color="default"),
    "agreed": option("审查通过", color="cyan"),
    "signed": option("已签订", color="green"),
    "fulfilled": option("履行完毕", color="blue"),
    "terminated": option("已终止", color="red"),
}
KEPT_IN = ("draft",)
KINDS = {"sale": "销售合同", "supplement": "补充协议", "change": "变更协议"}
TEXTS = {"standard": "公司标准文本", "own": "非标准文本"}
FIXED = "审查规则按这些选项判断"
CONTENT = (
    "kind", "parent", "customer", "quote", "text", "items", "discount", "stated_amount", "terms_of_payment", "price_book",
)  # fmt: skip

ENDING = "还没有到期、也没有开票的应收款随之取消；已到期、已开票和已收的不变。变更协议冲减过的应收款恢复，已退的款重新应收"


class Signing(Input):
    """The contract as signed."""

    signed_on = f.Date("签订日期", default=timezone.localdate)
    expires_on = f.Date("到期日期", blank=True)
    signed_files = f.File("签署文件", blank=True)


class Ending(Input):
    reason = f.Text("原因", max_length=500, help=ENDING)


class Contract(Record):
    number = f.Number("合同编号", "HT{yyyy}{mm}-{seq:4}", synonyms=("contract_number",))
    name = f.Text("合同名称", blank=True, search=True, help="留空由客户名称得出", synonyms=("contract",))
    kind = f.Choice("类型", KINDS, default="sale", fixed=FIXED)
    parent: Any = f.Ref("contracts.Contract", "主合同", blank=True, when={"kind": ("supplement", "change")})
    quote: Any = f.Ref("sales.Quote", "报价", blank=True, help="须是客户已接受的报价；明细、价格随之带入")
    opportunity: Any = f.Ref("sales.Opportunity", "销售机会", blank=True)
    customer: Any = f.Ref("customers.Customer", "客户", blank=True, synonyms=("customer", "客户名称"))
    entity_id: int | None
    entity: Any = f.Ref(
        "org.Department", "签约主体", blank=True, help="留空为负责部门所属的总部、分公司、联营公司或代理；以总部名义签约的选总部"
    )
    text = f.Choice("合同文本", TEXTS, default="standard", fixed=FIXED)
    price_book: Any = f.Ref("catalog.PriceBook", "价格表", blank=True)
    priced_on = f.Date("定价日期", default=timezone.localdate)
    items = f.Lines("contracts.ContractItem", "合同明细")
    discount = f.Money("整单优惠", default=Decimal(0), least=0)
    stated_amount = f.Money("约定金额", blank=True, help="没有明细时填写；变更协议可为负")
    list_amount = f.Money("标准价合计", blank=True, editable=False)
    items_amount = f.Money("明细合计", blank=True, editable=False)
    amount = f.Money("合同金额", blank=True, editable=False, help="含税")
    tax = f.Money("其中税额", blank=True, editable=False)
    price_ratio = f.Ratio("总折扣", blank=True, editable=False)
    worst_ratio = f.Ratio("最低一行折扣", blank=True, editable=False)
    terms_of_payment = f.Lines("contracts.PaymentTerm", "付款约定")
    state = f.State("状态", STATES)
    route = f.Choice("审查路径", ROUTES, blank=True, editable=False, fixed=FIXED)
    needed = f.Text("同样折扣的报价需谁批准", blank=True, editable=False, help="报价与合同各按各的权限，互不代替")
    agreed_at = f.DateTime("审查通过时间", blank=True, editable=False)
    signed_on = f.Date("签订日期", blank=True, editable=False)
    expires_on = f.Date("到期日期", blank=True)
    ended_reason = f.Text("终止原因", blank=True, editable=False, max_length=500)
    changed_amount = f.Money("变更后金额", blank=True, editable=False, help="加上已签订的补充与变更协议，减去退货")
    received = f.Money("已收金额", default=NOTHING, editable=False)
    outstanding = f.Money("未收金额", default=NOTHING, editable=False)
    returned = f.Money("已退货", default=NOTHING, editable=False)
    content = f.LongText("主要条款", blank=True)
    draft_files = f.File("合同文本文件", blank=True)
    signed_files = f.File("签署文件", blank=True, editable=False)
    lowered = f.Lines("contracts.LoweredReceivable", "冲减的应收款", editable=False, help="变更协议终止时逐笔恢复")

    dated = "priced_on"
    spec = Spec(
        label="合同",
        collection="contracts",
        menu="合同",
        place=40,
        subtitle=("number", "customer", "state"),
        columns=("name", "number", "customer", "kind", "state", "amount", "price_ratio", "route", "signed_on", "owner"),
        filters=(
            "name", "customer", "opportunity", "kind", "text", "state", "route", "amount", "price_ratio", "signed_on",
            "expires_on", "outstanding", "entity", "owner", "department", "created_at", "incomplete",
        ),
        sections={
            "基本信息": ("name", "number", "kind", "parent", "customer", "opportunity", "quote", "entity", "text"),
            "明细": ("price_book", "priced_on", "items", "discount", "stated_amount"),
            "金额": (
                "list_amount", "amount", "tax", "price_ratio", "worst_ratio", "changed_amount", "returned", "received",
                "outstanding",
            ),
            "付款约定": ("terms_of_payment",),
            "审查": ("state", "route", "needed", "agreed_at"),
            "签订": ("signed_on", "expires_on", "signed_files", "lowered", "ended_reason"),
            "条款": ("content", "draft_files"),
        },
        board="state",
        scope=by_owner,
        leaves=~Q(state__in=KEPT_IN),
        prints=(
            "number", "customer", "kind", "entity", "signed_on", "expires_on", "items.product", "items.quantity", "items.price",
            "items.tax_rate", "items.amount", "terms_of_payment.name", "terms_of_payment.percent", "terms_of_payment.days",
            "amount", "content",
        ),
        one_of=("customer", "quote"),
        quick=("customer", "quote", "text"),
        pending={"field": "state", "op": "in", "value": ["draft", "agreed", "signed"]},
        calendar="expires_on",
        related=(
            related("contracts.Receivable", "contract"),
            related("contracts.Order", "contract"),
            related("contracts.Invoice", "contract"),
            related("contracts.Contract", "parent", "补充与变更"),
        ),
    )  # fmt: skip

    @classmethod
    def gather(cls, records: list[Any]) -> None:
        drafts = [record for record in records if record.pk is None or record.state == "draft"]
        gather_prices(drafts)
        review_contract.gather_limits(drafts)
        sign_contract.find_entities([record for record in records if record.pk is None])

    def derive(self) -> None:
        if self._state.adding:
            sign_contract.follow_quote(self)
            sign_contract.find_entities([self])
        self.name = self.name or (f"{self.customer.short_name or self.customer.name} 合同" if self.customer_id else "")
        if self.state == "draft" or self._state.adding:
            price_lines(self)
            if not self.list_amount:
                self.amount = self.stated_amount
            review_contract.choose_route(self)
        if self.changed_amount is None or self.state in (*KEPT_IN, "agreed"):
            self.changed_amount = self.amount

    def validate(self) -> None:
        sign_contract.refuse_mismatch(self)
        if self.pk and (self.state != "draft" or is_asked(self, "submit")):
            refuse_changes(self, CONTENT, "合同提交审查后内容不能修改；请撤回申请，已签订的请另签补充或变更协议")

    @property
    def conceded(self) -> Discount | None:
        """The ratios that decide on the route; None without lines that have a list price."""
        if not self.list_amount or self.price_ratio is None or self.worst_ratio is None:
            return None
        return Discount(self.price_ratio, self.worst_ratio)

    @action("提交审查", source="draft", target="agreed", bulk=False)
    def submit(self, actor: Any) -> None:
        """It is agreed as soon as everybody has agreed whom the approval policies name for its route (V-50…V-53)."""
        review_contract.refuse_unready(self)
        self.agreed_at = timezone.now()

    @action("登记签订", source="agreed", target="signed", input=Signing, bulk=False)
    def sign(self, actor: Any, data: Signing) -> None:
        """Both sides have signed: what is to be paid is known from now on."""
        if data.expires_on and data.expires_on < data.signed_on:
            raise Refused("到期日期不能早于签订日期", {"expires_on": "不能早于签订日期"})
        self.signed_on, self.expires_on = data.signed_on, data.expires_on or self.expires_on
        self.signed_files = data.signed_files
        sign_contract.sign(self, actor)

    @action("重新起草", source="agreed", target="draft", bulk=False)
    def redraft(self, actor: Any) -> None:
        """Something must change before it is signed: it is written anew, and reviewed anew."""
        self.agreed_at = None

    @action("履行完毕", source="signed", target="fulfilled")
    def fulfil(self, actor: Any) -> None:
        """Everything delivered and paid."""
        if self.outstanding:
            raise Refused(f"还有 {self.outstanding} 元未收，不能履行完毕")

    @action("终止", source=("draft", "agreed", "signed"), target="terminated", input=Ending, danger=True)
    def terminate(self, actor: Any, data: Ending) -> None:
        """Ended before its time: what was to be paid later and is not invoiced is owed no more; what is due or paid stays.

        A change for less that is ended has lowered nothing: what it took off is owed again, to the cent.
        """
        self.ended_reason = data.reason
        sign_contract.end(self, actor)


class ContractItem(PricedItem):
    """合同明细."""

    contract: Any = f.Parent("contracts.Contract", "items")


class PaymentTerm(Line):
    """付款约定: which part is due when; all together 100 %."""

    contract: Any = f.Parent("contracts.Contract", "terms_of_payment")
    name = f.Text("节点", max_length=60)
    percent = f.Decimal("比例(%)", least=0, most=100, decimal_places=2)
    days = f.Integer("签订后天数", default=0, least=0, most=3650, total="none")


class LoweredReceivable(Line):
    """冲减的应收款: by how much a change for less has lowered what was still owed."""

    contract: Any = f.Parent("contracts.Contract", "lowered")
    receivable_id: int
    receivable: Any = f.Ref("contracts.Receivable", "应收款")
    amount = f.Money("冲减金额")
