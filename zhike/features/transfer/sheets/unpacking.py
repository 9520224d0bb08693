"""The process that lays one sheet of a workbook out as a CSV file (展开工作簿); see `workbook` for why it stands alone."""

import csv
import io
import json
import resource
import sys
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from zhike.features.transfer.sheets.cells import cell_text


def main() -> None:
    order = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"], order["seconds"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump(unpack(order), sys.stdout)


def unpack(order: dict[str, Any]) -> dict[str, Any]:
    try:
        # By content: a file opened by its path would be judged by its name, and a workbook named .csv is still a workbook.
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(Path(order["path"]).read_bytes()))
        names = [meta.name for meta in workbook.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
        name, sheet = choose(workbook, names, order["sheet"])
    except PasswordError:
        return {"refused": "工作簿有密码，请去掉密码后再导入。"}
    except CalamineError:
        return {"refused": "工作簿不完整或已损坏，请用 Excel 或 WPS 打开后重新另存。"}
    if sheet is None:
        return {"refused": f"工作簿里没有名为“{order['sheet']}”的工作表。" if order["sheet"] else "工作簿是空的，没有数据。"}
    if refusal := too_large(sheet, order):
        return {"refused": refusal}
    if refusal := lay_out(sheet, order["target"]):
        return {"refused": refusal}
    return {"sheet": name, "sheets": names}


def choose(workbook: CalamineWorkbook, names: list[str], wanted: str | None) -> tuple[str, CalamineSheet | None]:
    """The named sheet; else the first visible one that is not empty."""
    hidden = {meta.name for meta in workbook.sheets_metadata if meta.visible != SheetVisibleEnum.Visible}
    for name in names:
        if name == wanted or (wanted is None and name not in hidden):
            sheet = workbook.get_sheet_by_name(name)
            if sheet.width or wanted:
                return name, sheet
    return "", None


def too_large(sheet: CalamineSheet, order: dict[str, Any]) -> str | None:
    width = sheet.end[1] - sheet.start[1] + 1 if sheet.start and sheet.end else 0
    if width > order["columns"]:
        return f"工作表有 {width:,} 列，最多 {order['columns']:,} 列，请删除多余的列。"
    return None


def lay_out(sheet: CalamineSheet, target: str) -> str | None:
    with Path(target).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for number, row in enumerate(sheet.iter_rows(), 1):
            cells = [cell_text(value) for value in row]
            if any("\0" in cell for cell in cells):
                return f"第 {number} 行含有空字符（NUL），请删除后重新保存。"
            writer.writerow(cells if any(cells) else [])
    return None


if __name__ == "__main__":
    main()
