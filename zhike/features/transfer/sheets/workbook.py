"""Reading workbooks (工作簿: XLSX, XLS, ODS): one sheet is laid out as a CSV file once and streamed from there.

The sheet is laid out in a process of its own with limited memory and time. A workbook made to exhaust the machine, or one
that crashes the parser, ends that process and becomes one sentence to the person, while server and worker go on; the memory
a large sheet needs is given back as soon as it is laid out.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from zhike.features.transfer.sheets.archive import refuse_bomb
from zhike.features.transfer.sheets.limits import Limits
from zhike.features.transfer.sheets.unreadable import UnreadableFile

# The folder that holds the package, so that the process finds it however this one was started.
ROOT = Path(__file__).parents[4]


@dataclass(frozen=True)
class Unpacked:
    """What the unpacking said: the sheet it took, and all that could have been taken."""

    sheet: str
    sheets: tuple[str, ...]


def unpack_workbook(path: Path, target: Path, *, kind: str, sheet: str | None, limits: Limits) -> Unpacked:
    """Lay one sheet of a workbook out as a UTF-8 CSV file at `target`: the named one, or the first that has rows."""
    if kind != "xls":
        refuse_bomb(path, limits)
    order = {"path": str(path.resolve()), "target": str(target.resolve()), "sheet": sheet, "columns": limits.columns}
    order |= {"rows": limits.rows, "memory": limits.memory, "seconds": limits.seconds}
    command = [sys.executable, "-m", "zhike.features.transfer.sheets.unpacking", json.dumps(order)]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=limits.seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile("工作簿太大，打开超时，请另存为 CSV 再导入。") from error
    if done.returncode != 0:
        raise UnreadableFile("工作簿无法打开：文件已损坏，或者数据范围过大。请删除多余的空行空列，或另存为 CSV 再导入。")
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise UnreadableFile(answer["refused"])
    return Unpacked(answer["sheet"], tuple(answer["sheets"]))
