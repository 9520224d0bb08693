"""Keeping a report through the interface."""

from typing import Any

from zhike.testing.kit import Api


def kept(api: Api, name: str = "业绩", collection: str = "opportunities", **values: Any) -> Any:
    """A report somebody has saved."""
    answer = api.post("reports", {"name": name, "collection": collection, **values})
    assert answer.status_code == 201, answer.content.decode()
    return answer.json()
