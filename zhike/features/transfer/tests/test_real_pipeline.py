"""A real sales team's files (Maven CRM): from four spreadsheets to the figures its manager knows, by the shipped mappings."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from zhike.features.transfer.command import named_mapping, run_export, run_import
from zhike.features.transfer.models import Import
from zhike.features.transfer.tests.conftest import Importer
from zhike.project.commands.transfer import tell

FILES = Path(__file__).parents[4] / "tests" / "data" / "maven_crm"
STEPS = (
    ("products", "products.csv", "Maven CRM 产品", 7),
    ("customers", "accounts.csv", "Maven CRM 客户", 85),
    ("people", "sales_teams.csv", "Maven CRM 销售团队", 35),
    ("opportunities", "sales_pipeline.csv", "Maven CRM 销售管道", 8800),
)


def taken(boss: Importer, collection: str, file: str, mapping: str) -> tuple[int, int, int]:
    """What an import by a shipped mapping created, skipped and refused."""
    result = run_import(collection, FILES / file, actor=boss.person, mapping=named_mapping(collection, mapping))
    return result["created"], result["skipped"], result["refused"]


@pytest.fixture
def pipeline(boss: Importer) -> None:
    for collection, file, mapping, created in STEPS:
        assert taken(boss, collection, file, mapping) == (created, 0, 0)


def figures(boss: Importer, **query: Any) -> Any:
    return boss.get("opportunities/aggregate", **query).json()["rows"]


def test_the_misspelt_product_is_offered_as_the_one_there_is_before_anything_is_written(boss: Importer) -> None:
    run_import("products", FILES / "products.csv", actor=boss.person, mapping=named_mapping("products", "Maven CRM 产品"))
    found = boss.upload("opportunities", (FILES / "sales_pipeline.csv").read_bytes(), "sales_pipeline.csv").json()
    assert found["mapping"]["dates"] == "mdy"
    assert found["mapping"]["match"] == ["number"]
    assert {header: to["field"] for header, to in found["mapping"]["columns"].items()} == {
        "opportunity_id": "number",
        "sales_agent": "owner",
        "product": "products.product",
        "account": "customer",
        "deal_stage": "stage",
        "engage_date": "engaged_on",
        "close_date": "closed_on",
        "close_value": "amount",
    }
    (offered,) = found["unknown"]["products.product"]
    assert (offered["value"], offered["count"], offered["suggestion"]["label"]) == ("GTXPro", 1480, "GTX Pro")
    assert boss.rows("opportunities", "number") == []


@pytest.mark.covers("K-48")
def test_the_figures_are_those_the_manager_knows(boss: Importer, pipeline: None) -> None:
    stages = {row["stage"]: row["count"] for row in figures(boss, group="stage", measures="count")}
    assert stages == {"won": 4238, "lost": 2473, "engaging": 1589, "prospecting": 500}
    (won,) = figures(boss, measures="sum:won_amount,avg:won_amount", filter={"field": "stage", "op": "eq", "value": "won"})
    assert Decimal(won["sum:won_amount"]) == Decimal("10005534.00")
    assert round(Decimal(won["avg:won_amount"]), 2) == Decimal("2360.91")
    assert round(Decimal(100 * stages["won"]) / (stages["won"] + stages["lost"]), 2) == Decimal("63.15")
    (incomplete,) = figures(boss, measures="count", filter={"field": "incomplete", "op": "eq", "value": True})
    (without,) = figures(boss, measures="count", filter={"field": "customer", "op": "empty"})
    assert (incomplete["count"], without["count"]) == (1425, 1425)
    (customers,) = boss.get("customers/aggregate", measures="count").json()["rows"]
    assert customers["count"] == 85
    one = {"field": "number", "op": "eq", "value": "Z063OYW0"}
    shown = ("number", "owner", "customer", "engaged_on", "closed_on", "amount", "products", "department", "created_at")
    (deal,) = boss.rows("opportunities", *shown, filter=one)
    assert (deal["owner"]["label"], deal["customer"]["label"], deal["department"]["label"]) == (
        "Darcel Schlecht",
        "Isdom",
        "Central",
    )
    assert (deal["engaged_on"], deal["closed_on"], deal["amount"]) == ("2016-10-25", "2017-03-11", "4514.00")
    assert [line["product"]["label"] for line in deal["products"]] == ["GTX Pro"]
    assert deal["created_at"].startswith("2016-10-24T16:00:00")
    parents = boss.rows("customers", "name", "parent", filter={"field": "parent", "op": "filled"})
    assert (len(parents), {row["parent"]["label"] for row in parents if row["name"] == "Cheers"}) == (15, {"Massive Dynamic"})
    agents = boss.rows("people", "name", "manager", "department", filter={"field": "name", "op": "eq", "value": "Moses Frase"})
    assert (agents[0]["manager"]["label"], agents[0]["department"]["label"]) == ("Dustin Brinkmann", "Central")


def test_the_same_files_again_add_nothing(boss: Importer) -> None:
    for collection, file, mapping, created in STEPS[:3]:
        assert taken(boss, collection, file, mapping) == (created, 0, 0)
        assert taken(boss, collection, file, mapping) == (0, created, 0)


def test_the_command_line_writes_refused_rows_beside_the_file_and_says_why(
    boss: Importer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "客户.csv"
    file.write_text("登记名称,客户级别\n甲公司,A级\n乙公司,特级\n", encoding="gb18030")
    told = run_import("customers", file, actor=boss.person, dry_run=True)
    assert (told["created"], told["refused"], told["unknown"]["level"][0]["value"]) == (1, 1, "特级")
    assert boss.rows("customers", "name") == []
    result = run_import("customers", file, actor=boss.person)
    assert (result["created"], result["refused"]) == (1, 1)
    assert result["refused_file"] == str(tmp_path / "客户 退回的行.csv")
    assert "第 3 行：客户级别：不认识的选项“特级”" in Path(result["refused_file"]).read_text(encoding="utf-8-sig")
    tell(told, dry_run=True)
    assert "撤销" not in capsys.readouterr().out
    tell(result, dry_run=False)
    until = timezone.localtime(Import.objects.get(pk=result["import"]).undo_until())
    assert capsys.readouterr().out.splitlines() == [
        "导入完成：新增 1 行，更新 0 行，跳过 0 行，退回 1 行",
        "  1 行：客户级别：不认识的选项“特级”，可选：A级、B级、C级、D级（第 3 行）",
        f"退回的行与原因在 {tmp_path / '客户 退回的行.csv'}，改好后可以再次导入",
        f"{until:%Y年%m月%d日} 之前可以撤销：在网页上打开 /imports/{result['import']}",
    ]
    assert run_export("customers", tmp_path / "out.xlsx", actor=boss.person) == {"rows": 1}
    assert (tmp_path / "out.xlsx").read_bytes()[:2] == b"PK"


def test_every_shipped_mapping_is_a_file_of_its_pack() -> None:
    shipped = Path(__file__).parents[3] / "packs" / "company" / "mappings"
    names = {json.loads(file.read_text(encoding="utf-8"))["name"] for file in shipped.glob("*.json")}
    assert names == {name for _, _, name, _ in STEPS}


def test_the_commands_know_import_and_export() -> None:
    told = subprocess.run([sys.executable, "-m", "zhike", "import", "--help"], capture_output=True, text=True, check=True)
    assert "--on-duplicate" in told.stdout
