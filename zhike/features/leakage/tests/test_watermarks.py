"""水印: every file somebody takes along tells who she is and when, no cell holds it, and it can be switched off."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from zhike.features.transfer.tests.conftest import Importer
from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make_department, make_user
from zhike.testing.team import added

pytestmark = pytest.mark.django_db
WHEN = r"\d{4}-\d\d-\d\d \d\d:\d\d"


@pytest.fixture
def boss(settings: Any, tmp_path: Any) -> Importer:
    settings.FILES_FOLDER = tmp_path
    return Importer(make_user("boss", Reach.ALL, make_department("信息部")))


def switch(boss: Api, key: str, value: str) -> None:
    added(boss, "parameters", key=key, value=value)


def parts(workbook: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(workbook)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def test_a_workbook_bears_the_name_on_screen_on_paper_and_in_its_properties(boss: Importer) -> None:
    added(boss, "customers", name="甲公司")
    content = boss.exported("customers", fields=["name"], format="xlsx")
    found = parts(content)
    assert re.search(f"boss boss {WHEN}", found["xl/drawings/drawing1.xml"])
    assert re.search(f"<oddHeader>&amp;C&amp;14&amp;K999999boss boss {WHEN}</oddHeader>", found["xl/worksheets/sheet1.xml"])
    assert re.search(f"<dc:creator>boss boss {WHEN}</dc:creator>", found["docProps/core.xml"])
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows == [["登记名称"], ["甲公司"]]


def test_switched_off_there_is_no_trace_of_it(boss: Importer) -> None:
    added(boss, "customers", name="甲公司")
    switch(boss, "watermark_files", "0")
    switch(boss, "watermark_screen", "0")
    found = parts(boss.exported("customers", fields=["name"], format="xlsx"))
    assert "xl/drawings/drawing1.xml" not in found
    assert "boss" not in "".join(found.values())
    assert boss.get("meta").json()["watermark"] == {"screen": "", "pictures": ""}


def test_a_marked_csv_comes_back_without_its_mark(boss: Importer) -> None:
    plain = boss.exported("customers", fields=["name"], format="csv").decode("utf-8-sig")
    assert plain == "登记名称\r\n"
    added(boss, "customers", name="甲公司")
    switch(boss, "watermark_files", "2")
    content = boss.exported("customers", fields=["name", "notes"], format="csv")
    header, row, mark = content.decode("utf-8-sig").splitlines()
    assert (header, row) == ("登记名称,备注", "甲公司,")
    assert re.fullmatch(f"〔水印〕boss boss {WHEN}", mark)
    found = boss.imported("customers", content, on_duplicate="skip")["result"]
    assert (found["created"], found["skipped"], found["refused"]) == (0, 1, 0)


def test_the_screen_names_whoever_looks(boss: Importer) -> None:
    seller = Api(make_user("seller", Reach.SELF, make_department("销售部")))
    assert seller.get("meta").json()["watermark"] == {"screen": "seller seller", "pictures": "seller seller"}
    today = boss.post("session/delegations", {"delegate": seller.person.pk, **day()}).json()
    seller.post("session/acting", {"delegation": today["given"][0]["id"]})
    assert seller.get("meta").json()["watermark"]["screen"] == "seller seller"


def day() -> dict[str, str]:
    from django.utils import timezone

    return dict.fromkeys(("starts_on", "ends_on"), timezone.localdate().isoformat())
