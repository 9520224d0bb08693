"""从网页留言到回款: what a visitor writes on a website is screened, dispatched, met, quoted, signed, delivered, billed and paid.

Everybody does her own part and is led to it: by the bell, by her to-dos, by the approval inbox.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Company, new_page
from tests.journeys.house import STAFF, House, founded
from tests.journeys.steps import PATIENCE, add_related, agree, ask, choose, hear, on_day, save, sent, stands, take

CUSTOMER, DEAL, PRODUCT = "杭州远航智能装备有限公司", "产线节能改造", "节能控制柜"
TODAY, DUE = date.today(), date.today() + timedelta(days=30)
ASKED = (("name", "单位名称"), ("contact_name", "您的姓名"), ("phone", "手机"), ("industry", "所属行业"), ("address", "所在城市"))


@pytest.fixture
def house(browser: Browser, company: Company) -> Iterator[House]:
    with founded(browser, company, *(name for name in STAFF if name != "孙浩")) as found:
        yield found


def test_a_web_lead_becomes_money(browser: Browser, company: Company, house: House) -> None:
    form = prepare(house)
    write_on_the_website(browser, company, form)
    screen(house.page("何倩"))
    dispatch(house.page("方正"))
    take_on_the_road(house.phone("王珊"))
    review_registration(house.page("叶秋"))
    meet(house.phone("王珊"))
    quote(house.page("王珊"))
    approve_price(house.page("彭欣"))
    make_contract(house.page("王珊"))
    see_it_in_the_funnel(house.page("叶秋"))
    countersign(house)
    sign(house.page("王珊"))
    order(house.page("王珊"))
    execute(house.page("方正"))
    reach_milestones(house.page("方正"))
    bill_and_receive(house.page("方正"))
    see_the_figures_move(house)


def prepare(house: House) -> str:
    """What is sold, who takes leads of the region, what is to be reached, and the form on the website; its public number."""
    admin, seller = house.admin, house.people["王珊"]
    sent(admin, "POST", "products", {"name": PRODUCT, "list_price": "63829.79", "unit": "台"})
    region = [{"place": {"code": "33", "detail": ""}}]
    sent(admin, "POST", "dispatch-rules", {"name": "浙江分单", "regions": region, "seats": [{"person": seller}]})
    for measure, base in (("signed", "600000"), ("collected", "300000")):
        goal = {"measure": measure, "year": TODAY.year, "period": "year", "team": house.departments["杭州销售部"], "base": base}
        sent(admin, "POST", "sales-targets", goal)
    questions = [{"field": field, "label": label, "required": True} for field, label in ASKED]
    asked = {"questions": [*questions, {"field": "source", "fixed": "网站注册"}], "collection": "leads"}
    named = {"name": "官网", "heading": "预约演示", "receiver": house.people["何倩"]}
    return str(sent(admin, "POST", "web-forms", {**named, **asked})["key"])


def write_on_the_website(browser: Browser, company: Company, form: str) -> None:
    """A visitor who has no account and needs none."""
    with new_page(browser, company) as visitor:
        visitor.goto(f"/forms/{form}")
        said = {"单位名称": CUSTOMER, "您的姓名": "陆远航", "手机": "13912345678", "所在城市": "浙江省杭州市"}
        for label, text in said.items():
            visitor.get_by_label(label).fill(text)
        visitor.get_by_label("所属行业").select_option("制造业")
        visitor.get_by_role("button", name="提交").click()
        expect(visitor.get_by_role("status")).to_have_text("谢谢，我们会尽快与您联系。", timeout=PATIENCE)


def screen(page: Page) -> None:
    """Marketing hears of it, looks into it and hands it to the business manager (V-23)."""
    hear(page, f"网页表单“官网”收到“{CUSTOMER}”")
    take(page, "开始筛选")
    stands(page, "筛选中")
    page.get_by_role("button", name="更多操作").click()
    page.get_by_role("menuitem", name="转交").click()
    choose(page, "新的负责人", "方正", inside=page.get_by_role("dialog"))
    agree(page, "转交")


def dispatch(page: Page) -> None:
    """The business manager takes it for real; the rule of the region finds who shall have it (V-24, V-25)."""
    hear(page, CUSTOMER)
    take(page, "确认有效")
    stands(page, "已确认")
    take(page, "分派")
    stands(page, "待接单")
    expect(page.locator(".overview")).to_contain_text("王珊", timeout=PATIENCE)


def take_on_the_road(page: Page) -> None:
    """Hers to answer in time; with the thumb it becomes customer, contact and deal."""
    page.goto("/")
    page.get_by_role("button", name=re.compile("^待办")).click()
    page.get_by_role("link", name=CUSTOMER).click()
    take(page, "接单")
    stands(page, "已接单")
    asked = ask(page, "转为销售机会")
    asked.get_by_label("机会名称").fill(DEAL)
    on_day(asked, "预计签约日期", DUE)
    agree(page, "转为销售机会")
    page.get_by_role("link", name=re.compile(f"打开销售机会 {DEAL}")).click()
    expect(page.get_by_role("heading", name=DEAL)).to_be_visible(timeout=PATIENCE)


def review_registration(page: Page) -> None:
    """The head of the department lets the customer pass (V-18)."""
    hear(page, f"新客户“{CUSTOMER}”等待您审核")
    stands(page, "待审核")
    take(page, "审核通过")
    expect(page.locator(".overview")).to_contain_text("已审核", timeout=PATIENCE)


def meet(page: Page) -> None:
    """Face to face, written down on the way back: without it no price may be told (V-45)."""
    page.get_by_role("button", name="写跟进").last.click()
    form = page.locator(".form-drawer")
    choose(page, "方式", "会议", inside=form)
    form.get_by_label("跟进内容").fill("现场看了两条产线，确认十台，要求本月报价")
    save(form)


def quote(page: Page) -> None:
    """Ten at 4.7折 are 300,000; whose decision that is stands on the sheet before she asks."""
    hear(page, f"客户“{CUSTOMER}”已通过登记审核")
    page.get_by_role("table", name="销售机会").get_by_role("link", name=DEAL).click()
    form = add_related(page, "报价")
    form.get_by_role("button", name="添加报价明细").click()
    choose(page, "产品", PRODUCT, inside=form.locator("tbody tr").first)
    sheet = form.get_by_role("table", name="报价明细")
    expect(sheet).to_contain_text("¥63,829.79", timeout=PATIENCE)
    sheet.get_by_label("数量").fill("10")
    sheet.get_by_label("折扣").fill("4.7")
    expect(sheet).to_contain_text("¥300,000")
    save(form)
    page.get_by_role("table", name="报价").get_by_role("link").first.click()
    for words in ("¥300,000", "4.7折", "总裁助理"):
        expect(page.locator(".overview")).to_contain_text(words, timeout=PATIENCE)
    take(page, "提交审批")
    stands(page, "待审批")


def approve_price(page: Page) -> None:
    """Within the authority of the president's assistant, and of nobody below (V-47)."""
    hear(page, "等待您批准，总折扣 4.7折")
    ask(page, "批准").get_by_label("意见").fill("同意，注意付款节点")
    agree(page, "批准")
    stands(page, "已批准")


