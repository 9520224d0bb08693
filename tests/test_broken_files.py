"""坏文件: whatever bytes are sent as a file, the answer is a reason in Chinese or a file that is kept, never an error."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from xlsxwriter import Workbook

from zhike.features.jobs.run import run_now
from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make, make_department, make_user

pytestmark = pytest.mark.django_db
EACH = 12
NONSENSE = (b"", b"<", b"<a>" * 1000, b"\xff\xfe", b"{{", b"{% for %}", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")


@pytest.fixture
def boss(settings: Any, tmp_path: Any) -> Api:
    settings.FILES_FOLDER = tmp_path
    return Api(make_user("boss", Reach.ALL, make_department("总部")))


def workbook() -> bytes:
    written = BytesIO()
    with Workbook(written) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate([("登记名称", "电话"), ("甲公司", "13800138000"), ("乙公司", 5)]):
            sheet.write_row(row, 0, cells)
    return written.getvalue()


def paper() -> bytes:
    document, written = Document(), BytesIO()
    document.add_paragraph("报价 {{ number }} {% for item in items %}{{ item.product }}{% endfor %}")
    document.save(written)
    return written.getvalue()


def packed(whole: bytes, content: bytes) -> bytes:
    """The same archive with the same parts, each with this content: sound outside, nonsense within."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(whole)) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            new.writestr(name, content)
    return written.getvalue()


def broken(whole: bytes, seed: str) -> Iterator[bytes]:
    """Cut off, bytes turned, pieces doubled or taken out."""
    dice = random.Random(seed)
    for _ in range(EACH):
        at, length = dice.randrange(len(whole)), dice.randint(1, 40)
        before, after, noise = whole[:at], whole[at + length :], dice.randbytes(length)
        yield dice.choice([before, whole[at:], before + noise + after, before + after, whole + whole[at:]])


def imported(boss: Api, name: str, content: bytes) -> None:
    sent = boss.client.post("/api/v1/imports", {"collection": "customers", "file": SimpleUploadedFile(name, content)})
    assert sent.status_code in (201, 422), (name, content[:60], sent.content[:200])
    if sent.status_code == 201 and sent.json()["mapping"]["columns"]:
        started = boss.post(f"imports/{sent.json()['id']}/check", {})
        assert started.status_code in (202, 422), started.content
        if started.status_code == 202:
            done = run_now(started.json()["id"])
            assert "内部错误" not in done.error, (name, content[:60], done.error)


CSV = "登记名称,电话\r\n甲公司,13800138000\r\n“乙公司”,5\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_no_broken_csv_is_an_error(encoding: str, boss: Api) -> None:
    for content in broken(CSV.encode(encoding), encoding):
        imported(boss, "客户.csv", content)


def test_no_broken_workbook_is_an_error(boss: Api) -> None:
    inside = [packed(workbook(), content) for content in NONSENSE]
    for content in [*broken(workbook(), "xlsx"), *inside]:
        imported(boss, "客户.xlsx", content)


def test_no_broken_template_is_an_error(boss: Api) -> None:
    customer = make_quote(boss)
    inside = [packed(paper(), content) for content in NONSENSE]
    for content in [*broken(paper(), "docx"), *inside]:
        file = boss.client.post("/api/v1/files", {"file": SimpleUploadedFile("模板.docx", content)})
        if file.status_code == 422:
            continue
        sent = {"name": "坏模板", "collection": "quotes", "file": [file.json()["id"]], "active": True}
        kept = boss.post("document-templates", sent)
        assert kept.status_code in (201, 422), kept.content
        answer = boss.get(f"quotes/{customer}/document", format="docx")
        assert answer.status_code in (200, 422), (content[:60], answer.content[:300])


def make_quote(boss: Api) -> int:
    from zhike.kernel.registry import find

    return int(make(find("quotes"), actor=boss.person).pk)
