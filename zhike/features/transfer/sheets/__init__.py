"""表格文件 Sheets: reading and writing the spreadsheets people send each other.

Knows CSV and workbooks, nothing of records or of the database.
"""

from zhike.features.transfer.sheets.proposal import Proposal, propose
from zhike.features.transfer.sheets.suggestion import Suggestions, suggest
from zhike.features.transfer.sheets.table import Row, Table, laid_out_table, read_table
from zhike.features.transfer.sheets.unreadable import UnreadableFile, UnwritableCell
from zhike.features.transfer.sheets.writing import Cell, TableWriter, table_writer

__all__ = [
    "Cell",
    "Proposal",
    "Row",
    "Suggestions",
    "Table",
    "TableWriter",
    "UnreadableFile",
    "UnwritableCell",
    "laid_out_table",
    "propose",
    "read_table",
    "suggest",
    "table_writer",
]
