"""What a cell of a workbook says, as the text a person would have typed (单元格)."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

Value = bool | int | float | str | date | datetime | time | timedelta | None


def cell_text(value: Value) -> str:
    """Dates in ISO form, whole numbers without “.0”, other numbers with the 15 digits a spreadsheet keeps."""
    if isinstance(value, str):
        return value.replace("_xFFFE_", "\ufffe").replace("_xFFFF_", "\uffff") if "_xFFF" in value else value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds") if value.time() != time() else value.date().isoformat()
    if isinstance(value, timedelta):
        return duration_text(value)
    return "" if value is None else str(value)


def number_text(value: float) -> str:
    if value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return format(Decimal(format(value, ".15g")), "f")


def duration_text(value: timedelta) -> str:
    minutes, seconds = divmod(int(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
