"""客户档案: from the quote to the money all is of one piece, and stands on the customer's page for those who may see it."""

from __future__ import annotations

from typing import Any

import pytest

from zhike.apps.contracts.objects.contract import Contract
from zhike.testing.kit import Api, make_user
from zhike.testing.team import Team, added, done


def lines(record: Any) -> list[tuple[int, str, str, str]]:
    return [(i["product"]["id"], i["quantity"], i["price"], i["amount"]) for i in record["items"]]


@pytest.fixture
def ordered(team: Team, house: dict, accepted: dict) -> dict[str, Any]:
    """A quote, the contract it became, the order under that."""
    contract = added(team.seller, "contracts", quote=accepted["id"])
    Contract.objects.filter(pk=contract["id"]).update(state="agreed")
    done(team.seller, f"contracts/{contract['id']}/sign")
    return {"quotes": accepted, "contracts": contract, "orders": added(team.seller, "orders", contract=contract["id"])}


@pytest.mark.covers("G-10")
def test_a_quote_becomes_an_order_with_the_same_lines_and_prices(team: Team, product: int, ordered: dict[str, Any]) -> None:
    assert [lines(record) for record in ordered.values()] == [[(product, "1.00", "470000.00", "470000.00")]] * 3
    quote, contract, order = ordered.values()
    assert (contract["quote"]["id"], order["contract"]["id"]) == (quote["id"], contract["id"])
    assert contract["customer"] == order["customer"] == quote["customer"]
    assert quote["amount"] == contract["amount"] == order["amount"] == "470000.00"


@pytest.mark.covers("K-82")
def test_papers_contracts_and_what_was_bought_stand_on_the_page_for_those_who_may_see_them(
    team: Team, customer: int, ordered: dict[str, Any]
) -> None:
    receipt = added(team.manager, "receipts", customer=customer, amount="1000")
    contact = added(team.seller, "contacts", name="王五", companies=[{"customer": customer}])["id"]
    deal = added(team.seller, "opportunities", name="一期", customer=customer)["id"]
    paper = added(team.seller, "delivered-documents", name="技术方案", edition="V1.0", opportunity=deal, recipient=contact)
    expected = {
        name: [record["id"]] for name, record in (*ordered.items(), ("receipts", receipt), ("delivered-documents", paper))
    }

    def shown(api: Api) -> dict[str, list[int]]:
        related = api.get(f"customers/{customer}/page").json()["related"]
        return {name: [row["id"] for row in related[name]["rows"]] for name in expected if name in related}

    assert shown(team.seller) == shown(team.manager) == expected
    assert team.stranger.get(f"customers/{customer}/page").status_code == 404
    reader = Api(make_user("reader", {"customers": {"view": "all"}, "orders": {"view": "all"}}))
    assert shown(reader) == {"orders": expected["orders"]}
