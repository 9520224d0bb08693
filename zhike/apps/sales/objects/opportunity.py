"""销售机会: a deal on its way from first contact to signature."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone

from zhike.apps.money import cents
from zhike.apps.sales.choices import CLOSED, CLOSING, COMMITMENTS, INTENTS, LOST_REASONS, OPEN, STAGES, percent
from zhike.apps.sales.flows import close_deal
from zhike.apps.sales.pricing import price_rows, total
from zhike.kernel.declare import Input, Line, Record, Refused, Spec, action, f, related
from zhike.kernel.indexing import both_ways
from zhike.org.scopes import by_owner


class Winning(Input):
    """The deal as signed."""

    closed_on = f.Date("签约日期", default=timezone.localdate)
    amount = f.Money("成交金额", blank=True, least=0, help="留空时取销售机会当前的金额")


class Losing(Input):
    """Why, and to whom."""

    lost_reason = f.Choice("输单原因", LOST_REASONS)
    winner = f.Ref("sales.Competitor", "赢家", blank=True)
    lost_note = f.Text("说明", blank=True)
    closed_on = f.Date("输单日期", default=timezone.localdate)


class Opportunity(Record):
    number = f.Number("机会编号", "JH{yyyy}{mm}-{seq:5}", synonyms=("opportunity_id", "opportunity_number", "商机编号"))
    name = f.Text("机会名称", expected=True, search=True, synonyms=("name", "opportunity", "商机名称", "项目名称"))
    customer: Any = f.Ref("customers.Customer", "客户", expected=True, synonyms=("account", "customer", "客户名称", "公司名称"))
    contact: Any = f.Ref("customers.Contact", "联系人", blank=True, synonyms=("contact",))
    stage = f.State("阶段", STAGES, grows=OPEN, synonyms=("deal_stage", "stage", "销售阶段", "商机阶段"))
    probability = f.Decimal(
        "赢率(%)", blank=True, least=0, most=100, decimal_places=2, help="留空时取阶段的默认赢率", total="avg", follows=("stage",)
    )
    products = f.Lines("sales.OpportunityProduct", "产品")
    products_amount = f.Money("产品合计", blank=True, editable=False)
    amount = f.Money(
        "金额", blank=True, least=0, help="留空时取产品合计", synonyms=("amount", "close_value", "预计金额", "销售金额")
    )
    weighted_amount = f.Money("加权金额", blank=True, editable=False, help="金额 × 赢率", follows=("amount", "probability"))
    expected_on = f.Date(
        "预计签约日期", blank=True, explained="moved_because", synonyms=("expected_close", "expected_date", "预计成交日期")
    )
    moved_because = f.Text("改期原因", blank=True, max_length=300, help="修改预计签约日期时填写")
    commitment = f.Choice(
        "预测类别", COMMITMENTS, default="open", fixed="预测按这几类统计", help="承诺：负责人担保本期签约；争取：有望签约"
    )
    engaged_on = f.Date("接触日期", blank=True, synonyms=("engage_date", "engaged", "开始日期"))
    closed_on = f.Date("关闭日期", blank=True, help="赢单或输单的日期", synonyms=("close_date", "签约日期", "成交日期"))
    won_amount = f.Money("成交金额", blank=True, editable=False)
    stage_since = f.DateTime("进入阶段时间", blank=True, editable=False)
    registered_at = f.DateTime("报备时间", blank=True, editable=False, help="服务器收到登记的时刻，精确到毫秒，不能修改")
    stale = f.Boolean("阶段停滞", editable=False, help="在这个阶段超过了制度规定的天数")
    past_due = f.Boolean("签约日期已过", editable=False, help="预计签约日期已过，还没有赢单或输单")
    closing = f.State("关闭确认", CLOSING)
    confirmed_by: Any = f.Person("确认人", blank=True, editable=False)
    intent = f.Choice("意向", INTENTS, default="add")
    competitors: Any = f.Refs("sales.Competitor", "竞争对手", blank=True)
    winner: Any = f.Ref("sales.Competitor", "赢家", blank=True, editable=False)
    lost_reason = f.Choice("输单原因", LOST_REASONS, blank=True, editable=False)
    lost_note = f.Text("输单说明", blank=True, editable=False)
    needs = f.LongText("需求与方案", blank=True, synonyms=("description", "notes", "备注"))
    attachments = f.File("附件", blank=True)
    completeness = f.Completeness(of=("name", "customer", "contact", "amount", "expected_on", "products", "competitors", "needs"))

    spec = Spec(
        label="销售机会",
        collection="opportunities",
        menu="销售",
        place=21,
        subtitle=("number", "customer", "stage"),
        columns=("name", "customer", "stage", "amount", "probability", "weighted_amount", "expected_on", "owner", "updated_at"),
        filters=(
            "name", "customer", "stage", "amount", "expected_on", "commitment", "closed_on", "stage_since", "competitors",
            "stale", "past_due", "closing",
            "lost_reason", "products", "owner", "department", "created_at", "incomplete",
        ),
        sections={
            "基本信息": ("name", "number", "customer", "contact", "intent"),
            "进展": (
                "stage", "stage_since", "stale", "registered_at", "engaged_on", "expected_on", "moved_because", "past_due",
                "commitment",
            ),
            "关闭": ("closed_on", "closing", "confirmed_by"),
            "金额": ("products", "products_amount", "amount", "probability", "weighted_amount", "won_amount"),
            "竞争": ("competitors", "winner", "lost_reason", "lost_note"),
            "需求": ("needs", "attachments"),
        },
        board="stage",
        pending={"field": "stage", "op": "not_in", "value": list(CLOSED)},
        calendar="expected_on",
        scope=by_owner,
        follows=("customer",),
        quick=("name", "customer", "amount", "expected_on"),
        related=(
            related("customers.Interaction", "opportunity"),
            related("sales.Quote", "opportunity"),
            related("contracts.Contract", "opportunity"),
            related("contracts.Order", "opportunity"),
            related("sales.DeliveredDocument", "opportunity", along=True),
            related("sales.StageStay", "opportunity", "阶段历程"),
            related("customers.Task", "opportunity", along=True),
            related("expenses.ExpenseClaim", "items.opportunity"),
            related("sales.Lead", "opportunity", "来自线索"),
        ),
    )  # fmt: skip

    class Meta(Record.Meta):
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["stage", "department", "owner", "amount"], name="opportunity_pipeline"),
            *both_ways("amount", "opportunity_amount"),
            models.Index(fields=["expected_on", "id"], include=["stage", "weighted_amount"], name="opportunity_expected"),
            models.Index(
                fields=["closed_on"],
                include=["stage", "won_amount", "department", "owner"],
                condition=models.Q(closed_on__isnull=False),
                name="opportunity_closed",
            ),
        ]

    @classmethod
    def gather(cls, records: list[Any]) -> None:
        price_rows([row for deal in records if deal.pk is None for row in deal.incoming.get("products", ())])

    def derive(self) -> None:
        self.past_due = bool(self.stage not in CLOSED and self.expected_on and self.expected_on < timezone.localdate())
        self.name = self.name or f"销售机会 {self.number}"
        self.stage_since = self.stage_since or timezone.now()
        if self.pk is None:
            self.registered_at = self.registered_at or timezone.now()
        self._follow_products()
        if self.probability is None or self.stage in CLOSED:
            self.probability = self._stage_percent()
        self.weighted_amount = None if self.amount is None else round(self.amount * self.probability / 100, 2)
        if self.stage == "won":
            self.won_amount = self.amount if self.won_amount is None else self.won_amount

    def _follow_products(self) -> None:
        """The amount is the total of the products, until somebody types another; emptied, it follows again."""
        follows = self.amount is None or self.amount == self.products_amount
        if "products" in self.incoming:
            self.products_amount = total(price_rows(self.incoming["products"], self.pk))
        if follows:
            self.amount = self.products_amount

    def validate(self) -> None:
        if self.closed_on and self.stage not in CLOSED:
            raise Refused("未关闭的销售机会没有关闭日期，请用“赢单”或“输单”关闭它", {"closed_on": "赢单或输单时才填写"})

    def _stage_percent(self) -> Decimal:
        stages: Any = self._meta.get_field("stage")
        return percent(stages.options[self.stage])

    def _enter_stage(self) -> None:
        self.probability, self.stage_since, self.stale = self._stage_percent(), timezone.now(), False
        self.closing, self.confirmed_by = "waiting" if self.stage in CLOSED else "none", None

    @action("推进阶段", source=OPEN, target=OPEN)
    def advance(self, actor: Any) -> None:
        """On to another open stage, or back."""
        self._enter_stage()

    @action("赢单", source=OPEN, target="won", input=Winning)
    def win(self, actor: Any, data: Winning) -> None:
        """Signed. What the deal was worth on this day is kept whatever happens to the amount later."""
        self._enter_stage()
        self.amount = self.amount if data.amount is None else data.amount
        self.closed_on, self.won_amount = data.closed_on, self.amount

    @action("输单", source=OPEN, target="lost", input=Losing, danger=True)
    def lose(self, actor: Any, data: Losing) -> None:
        """Gone, with the reason, so that the next one is not lost the same way."""
        self._enter_stage()
        self.closed_on, self.lost_reason, self.lost_note = data.closed_on, data.lost_reason, data.lost_note
        self.winner = data.winner

    @action("确认关闭", state="closing", source="waiting", target="confirmed")
    def confirm_closing(self, actor: Any) -> None:
        """A manager or assistant has looked: what was filled in is whole and right (V-33)."""
        close_deal.refuse_unfit(self, actor)
        self.confirmed_by_id = actor.pk

    @action("重新打开", source=CLOSED, target=OPEN, danger=True)
    def reopen(self, actor: Any) -> None:
        """It was closed too early."""
        self._enter_stage()
        self.closed_on = self.won_amount = self.winner = None
        self.lost_reason = self.lost_note = ""


class OpportunityProduct(Line):
    """销售机会的产品: what is offered, how many, at which price."""

    opportunity: Any = f.Parent("sales.Opportunity", "products")
    product: Any = f.Ref("catalog.Product", "产品", synonyms=("product", "产品名称"))
    quantity = f.Decimal("数量", default=Decimal(1), least=0, decimal_places=2, synonyms=("quantity", "qty"))
    price = f.Money(
        "单价",
        blank=True,
        least=0,
        help="留空时取产品的标准价",
        taken_from="product.list_price",
        synonyms=("price", "unit_price"),
        total="none",
    )
    amount = f.Money("小计", blank=True, editable=False, product_of=("quantity", "price"))

    def derive(self) -> None:
        self.amount = None if self.price is None else cents(self.quantity * self.price)