def make_contract(page: Page) -> None:
    """The customer takes the offer; the contract brings its lines along and shows which way it will go."""
    hear(page, "已批准，可以发给客户")
    take(page, "客户接受")
    stands(page, "客户接受")
    form = add_related(page, "合同")
    for place, (name, percent, days) in enumerate((("预付款", "30", "0"), ("验收款", "70", "60"))):
        form.get_by_role("button", name="添加付款约定").click()
        row = form.get_by_role("table", name="付款约定").locator("tbody tr").nth(place)
        row.get_by_label("节点").fill(name)
        row.get_by_label("比例(%)").fill(percent)
        row.get_by_label("签订后天数").fill(days)
    save(form)
    page.get_by_role("table", name="合同").get_by_role("link").first.click()
    for words in ("¥300,000", "合同审查会签"):
        expect(page.locator(".overview")).to_contain_text(words, timeout=PATIENCE)
    take(page, "提交审查")
    expect(page.locator(".standing")).to_contain_text("等待许静", timeout=PATIENCE)


def see_it_in_the_funnel(head: Page) -> None:
    """What the customer has accepted is what the deal is worth, and not won yet."""
    see_on_the_dashboard(head, 在谈金额="¥300,000", 赢单金额="¥0")


def see_on_the_dashboard(head: Page, **figures: str) -> None:
    head.goto("/dashboards/sales")
    for title, figure in figures.items():
        card = head.get_by_role("region", name=title, exact=True)
        expect(card.get_by_role("link", name=figure, exact=True)).to_be_visible(timeout=PATIENCE)


def countersign(house: House) -> None:
    """Sales management first, then both vice-presidents and the president; he does it on his telephone (V-53)."""
    office = house.page("许静")
    office.goto("/approvals")
    office.get_by_role("link", name=re.compile("提交审查")).first.click()
    ask(office, "同意").get_by_label("意见").fill("付款条件可以")
    agree(office, "同意")
    for name in ("董海", "梁文"):
        [waiting] = sent(house.page(name), "GET", "approvals?mine=todo", None)["rows"]
        sent(house.page(name), "POST", f"approvals/{waiting['id']}/approve", {})
    president = house.phone("周启明")
    president.goto("/approvals")
    president.get_by_role("checkbox", name=re.compile("^选择")).check()
    president.get_by_role("group", name="批量审批").get_by_role("button", name="同意", exact=True).click()
    expect(president.get_by_text("没有等您审批的申请")).to_be_visible(timeout=PATIENCE)


