"""联系人: a person at one or several companies, with a role in their decisions."""

from typing import Any

from zhike.kernel.declare import Line, Record, Refused, Spec, f, option, related, same
from zhike.org.scopes import by_owner

ROLES = {
    "decider": option("决策者", color="red"),
    "approver": option("审批者", color="orange"),
    "influencer": option("影响者", color="gold"),
    "user": option("使用者", color="blue"),
    "buyer": option("采购经办", color="cyan"),
    "supporter": option("支持者", color="green"),
    "gatekeeper": option("把关人", color="default"),
}


class Contact(Record):
    name = f.Text("姓名", search=True, max_length=100, synonyms=("contact", "contact_name", "联系人", "联系人姓名"))
    gender = f.Choice("称谓", {"male": "先生", "female": "女士"}, blank=True, synonyms=("gender", "性别"))
    companies = f.Lines("customers.ContactCompany", "所属公司")
    mobile = f.Phone("手机", blank=True, synonyms=("mobile", "cell", "手机号", "手机号码"))
    phone = f.Phone("座机", blank=True, synonyms=("phone", "电话", "固定电话"))
    email = f.Email("邮箱", blank=True, synonyms=("email", "mail", "电子邮件"))
    wechat = f.Text("微信", blank=True, max_length=60, search=True, synonyms=("wechat", "微信号"))
    birthday = f.Date("生日", blank=True, synonyms=("birthday",))
    preferences = f.LongText("偏好与需求", blank=True)
    notes = f.LongText("备注", blank=True, synonyms=("notes", "remark"))
    completeness = f.Completeness(of=("name", "companies", "mobile", "email"))

    spec = Spec(
        label="联系人",
        collection="contacts",
        menu="客户",
        place=11,
        subtitle=("mobile", "email"),
        columns=("name", "gender", "mobile", "phone", "email", "wechat", "owner", "updated_at"),
        filters=("name", "mobile", "email", "birthday", "owner", "department", "created_at"),
        sections={
            "基本信息": ("name", "gender", "mobile", "phone", "email", "wechat"),
            "所属公司": ("companies",),
            "更多": ("birthday", "preferences", "notes"),
        },
        scope=by_owner,
        follows=("companies.customer",),
        merge=True,
        quick=("name", "mobile", "companies"),
        duplicates=(
            same("mobile", reason="手机相同"),
            same("phone", reason="座机相同"),
            same("email", key=str.lower, reason="邮箱相同"),
        ),
        related=(
            related("customers.Interaction", "contact"),
            related("sales.Opportunity", "contact"),
            related("customers.Task", "contact", along=True),
        ),
    )

    def derive(self) -> None:
        """Whoever has companies has one that is hers in the first place."""
        companies = self.incoming.get("companies") or []
        if companies and not any(c.get("primary") for c in companies):
            companies[0]["primary"] = True

    def validate(self) -> None:
        companies = self.incoming.get("companies") or []
        if len({c["customer"] for c in companies}) < len(companies):
            raise Refused("同一公司只能填写一次", {"companies": "同一公司只能填写一次"})
        if sum(bool(c.get("primary")) for c in companies) > 1:
            raise Refused("主要任职只能有一个", {"companies": "主要任职只能有一个"})


class ContactCompany(Line):
    """任职: the contact's post at one company."""

    contact: Any = f.Parent("customers.Contact", "companies")
    customer: Any = f.Ref("customers.Customer", "公司", synonyms=("company", "account", "公司", "客户", "单位"))
    position = f.Text("职务", blank=True, max_length=100, synonyms=("position", "title", "职位", "岗位"))
    role = f.Choice("决策角色", ROLES, blank=True)
    primary = f.Boolean("主要任职")
