"""导入与导出: spreadsheets in and out from the command line, in the name and within the rights of a user."""

import argparse
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from zhike.project.commands.people import find_person
from zhike.project.errors import CommandFailed
from zhike.project.ready import ready


def load(arguments: argparse.Namespace) -> int:
    with ready():
        from zhike.features.transfer.command import run_import

        result = run_import(
            arguments.collection,
            Path(arguments.file),
            actor=find_person(arguments.username),
            mapping=read_mapping(arguments.collection, arguments.mapping),
            on_duplicate=arguments.on_duplicate,
            dry_run=arguments.dry_run,
        )
    if arguments.json:
        print(json.dumps(result, ensure_ascii=False))
    else:
        tell(result, dry_run=arguments.dry_run)
    return 0


def save(arguments: argparse.Namespace) -> int:
    wanted = _json(arguments.filter, "筛选条件") if arguments.filter else None
    with ready():
        from zhike.features.transfer.command import run_export

        result = run_export(arguments.collection, Path(arguments.file), actor=find_person(arguments.username), filter=wanted)
    print(f"已导出 {result['rows']} 行到 {arguments.file}")
    return 0


def read_mapping(collection: str, given: str | None) -> dict[str, Any] | None:
    """The mapping in a file, or the saved one of that name."""
    if given is None:
        return None
    if not Path(given).is_file():
        from zhike.features.transfer.command import named_mapping

        return named_mapping(collection, given)
    found = _json(Path(given).read_text(encoding="utf-8-sig"), "对应关系")
    # A mapping shipped with a pack, or saved through the interface, lies in an envelope with its name.
    mapping: dict[str, Any] = found.get("mapping", found)
    return mapping


def tell(result: dict[str, Any], *, dry_run: bool) -> None:
    """What became of the rows, for a person."""
    counts = "，".join(f"{label} {result[name]} 行" for name, label in COUNTS.items())
    print(f"试导入：将{counts}" if dry_run else f"导入完成：{counts}")
    for field, values in result.get("unknown", {}).items():
        for value in values:
            suggestion = f"，可能是“{value['suggestion']['label']}”" if value["suggestion"] else ""
            print(f"  {field}：不认识“{value['value']}”（{value['count']} 行）{suggestion}")
    for why in result["reasons"]:
        rows = "、".join(str(row) for row in why["rows"])
        more = "等" if why["count"] > len(why["rows"]) else ""
        print(f"  {why['count']} 行：{why['label'] and why['label'] + '：'}{why['reason']}（第 {rows} 行{more}）")
    if result["refused_file"]:
        print(f"退回的行与原因在 {result['refused_file']}，改好后可以再次导入")
    if result["undo_until"]:
        until = datetime.fromisoformat(result["undo_until"]).astimezone()
        print(f"{until:%Y年%m月%d日} 之前可以撤销：在网页上打开 /imports/{result['import']}")


COUNTS = {"created": "新增", "updated": "更新", "skipped": "跳过", "refused": "退回"}


def _json(text: str, what: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as wrong:
        raise CommandFailed(f"{what}不是正确的 JSON：{wrong}") from wrong
    if not isinstance(found, dict):
        raise CommandFailed(f"{what}应为 JSON 对象")
    return found
