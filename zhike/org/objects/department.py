"""部门: one node of the company tree."""

from __future__ import annotations

from django.apps import apps

from zhike.kernel.declare import Invalid, Record, Spec, f, related
from zhike.org.scopes import everyone


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

    spec = Spec(
        label="部门",
        collection="departments",
        menu="组织",
        place=90,
        subtitle=("parent",),
        columns=("name", "kind", "parent", "manager"),
        filters=("name", "kind", "parent"),
        sections={"基本信息": ("name", "code", "kind", "parent", "manager")},
        order="name",
        scope=everyone,
        quick=("name", "parent"),
        related=(related("org.Person", "department", "人员"), related("org.Department", "parent", "下级部门")),
    )

    @classmethod
    def below(cls, ids: list[int]) -> list[int]:
        """These departments and every one under them."""
        from zhike.org.revision import organisation

        revision = apps.get_model("org.Revision").objects.values_list("value", flat=True).get()
        tree = organisation(revision)
        return sorted({found for pk in ids for found in tree.below(pk)})

    def validate(self) -> None:
        if self.pk and self.parent_id in self.below([self.pk]):
            raise Invalid.of({"parent": "不能是本部门或它的下级"}, {"parent": "上级部门"})
