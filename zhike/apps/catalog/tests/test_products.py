"""产品: one catalogue for everybody, with a tree of categories."""

import pytest

from zhike.apps.catalog.objects.product import Product
from zhike.apps.catalog.objects.product_category import ProductCategory
from zhike.testing.team import Team, added


def test_a_product_has_number_category_unit_and_list_price(team: Team) -> None:
    software = added(team.manager, "product-categories", name="软件")
    platform = added(team.manager, "product-categories", name="平台软件", parent=software["id"])
    made = added(team.manager, "products", name="数据中台", category=platform["id"], list_price="280000")
    assert (made["unit"], made["list_price"], made["active"]) == ("套", "280000.00", True)
    assert made["category"] == {"id": platform["id"], "label": "平台软件"}
    assert made["number"].startswith("CP")


def test_everybody_sees_the_same_products(team: Team) -> None:
    made = added(team.manager, "products", name="数据中台")
    for api in (team.seller, team.stranger):
        assert [r["id"] for r in api.get("products").json()["rows"]] == [made["id"]]


@pytest.mark.parametrize(("price", "reason"), [("-1", "不能小于 0"), ("1.234", "最多 2 位小数"), ("很多", "应为数字")])
def test_a_price_that_is_none_is_refused(team: Team, price: str, reason: str) -> None:
    answer = team.manager.post("products", {"name": "数据中台", "list_price": price})
    assert (answer.status_code, answer.json()["fields"]) == (422, {"list_price": reason})
    assert Product.objects.count() == 0


def test_a_category_cannot_stand_under_its_own_branch(team: Team) -> None:
    top = added(team.manager, "product-categories", name="软件")
    middle = added(team.manager, "product-categories", name="平台", parent=top["id"])
    bottom = added(team.manager, "product-categories", name="组件", parent=middle["id"])
    answer = team.manager.patch(f"product-categories/{top['id']}", {"parent": bottom["id"]})
    assert (answer.status_code, answer.json()["fields"]) == (409, {"parent": "不能是它自己或它的下级"})
    assert ProductCategory.objects.get(pk=top["id"]).parent_id is None


def test_a_category_in_use_stays(team: Team) -> None:
    category = added(team.manager, "product-categories", name="软件")
    added(team.manager, "products", name="数据中台", category=category["id"])
    answer = team.manager.delete(f"product-categories/{category['id']}")
    assert (answer.status_code, answer.json()["message"]) == (409, "还有产品引用它，不能删除")
    assert ProductCategory.objects.count() == 1


def test_of_many_categories_those_in_use_stay_and_are_named_and_the_others_go(team: Team) -> None:
    used, free, above = (added(team.manager, "product-categories", name=name) for name in ("软件", "硬件", "平台"))
    added(team.manager, "products", name="数据中台", category=used["id"])
    added(team.manager, "product-categories", name="组件", parent=above["id"])
    asked = {"ids": [used["id"], free["id"], above["id"]], "delete": True}
    told = {used["id"]: "还有产品引用它，不能删除", above["id"]: "还有产品分类引用它，不能删除"}
    for dry, done, left in ((True, 0, 4), (False, 1, 3)):
        answer = team.manager.post("product-categories/bulk", asked | ({"dry_run": True} if dry else {})).json()
        assert (answer["count"], answer["done"], {r["id"]: r["reason"] for r in answer["refused"]}) == (3, done, told)
        assert ProductCategory.objects.count() == left
