"""文件模板: a DOCX in which the names of fields stand in double braces; an administrator uploads and replaces it."""

from __future__ import annotations

from zhike.features.documents.filling import refuse_unusable
from zhike.features.reports.objects.subject import ObjectChoice
from zhike.kernel.declare import Record, Spec, f
from zhike.org.scopes import everyone


class DocumentTemplate(Record):
    name = f.Text("模板名称", search=True)
    collection = ObjectChoice("用于")
    file = f.File("模板文件", blank=True, help="DOCX；{{ number }} 是字段，{% for 行 in items %} 是明细，{{ qr }} 是验证码")
    active = f.Boolean("启用", default=True)
    description = f.Text("说明", blank=True)

    spec = Spec(
        label="文件模板",
        collection="document-templates",
        menu="制度",
        place=84,
        subtitle=("collection",),
        columns=("name", "collection", "file", "active", "updated_at"),
        filters=("name", "collection", "active"),
        sections={"文件模板": ("name", "collection", "file", "active", "description")},
        order="name",
        scope=everyone,
    )

    def validate(self) -> None:
        if self.file:
            refuse_unusable(self.file, self.collection)
