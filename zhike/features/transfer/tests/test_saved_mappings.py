"""Saved mappings: kept under a name, offered to all who import the same object, removed by who saved them."""

from __future__ import annotations

from zhike.features.transfer.tests.conftest import Importer
from zhike.testing.kit import make_user

MAPPING = {"columns": {"名称": {"field": "name"}}, "values": {"level": {"一级": "A级"}}, "dates": "dmy"}
WHOLE = {
    "columns": {"名称": {"field": "name", "by": "name", "unknown": "refuse"}},
    "values": {"level": {"一级": "A级"}},
    "defaults": {},
    "dates": "dmy",
    "match": [],
}


def own(api: Importer) -> list[tuple[str, str]]:
    rows = api.get("import-mappings").json()["rows"]
    return [(row["collection"], row["name"]) for row in rows if not row["name"].startswith("Maven")]


def test_a_mapping_is_saved_offered_and_removed(boss: Importer, seller: Importer) -> None:
    answer = boss.post("import-mappings", {"name": "老系统", "collection": "customers", "mapping": MAPPING})
    assert answer.status_code == 201
    saved = answer.json()
    assert (saved["name"], saved["collection"], saved["mapping"]) == ("老系统", "customers", WHOLE)
    assert own(seller) == [("customers", "老系统")]
    assert seller.delete(f"import-mappings/{saved['id']}").status_code == 404
    assert boss.delete(f"import-mappings/{saved['id']}").status_code == 204
    assert own(boss) == []


def test_who_may_import_everywhere_clears_away_what_others_saved_but_not_what_packs_bring(
    boss: Importer, seller: Importer
) -> None:
    saved = seller.post("import-mappings", {"name": "我的表", "collection": "customers", "mapping": MAPPING}).json()
    listed = {row["name"]: row for row in boss.get("import-mappings").json()["rows"]}
    assert listed["我的表"]["owner"] == {"id": seller.person.pk, "label": seller.person.name}
    assert boss.delete(f"import-mappings/{saved['id']}").status_code == 204
    shipped = next(row for row in listed.values() if row["owner"] is None)
    assert boss.delete(f"import-mappings/{shipped['id']}").status_code == 404
    assert own(boss) == []


def test_a_mapping_that_is_wrong_or_takes_a_name_is_not_saved(boss: Importer) -> None:
    good = {"name": "老系统", "collection": "customers", "mapping": MAPPING}
    assert boss.post("import-mappings", good).status_code == 201
    for wrong, fields in (
        (good, {"name": "“老系统”已存在"}),
        ({**good, "name": " "}, {"name": "名称应为 1 到 100 个字"}),
        ({**good, "name": 5}, {"name": "名称应为 1 到 100 个字"}),
        ({**good, "colour": 1}, {"mapping": "应由 name、collection 与 mapping 组成"}),
        (
            {**good, "name": "x", "mapping": {"columns": {"名称": {"field": "colour"}}}},
            {"mapping": "表头“名称”对应的字段“colour”不存在或不能导入"},
        ),
    ):
        answer = boss.post("import-mappings", wrong)
        assert (answer.status_code, answer.json()["fields"]) == (422, fields)
    assert boss.post("import-mappings", {**good, "collection": "dragons"}).status_code == 404
    assert own(boss) == [("customers", "老系统")]


def test_who_may_not_import_an_object_neither_sees_nor_saves_its_mappings(boss: Importer) -> None:
    boss.post("import-mappings", {"name": "老系统", "collection": "customers", "mapping": MAPPING})
    reader = Importer(make_user("reader", {"*": {"view": "all"}}))
    assert reader.get("import-mappings").json() == {"rows": []}
    refused = reader.post("import-mappings", {"name": "x", "collection": "customers", "mapping": MAPPING})
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
