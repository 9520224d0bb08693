"""自定义字段: a field that an administrator adds to an object."""

from __future__ import annotations

from typing import Any

from django.db import models

from zhike.features.fields import names, usage
from zhike.features.fields.sorts import CHOOSING, COUNTING, POINTING, SORTS
from zhike.kernel.declare import Invalid, Line, Record, Refused, Spec, action, f, option
from zhike.kernel.registry import every_object, objects
from zhike.kernel.writes.numbers import wrong_pattern
from zhike.org.scopes import everyone

MOST_FIELDS, MOST_OPTIONS = 100, 200
COLORS = {
    "": "无", "red": "红", "orange": "橙", "gold": "黄", "green": "绿", "cyan": "青", "blue": "蓝", "purple": "紫",
    "default": "灰",
}  # fmt: skip
WATCHED = ("collection", "name", "kind", "target", "pattern", "label", "state")
PLAIN_NUMBER = "{seq:6}"
FIXED = {"collection": "建好之后不能换到别的对象", "name": "建好之后不能改名"}


class ObjectChoice(f.Choice):
    """One of the objects that stand in the menu, by what people call it."""

    @property
    def options(self) -> dict[str, Any]:
        """None are declared: the options are the objects themselves, known when all of these are there."""
        return {c: option(m.spec.label) for c, m in objects().items() if m.spec.menu and m is not ExtraField}


class ExtraField(Record):
    """A definition. What it means for the records of its object, `definitions` says."""

    label = f.Text("名称", max_length=40, search=True)
    collection = ObjectChoice("对象", max_length=60, help="给哪个对象加字段；建好之后不能改")
    kind = f.Choice("类型", SORTS, default="text", help="已有记录填写之后不能改")
    name = f.Text("字段名", blank=True, max_length=40, help="接口中的名字，形如 x_region；留空由名称的拼音得出，建好之后不能改")
    options = f.Lines("fields.ExtraOption", "选项", when={"kind": CHOOSING}, help="已有记录选用的不能去掉")
    target = ObjectChoice("引用的对象", blank=True, max_length=60, when={"kind": POINTING}, help="指向哪个对象")
    pattern = f.Text(
        "编号格式", blank=True, max_length=50, when={"kind": (COUNTING,)}, help="形如 KH{yyyy}{mm}-{seq:5}；留空为六位流水号"
    )
    required = f.Boolean("必填", help="人填写时必须有；导入和流程生成的记录可以没有，标为资料不全")
    searchable = f.Boolean("可搜索", help="能被全局搜索和列表搜索找到")
    help = f.Text("提示", blank=True, help="填写时显示在输入框旁")
    section = f.Text("分组", blank=True, max_length=40, help="写已有分组的名称就排在它的末尾；留空为“其他信息”")
    position = f.Integer("次序", default=0, least=0, most=10_000, help="小的在前", total="none")
    state = f.State("状态", {"active": option("使用中", color="green"), "retired": option("已停用", color="default")})

    spec = Spec(
        label="自定义字段",
        collection="extra-fields",
        menu="设置",
        place=95,
        title="label",
        subtitle=("collection", "kind"),
        columns=("label", "collection", "kind", "name", "required", "searchable", "section", "state"),
        filters=("collection", "kind", "state"),
        sections={
            "字段": ("label", "collection", "kind", "options", "target", "pattern"),
            "填写与显示": ("required", "searchable", "help", "section", "position"),
            "接口": ("name",),
        },
        order="collection,position,label",
        scope=everyone,
    )

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["collection", "name"], name="extra_field_named_once")]

    @action("停用", source="active", target="retired", danger=True)
    def retire(self, actor: Any) -> None:
        """Hide the field everywhere; what was filled in is kept."""

    @action("恢复使用", source="retired", target="active")
    def restore(self, actor: Any) -> None:
        """Show it again with everything that was filled in."""

    def derive(self) -> None:
        if not self.name:
            self.name = names.free(self.collection, self.label)
        elif not self.name.startswith("x_"):
            self.name = f"x_{self.name}"
        if self.kind == COUNTING:
            self.pattern, self.required = self.pattern or PLAIN_NUMBER, False
        names.name_options(self)

    def validate(self) -> None:
        before = type(self)._base_manager.filter(pk=self.pk).values(*WATCHED).first()
        wrong = self.wrong_place(before) | self.wrong_sort() | self.wrong_change(before)
        if wrong:
            raise Invalid.of(wrong, {n: k.label for n, k in type(self).declared().items()})
        if before is None and type(self)._base_manager.filter(collection=self.collection).count() >= MOST_FIELDS:
            raise Refused(f"每个对象最多 {MOST_FIELDS} 个自定义字段")

    def wrong_place(self, before: Any) -> dict[str, str]:
        """Another object or name than it has, a name that cannot be, a label that is taken."""
        if before:
            found = {n: reason for n, reason in FIXED.items() if getattr(self, n) != before[n]}
        else:
            reason = names.wrong(self.collection, self.name)
            found = {"name": reason} if reason else {}
        taken = (before is None or self.label != before["label"] or self.state != before["state"]) and names.taken(self)
        return found | ({"label": f"{every_object()[self.collection].spec.label}已有名为“{self.label}”的字段"} if taken else {})

    def wrong_sort(self) -> dict[str, str]:
        """Options without a choice, a reference to nowhere."""
        labels, values = [shown for shown, _ in names.chosen(self)], [value for _, value in names.chosen(self)]
        found: dict[str, str] = {}
        if self.kind in CHOOSING and not 0 < len(labels) <= MOST_OPTIONS:
            found["options"] = f"请给出 1 到 {MOST_OPTIONS} 个选项"
        elif self.kind in CHOOSING and (len(set(labels)) < len(labels) or len(set(values)) < len(labels)):
            found["options"] = "选项的名称与代码都不能重复"
        elif labels and self.kind not in CHOOSING:
            found["options"] = "只有单选和多选才有选项"
        if bool(self.target) != (self.kind in POINTING):
            found["target"] = "只有引用才指向别的对象" if self.target else "请选择引用的对象"
        if self.kind == COUNTING and (reason := wrong_pattern(self.pattern)):
            found["pattern"] = reason
        elif self.pattern and self.kind != COUNTING:
            found["pattern"] = "只有自动编号才有编号格式"
        return found

    def wrong_change(self, before: Any) -> dict[str, str]:
        """What records that are filled in do not allow."""
        if before is None:
            return {}
        changed = [n for n in ("kind", "target", "pattern") if getattr(self, n) != before[n]]
        if changed and usage.used(before["collection"], before["name"]):
            return dict.fromkeys(changed, "已有记录填写了这个字段，不能再改；可以停用它，另建一个")
        gone = names.gone(self)
        lost = [shown for value, shown in gone.items() if usage.chosen(self, value)]
        return {"options": f"已有记录选用了“{'、'.join(lost)}”，不能去掉"} if lost else {}


class ExtraOption(Line):
    """One option of a 单选 or 多选."""

    field = f.Parent("fields.ExtraField", "options")
    label = f.Text("名称", max_length=40)
    color = f.Choice("颜色", COLORS, blank=True)
    value = f.Text("代码", blank=True, max_length=40, help="接口中的值；留空由名称的拼音得出")
