"""合同审查席位: whose opinion a contract needs on each route, as data (V-51, V-53)."""

from __future__ import annotations

from typing import Any

from zhike.apps.contracts.review import ROUTES, SMALL, Seat
from zhike.kernel.declare import Record, Spec, f
from zhike.org.scopes import everyone


class ReviewSeat(Record):
    name = f.Text("席位", search=True)
    route = f.Choice("路径", ROUTES, default=SMALL, fixed="程序按这两条路径判断")
    step = f.Integer("顺序", default=1, least=1, most=20, help="同一顺序的并行，前一顺序全部同意后才轮到后一顺序")
    posts: Any = f.Refs("org.Post", "岗位", blank=True, help="担任其中任一岗位的人即可表态")
    active = f.Boolean("启用", default=True)

    spec = Spec(
        label="合同审查席位",
        collection="review-seats",
        menu="制度",
        place=82,
        subtitle=("route", "step"),
        columns=("route", "step", "name", "posts", "active"),
        filters=("route", "active"),
        sections={"合同审查席位": ("name", "route", "step", "posts", "active")},
        order="-route,step,name",
        scope=everyone,
    )


def seats_of(route: str) -> list[Seat]:
    """The seats of a route in their order; one without a post would never be taken and does not count."""
    rows = ReviewSeat._base_manager.filter(route=route, active=True).order_by("step", "pk").prefetch_related("posts")
    found = [Seat(row.name, row.step, frozenset(post.pk for post in row.posts.all())) for row in rows]
    return [seat for seat in found if seat.posts]
