"""部门: one node of the company tree."""

from __future__ import annotations

from django.apps import apps

from zhike.kernel.declare import Invalid, Record, Refused, Spec, action, f, option, related
from zhike.kernel.reach import Actor
from zhike.org.held_roles import posted_to
from zhike.org.scopes import everyone

SHOWN = 5


class Department(Record):
    """A node of the tree: headquarters, functional department, branch, affiliate or agent partner (V-01)."""

    name = f.Text("部门名称", search=True, synonyms=("regional_office", "部门", "分公司"))
    parent = f.Ref("org.Department", "上级部门", blank=True)
    kind = f.Choice(
        "类型",
        {
            "headquarters": "公司总部",
            "functional": "职能部门",
            "sales": "销售部门",
            "branch": "区域分公司",
            "affiliate": "联营公司",
            "agent": "代理伙伴",
        },
        default="sales",
    )
    manager = f.Person("部门负责人", blank=True)
    code = f.Text("部门代码", blank=True, unique=True, max_length=40)
    state = f.State("状态", {"active": option("使用中", color="green"), "closed": option("已裁撤", color="default")})

    spec = Spec(
        label="部门",
        collection="departments",
        menu="组织",
        place=90,
        subtitle=("parent",),
        columns=("name", "kind", "parent", "manager", "state"),
        filters=("name", "kind", "parent", "state"),
        sections={"基本信息": ("name", "code", "kind", "parent", "manager", "state")},
        order="name",
        scope=everyone,
        quick=("name", "parent"),
        related=(related("org.Person", "department", "人员"), related("org.Department", "parent", "下级部门")),
    )

    @action("撤销部门", source="active", target="closed", danger=True, bulk=False)
    def close(self, actor: Actor) -> None:
        """Nobody works here any more; its records stay with it until somebody hands them over."""
        below = Department._base_manager.filter(parent=self.pk, state="active").values_list("name", flat=True)
        if names := list(below[:SHOWN]):
            raise Refused(f"还有下级部门：{'、'.join(names)}；请先移走或撤销")
        people = apps.get_model("org.Person")._base_manager.filter(is_active=True)
        if names := list(people.filter(department=self.pk).values_list("name", flat=True)[:SHOWN]):
            raise Refused(f"还有在职人员：{'、'.join(names)}；请先调到别的部门")
        if names := list(people.filter(posted_to(self.pk)).values_list("name", flat=True)[:SHOWN]):
            raise Refused(f"还有人在这里兼职：{'、'.join(names)}；请先结束他们的兼职")

    @action("恢复部门", source="closed", target="active", bulk=False)
    def reopen(self, actor: Actor) -> None:
        """It is there again, where it was."""
        if self.parent and self.parent.state == "closed":
            raise Refused(f"上级部门“{self.parent.name}”已撤销，请先恢复它")

    @classmethod
    def below(cls, ids: list[int]) -> list[int]:
        """These departments and every one under them."""
        from zhike.org.revision import organisation

        revision = apps.get_model("org.Revision").objects.values_list("value", flat=True).get()
        tree = organisation(revision)
        return sorted({found for pk in ids for found in tree.below(pk)})

    def validate(self) -> None:
        if self.state == "active" and self.parent and self.parent.state == "closed":
            raise Invalid.of({"parent": "这个部门已撤销"}, {"parent": "上级部门"})
        if self.pk and self.parent_id in self.below([self.pk]):
            raise Invalid.of({"parent": "不能是本部门或它的下级"}, {"parent": "上级部门"})
