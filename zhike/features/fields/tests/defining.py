"""What the stories of added fields share: an administrator, and fields of every sort on customers."""

from __future__ import annotations

from typing import Any

from zhike.features.fields.sorts import SORTS
from zhike.testing.kit import Api

OPTIONS = [{"label": "北方", "value": "north"}, {"label": "南方", "value": "south"}]

MORE: dict[str, dict[str, Any]] = {"choice": {"options": OPTIONS}, "choices": {"options": OPTIONS}, "ref": {"target": "products"}}


def defined(admin: Api, **definition: Any) -> Any:
    """A field of customers, unless another object is named."""
    answer = admin.post("extra-fields", {"collection": "customers", **definition})
    assert answer.status_code == 201, answer.content.decode()
    return answer.json()


def every_sort(admin: Api) -> None:
    """One field of each sort, called x_<sort>."""
    for sort, label in SORTS.items():
        more: dict[str, Any] = MORE.get(sort, {})
        defined(admin, label=f"新{label}", name=sort, kind=sort, **more)


def ids(api: Api, **query: Any) -> list[int]:
    """The customers of a page."""
    answer = api.get("customers", **query)
    assert answer.status_code == 200, answer.content.decode()
    return [row["id"] for row in answer.json()["rows"]]


def changes(api: Api, pk: int) -> dict[str, Any]:
    """What the latest entry of a customer's history says: label → old and new."""
    latest = api.get(f"customers/{pk}/history").json()["rows"][0]
    return {c["label"]: (c["old"], c["new"]) for c in latest["changes"]}
