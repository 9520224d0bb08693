"""Added fields in spreadsheets, and what they cost."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhike.features.fields.tests.defining import OPTIONS, changes, defined, ids
from zhike.features.files.models import StoredFile
from zhike.features.files.store import path_of
from zhike.features.jobs.run import run_now
from zhike.kernel.registry import objects
from zhike.kernel.writes import create
from zhike.org.objects.person import System
from zhike.testing.kit import Api
from zhike.testing.team import added

pytestmark = pytest.mark.django_db
SHEET = """登记名称,占地面积,大区,签约日,推荐产品,关键词
四川石化,1200.5,北方,2026/3/1,压缩机,重点、老客户
重庆长安,,south,2026年4月2日,,
成都飞机,很大,北方,2026/5/1,压缩机,
西安西电,3,东方,,,
"""


@pytest.fixture
def fields(admin: Api) -> Any:
    defined(admin, label="占地面积", name="area", kind="decimal")
    defined(admin, label="大区", name="region", kind="choice", options=OPTIONS)
    defined(admin, label="签约日", name="signed", kind="date")
    defined(admin, label="推荐产品", name="product", kind="ref", target="products")
    defined(admin, label="关键词", name="words", kind="tags", searchable=True)
    return added(admin, "products", name="压缩机")


def imported(api: Api, text: str, **choices: Any) -> Any:
    """The outcome of importing customers from a CSV file as the proposal maps it."""
    upload = SimpleUploadedFile("客户.csv", text.encode(), content_type="text/csv")
    begun = api.client.post("/api/v1/imports", {"file": upload, "collection": "customers"}).json()
    if choices:
        assert api.patch(f"imports/{begun['id']}", {"mapping": begun["mapping"], **choices}).status_code == 200
    job = api.post(f"imports/{begun['id']}/run").json()
    return begun, run_now(job["id"]).result


def text_of(file: int) -> str:
    return path_of(StoredFile.objects.get(pk=file).digest).read_text("utf-8-sig")


def test_a_file_fills_added_fields_and_wrong_cells_are_told(admin: Api, fields: Any) -> None:
    begun, result = imported(admin, SHEET)
    assert {header: column["field"] for header, column in begun["mapping"]["columns"].items()} == {
        "登记名称": "name", "占地面积": "x_area", "大区": "x_region", "签约日": "x_signed", "推荐产品": "x_product",
        "关键词": "x_words",
    }  # fmt: skip
    assert (result["created"], result["refused"]) == (2, 2)
    refused = text_of(result["refused_file"]["id"])
    assert "占地面积" in refused
    assert "东方" in refused
    [first] = admin.get("customers", q="四川石化", fields="name,x_area,x_region,x_signed,x_product,x_words").json()["rows"]
    assert first == {
        "name": "四川石化", "x_area": "1200.5000", "x_region": "north", "x_signed": "2026-03-01",
        "x_product": {"id": fields["id"], "label": "压缩机"}, "x_words": ["重点", "老客户"],
    }  # fmt: skip
    assert len(ids(admin, q="老客户")) == 1


def test_a_second_file_brings_them_up_to_date_and_can_be_taken_back(admin: Api, fields: Any) -> None:
    imported(admin, SHEET)
    pk = ids(admin, q="四川石化")[0]
    begun, result = imported(admin, "登记名称,占地面积,大区\n四川石化,99,南方\n", on_duplicate="update")
    assert (result["created"], result["updated"]) == (0, 1)
    assert changes(admin, pk) == {"占地面积": ("1200.5000", "99.0000"), "大区": ("north", "south")}
    assert admin.get(f"customers/{pk}").json()["x_words"] == ["重点", "老客户"]
    run_now(admin.post(f"imports/{begun['id']}/undo").json()["id"])
    back = admin.get(f"customers/{pk}").json()
    assert (back["x_area"], back["x_region"], back["x_signed"]) == ("1200.5000", "north", "2026-03-01")


def test_an_export_carries_them_and_comes_back_in(admin: Api, fields: Any) -> None:
    imported(admin, SHEET)
    wanted = ["name", "x_area", "x_region", "x_signed", "x_product", "x_words"]
    job = admin.post("customers/export", {"fields": wanted, "order": "-x_signed", "format": "csv"}).json()
    sheet = text_of(run_now(job["id"]).result["file"]["id"])
    assert sheet.splitlines() == [
        "登记名称,占地面积,大区,签约日,推荐产品,关键词",
        "重庆长安,,南方,2026-04-02,,",
        "四川石化,1200.5000,北方,2026-03-01,压缩机,重点、老客户",
    ]
    whole = run_now(admin.post("customers/export", {"format": "csv"}).json()["id"])
    assert "占地面积" in text_of(whole.result["file"]["id"]).splitlines()[0]
    _, result = imported(admin, sheet, on_duplicate="update")
    assert (result["created"], result["updated"], result["skipped"]) == (0, 0, 2)


def test_a_file_may_be_matched_by_an_added_field(admin: Api) -> None:
    defined(admin, label="外部编码", name="code")
    pk = added(admin, "customers", name="四川石化", x_code="SC-1")["id"]
    begun = admin.client.post(
        "/api/v1/imports",
        {"file": SimpleUploadedFile("a.csv", "外部编码,简称\nSC-1,川石\n".encode()), "collection": "customers"},
    ).json()
    mapping = {**begun["mapping"], "match": ["x_code"]}
    assert admin.patch(f"imports/{begun['id']}", {"mapping": mapping, "on_duplicate": "update"}).status_code == 200
    result = run_now(admin.post(f"imports/{begun['id']}/run").json()["id"]).result
    assert result["updated"] == 1
    assert admin.get(f"customers/{pk}").json()["short_name"] == "川石"


def test_a_program_outside_any_request_knows_them(admin: Api) -> None:
    defined(admin, label="别名", name="alias", searchable=True)
    made = create(objects()["customers"], {"name": "四川石化", "x_alias": "川石总厂"}, actor=System("script"))
    assert made.x_alias == "川石总厂"
    assert ids(admin, q="川石总") == [made.pk]


def test_added_fields_ask_the_database_no_more_often(admin: Api) -> None:
    added(admin, "customers", name="四川石化")
    before = asked(admin)
    defined(admin, label="面积", name="area", kind="money")
    defined(admin, label="产品", name="product", kind="ref", target="products")
    assert asked(admin) == before


def asked(api: Api) -> list[int]:
    """How many queries a list, a record's page and the description cost once the process is warm."""
    counts = []
    for path in ("customers", f"customers/{ids(api)[0]}/page", "meta"):
        api.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert api.get(path).status_code == 200
        counts.append(len(queries))
    return counts
