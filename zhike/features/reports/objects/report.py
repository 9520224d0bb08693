"""报表: a question over one object and the picture it is shown as."""

from __future__ import annotations

from zhike.features.reports.definition import PICTURES, read_text
from zhike.features.reports.objects.subject import ObjectChoice
from zhike.kernel.declare import Record, Spec, f, related
from zhike.org.openness import OPENNESS, opened
from zhike.org.scopes import by_owner


class Report(Record):
    """A saved report. Its definition is read by the very code that runs it, so what is saved can be run."""

    name = f.Text("名称", max_length=60, search=True)
    collection = ObjectChoice("对象")
    definition = f.LongText("定义", blank=True, help="由报表设计器写成")
    picture = f.Choice("图形", PICTURES, default="table", editable=False)
    share = f.Choice("共享", OPENNESS, default="private")
    description = f.Text("说明", blank=True, max_length=200)

    spec = Spec(
        label="报表",
        collection="reports",
        subtitle=("collection", "picture"),
        columns=("name", "collection", "picture", "share", "description", "owner", "updated_at"),
        filters=("name", "collection", "picture", "share", "owner"),
        sections={"报表": ("name", "collection", "picture", "share", "description", "definition")},
        scope=by_owner,
        readable=opened,
        related=(related("reports.ReportSubscription", "report", "定时发送"),),
    )

    def derive(self) -> None:
        """The picture is part of the definition; beside it, it can be shown in lists."""
        if self.collection:
            self.picture = read_text(self.collection, self.definition).picture