def sign(page: Page) -> None:
    """What is signed is owed, term by term; and what is signed is won."""
    stands(page, "审查通过")
    ask(page, "登记签订")
    agree(page, "登记签订")
    stands(page, "已签订")
    for amount in ("¥90,000", "¥210,000"):
        expect(page.get_by_role("table", name="应收款")).to_contain_text(amount, timeout=PATIENCE)
    page.locator(".overview").get_by_role("link", name=DEAL).click()
    take(page, "赢单")
    stands(page, "赢单")
    page.go_back()


def order(page: Page) -> None:
    """From the signed contract, to the business manager for review (V-54)."""
    form = add_related(page, "订单")
    on_day(form, "要求交付日期", DUE)
    choose(page, "付款方式", "银行转账", inside=form)
    save(form)
    page.get_by_role("table", name="订单").get_by_role("link").first.click()
    take(page, "提交商务审核")
    stands(page, "待商务审核")


def execute(page: Page) -> None:
    """Reviewed, and handed to those who deliver, collect and implement (V-55)."""
    hear(page, "等待商务审核")
    ask(page, "审核通过")
    agree(page, "审核通过")
    stands(page, "已审核")
    asked = ask(page, "发起执行单")
    for who in ("发货人", "收款人", "实施人"):
        choose(page, who, "方正", inside=asked)
    on_day(asked, "要求完成日期", DUE)
    agree(page, "发起执行单")
    page.get_by_role("link", name=re.compile("^打开执行单")).click()
    take(page, "下达任务")
    stands(page, "执行中")


def reach_milestones(page: Page) -> None:
    """One after the other from the execution order; the implementation makes the last payment fall due today (V-59)."""
    at = page.url
    for step in ("发货", "收款", "实施"):
        page.get_by_role("table", name="里程碑").get_by_role("link", name=re.compile(f"^{step}：")).click()
        ask(page, "完成")
        agree(page, "完成")
        stands(page, "已完成")
        page.goto(at)
    take(page, "完成")
    stands(page, "已完成")


def bill_and_receive(page: Page) -> None:
    """The payment node is billed, and the receipt finds what it pays for (V-56)."""
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="应收款", exact=True).click()
    page.get_by_role("grid").get_by_role("link", name="预付款").click()
    bill = add_related(page, "发票")
    bill.get_by_label("价税合计").fill("90000")
    save(bill)
    page.get_by_role("table", name="发票").get_by_role("link").first.click()
    ask(page, "开票").get_by_label("发票号码").fill("24312000000012345678")
    agree(page, "开票")
    stands(page, "已开")
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="收款", exact=True).click()
    money = add_related(page, "收款")
    choose(page, "客户", CUSTOMER, inside=money)
    money.get_by_label("金额", exact=True).first.fill("90000")
    save(money)
    page.get_by_role("link", name="打开", exact=True).click()
    page.get_by_role("table", name="核销明细").get_by_role("link", name="预付款").click()
    expect(page.locator(".overview")).to_contain_text("已收清", timeout=PATIENCE)


def see_the_figures_move(house: House) -> None:
    """The funnel is empty and what was in it is won; targets and receivables say how far it has come."""
    head = house.page("叶秋")
    see_on_the_dashboard(head, 在谈金额="¥0", 赢单金额="¥300,000", 赢单数="1")
    office = house.page("许静")
    for measure, reached, rate in (("合同金额", "¥300,000", "50"), ("回款金额", "¥90,000", "30")):
        office.get_by_role("navigation", name="主菜单").get_by_role("link", name="业绩目标", exact=True).click()
        office.get_by_role("grid").get_by_role("link", name=re.compile(measure)).click()
        take(office, "重新统计")
        for words in (reached, rate):
            expect(office.locator(".overview")).to_contain_text(words, timeout=PATIENCE)
    goals = sent(head, "GET", "sales-targets?fields=measure,actual,achieved&order=measure", None)["rows"]
    told = {row["measure"]: (row["actual"], row["achieved"]) for row in goals}
    assert told == {"signed": ("300000.00", "50.0"), "collected": ("90000.00", "30.0")}
    owed = sent(head, "GET", "receivables?fields=name,received,outstanding,due_on,invoiced&order=due_on", None)["rows"]
    told = [(row["name"], row["invoiced"], row["received"], row["outstanding"]) for row in owed]
    assert told == [("预付款", "90000.00", "90000.00", "0.00"), ("验收款", "0.00", "0.00", "210000.00")]
    assert [row["due_on"] for row in owed] == [TODAY.isoformat()] * 2
