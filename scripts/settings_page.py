"""设置说明: writes the table of settings in the administrators' guide from the list the program itself uses."""

from pathlib import Path

from zhike.project.environment import SETTINGS

PAGE = Path(__file__).resolve().parents[1] / "docs" / "administrators" / "settings.md"
BEGIN, END = "<!-- 以下表格由 make docs 生成 -->\n", "<!-- 表格结束 -->\n"


def page(text: str) -> str:
    """The page with its table brought up to date."""
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    return before + BEGIN + table() + END + after


def table() -> str:
    rows = [f"| `{one.name}` | {f'`{one.default}`' if one.default else ''} | {one.meaning} |" for one in SETTINGS.values()]
    return "\n".join(["", "| 变量 | 默认值 | 含义 |", "|---|---|---|", *rows, "", ""])


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text()))
