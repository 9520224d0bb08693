"""Every word of the product in the Python code, read off its syntax tree: what the catalogue must know, and nothing else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from zhike.words.catalogue import CHINESE

PRODUCT = Path(__file__).resolve().parents[1]
# What does not reach people through the interface, and why.
OUT = {
    "project/": "command line, log and settings: for operators, in Chinese",
    "project/pages.py": "",
    "packs/": "data of a made-up company: what people enter is nobody's to translate",
    "testing/": "for tests",
    "features/documents/layout.py": "a paper for a Chinese customer is in Chinese",
    "features/documents/marking.py": "a paper for a Chinese customer is in Chinese",
    "features/transfer/command.py": "command line",
    "features/transfer/sheets/shapes.py": "how numbers and dates look in a spreadsheet",
    "features/transfer/sheets/proposal.py": "how headers look in a spreadsheet",
    "chinese/capitals.py": "how amounts are written on Chinese papers",
    "chinese/names.py": "knowledge of names",
    "chinese/folding.py": "knowledge of characters",
    "chinese/pinyin.py": "knowledge of characters",
}
SILENT_KEYWORDS = ("synonyms", "default")
PATTERN = re.compile(r"\\[sd]|\(\?|\|")
SILENT_CALLS = (
    "compile",
    "getLogger",
    "maketrans",
    "info",
    "warning",
    "exception",
    "debug",
    "split",
    "partition",
    "removesuffix",
)
# Chinese that is read, not said: what people type into cells, and what is written into records as their own text.
READ = {
    "apps/customers/events.py": "跟进：{0}",
    "apps/sales/flows/convert_lead.py": "{0} {1}机会",
    "apps/contracts/objects/monthly_figure.py": "{0}年{1}月 {2}",
    "apps/sales/objects/forecast.py": "{0}年{1}月 {2}|全公司",
    "apps/sales/objects/opportunity.py": "销售机会 {0}",
    "apps/registration/flows/open_case.py": "报备“{0}”被拦截，共 {1} 次|登记客户|登记线索“{0}”|登记销售机会",
    "apps/registration/flows/decide_case.py": "，您占 {0}%",
    "apps/contracts/flows/rank_people.py": "{0}年{1}月评比第 {2} 名|{0}年{1}月评比，连续 {2} 个月在最后 {3} 名",
    "apps/contracts/flows/dun.py": "{0}：{1} {2} {3} 元",
    "apps/contracts/flows/return_goods.py": "退货 {0}",
    "apps/contracts/flows/state_receivables.py": "应收款明细表 {0}.{1}",
    "apps/contracts/objects/receivable_statement.py": "{0}年{1}月应收款明细表",
    "apps/contracts/objects/dunning.py": "催收 {0}",
    "apps/contracts/objects/order_return.py": "{0} 退货",
    "apps/contracts/flows/fulfil_order.py": "跟进付款：{0}|发货|收款|实施|{0}：{1}",
    "apps/contracts/flows/sign_contract.py": "全款",
    "apps/contracts/objects/contract.py": "{0} 合同",
    "apps/contracts/objects/execution_order.py": "{0} 执行单",
    "apps/contracts/objects/order.py": "{0} 订单",
    "apps/contracts/objects/target.py": "{0} {1}年{2}{3}|全公司",
    "apps/sales/objects/quote.py": "{0} 报价",
    "features/inbound/chatting.py": "访客|客服",
    "apps/sales/flows/receive_chat.py": "在线访客 {0}|{0} {1}：{2}",
    "features/transfer/refused.py": "{0} 退回的行.csv",
    "features/transfer/sheets/writing.py": "〔水印〕",
    "chinese/dates.py": "下午|凌晨|晚上",
    "chinese/divisions.py": "县|市辖区|朝阳|省直辖县级行政区划|自治区直辖县级行政区划|自治州|{0}州",
    "chinese/numbers.py": (
        "万|万亿|不打折|不是|亿|假|免费|全价|十|十万|十亿|千|千万|千亿|半价|原价|否|对|对折|已|打|折|无|无折扣|是|有|未|没有"
        "|百|百万|百亿|真|负|错|零〇一二两三四五六七八九点|非|{0}万|{0}亿|{0}折"
    ),
}


def files() -> list[Path]:
    """The files whose words reach people."""
    return [path for path in sorted(PRODUCT.rglob("*.py")) if not _out(path)]


def _out(path: Path) -> bool:
    name = path.relative_to(PRODUCT).as_posix()
    if "tests" in path.parts or "migrations" in path.parts:
        return True
    told = [reason for prefix, reason in OUT.items() if name.startswith(prefix)]
    return bool(told) and all(told)


def words(path: Path) -> set[str]:
    """Every Chinese literal of a file, f-strings with numbered slots."""
    read = set(READ.get(path.relative_to(PRODUCT).as_posix(), "").split("|"))
    return {
        text for text in _said(ast.parse(path.read_text(encoding="utf-8"))) if CHINESE.search(text) and not PATTERN.search(text)
    } - read


def _said(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.JoinedStr):
        yield _with_slots(node)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for child in _spoken_parts(node):
        yield from _said(child)


def _spoken_parts(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a piece of code that may say something to people."""
    for child in ast.iter_child_nodes(node):
        described = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
        silent = isinstance(child, ast.keyword) and child.arg in SILENT_KEYWORDS
        piece = isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant)
        if not (described or silent or piece or _is_silent_call(child)):
            yield child


def _is_silent_call(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SILENT_CALLS


def _with_slots(text: ast.JoinedStr) -> str:
    slots = iter(range(len(text.values)))
    return "".join(str(part.value) if isinstance(part, ast.Constant) else f"{{{next(slots)}}}" for part in text.values)
