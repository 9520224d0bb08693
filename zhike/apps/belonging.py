"""归属: what one person writes down may count for another, who looks after what it is about."""

from typing import Any


def count_for(record: Any, main: Any) -> None:
    """A new record that was written down for nobody else belongs to the owner of `main`, who sees it and for whom it counts."""
    if record._state.adding and record.owner_id == record.created_by_id and main.owner_id:
        record.owner_id, record.department_id = main.owner_id, main.department_id
