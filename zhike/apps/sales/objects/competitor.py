"""竞争对手: a company we win deals from and lose deals to."""

from zhike.kernel.declare import Record, Spec, f, option, related, same
from zhike.org.scopes import everyone

THREATS = {
    "low": option("低", color="green"),
    "medium": option("中", color="gold"),
    "high": option("高", color="red"),
}


class Competitor(Record):
    name = f.Text("名称", search=True, synonyms=("competitor", "竞争对手"))
    website = f.Url("网址", blank=True)
    threat = f.Choice("威胁程度", THREATS, default="medium")
    strengths = f.LongText("优势", blank=True)
    weaknesses = f.LongText("劣势", blank=True)
    tactics = f.LongText("应对策略", blank=True)
    won_against = f.Integer("赢过次数", default=0, editable=False, help="有它参与、由我们签约的销售机会数")
    lost_against = f.Integer("输给次数", default=0, editable=False, help="被它赢走的销售机会数")

    spec = Spec(
        label="竞争对手",
        collection="competitors",
        menu="销售",
        place=25,
        subtitle=("threat",),
        columns=("name", "threat", "won_against", "lost_against", "website", "updated_at"),
        filters=("name", "threat", "won_against", "lost_against"),
        sections={
            "基本信息": ("name", "website", "threat"),
            "分析": ("strengths", "weaknesses", "tactics"),
            "战绩": ("won_against", "lost_against"),
        },
        order="name",
        scope=everyone,
        quick=("name", "threat"),
        duplicates=(same("name", reason="名称相同"),),
        related=(related("sales.Opportunity", "competitors", "参与的销售机会"),),
    )
