"""网页表单: a form an administrator puts on a website; whoever fills it in becomes a record of ours (V-22 网站注册)."""

from __future__ import annotations

import re
import secrets
from typing import Any

from zhike.features.inbound import offered
from zhike.kernel.declare import Invalid, Line, Record, Spec, f
from zhike.org.scopes import everyone

SITE = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?")
MOST_QUESTIONS = 20


class OpenedObject(f.Choice):
    """One of the objects that domains have opened."""

    @property
    def options(self) -> dict[str, Any]:
        return offered.collections()


class OpenedField(f.Choice):
    """One of their fields."""

    @property
    def options(self) -> dict[str, Any]:
        return offered.fields()


class WebForm(Record):
    name = f.Text("名称", max_length=60, search=True)
    heading = f.Text("标题", max_length=60, help="访客看到的标题")
    intro = f.LongText("说明", blank=True)
    thanks = f.Text("提交后", default="谢谢，我们会尽快与您联系。", help="无论结果如何，访客看到的都是这一句")
    collection = OpenedObject("生成", max_length=60, fixed="由程序提供")
    questions: Any = f.Lines("inbound.FormQuestion", "栏目")
    receiver_id: int
    receiver: Any = f.Person("接收人", help="收到的记录归她所有")
    active = f.Boolean("启用", default=True)
    sites = f.Text("允许嵌入的网站", blank=True, help="如 https://www.example.com，多个用空格隔开；留空只用独立页面")
    most_an_hour = f.Integer("每小时最多", default=10, least=1, most=1000, help="同一网络地址每小时最多提交几次", total="none")
    key = f.Text("公开编号", blank=True, unique=True, max_length=40, editable=False)
    received = f.Integer("已收到", default=0, editable=False)
    received_at = f.DateTime("最近收到", blank=True, editable=False)

    spec = Spec(
        label="网页表单",
        collection="web-forms",
        columns=("name", "heading", "receiver", "active", "received", "received_at"),
        filters=("name", "active", "receiver"),
        sections={
            "表单": ("name", "heading", "intro", "questions", "thanks"),
            "去向": ("collection", "receiver", "active"),
            "防护": ("sites", "most_an_hour"),
            "公开": ("key", "received", "received_at"),
        },
        scope=everyone,
    )

    def derive(self) -> None:
        self.key = self.key or secrets.token_urlsafe(12)

    def validate(self) -> None:
        wrong = [site for site in self.sites.split() if not SITE.fullmatch(site)]
        if wrong:
            raise Invalid.of({"sites": f"应如 https://www.example.com，不能是“{wrong[0]}”"}, {"sites": "允许嵌入的网站"})
        if self.incoming.get("questions"):
            refuse_unfit(self.collection, self.incoming["questions"])


class FormQuestion(Line):
    """栏目: one question of a form, or one value that is filled in without asking."""

    form: Any = f.Parent("inbound.WebForm", "questions")
    field = OpenedField("栏目", max_length=60)
    label = f.Text("显示为", blank=True, max_length=40)
    required = f.Boolean("必填")
    fixed = f.Text("固定值", blank=True, help="填了它就不问访客，直接写入")


def refuse_unfit(collection: str, rows: Any) -> None:
    """Every question belongs to the object, once, and what it cannot do without is there. Raises Invalid beside the table."""
    target, named = offered.opened(collection), [row["field"] for row in rows]
    kinds = target.model.declared()
    if len(named) > MOST_QUESTIONS or len(named) != len(set(named)) or set(named) - set(target.fields):
        raise Invalid.of({"questions": f"最多 {MOST_QUESTIONS} 栏，每栏只能有一次"}, {"questions": "栏目"})
    for row in rows:
        if row.get("fixed"):
            _refuse_wrong(kinds[row["field"]], row["fixed"])
    asked = {row["field"] for row in rows if row.get("fixed") or row.get("required")}
    needed = [k.label for n, k in kinds.items() if k.editable and k.required and not k.expected and n not in asked]
    if needed:
        raise Invalid.of({"questions": f"还缺必填的栏目：{'、'.join(needed)}"}, {"questions": "栏目"})


def _refuse_wrong(kind: Any, text: str) -> None:
    try:
        kind.read(text)
    except ValueError as error:
        raise Invalid.of({"questions": f"{kind.label}的固定值不对：{error}"}, {"questions": "栏目"}) from None
