"""查重工作台: twins are found over the whole base, with reasons, and are merged or kept apart for good."""

from __future__ import annotations

from typing import Any

import pytest

from zhike.features.jobs.run import run_now
from zhike.kernel.reach import Reach
from zhike.org.objects.role import Role
from zhike.testing.kit import Api, make_user
from zhike.testing.team import Team

# A deed is one transaction, so each must really end.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clerk(transactional_db: Any) -> Api:
    return Api(make_user("clerk", Reach.ALL))


def entered(api: Api, **values: Any) -> int:
    """Added in spite of the warning, as people do."""
    answer = api.post("customers?duplicates=allow", values)
    assert answer.status_code == 201, answer.content.decode()
    return int(answer.json()["id"])


def searched(api: Api) -> list[Any]:
    started = api.post("customers/duplicate-groups")
    assert started.status_code == 202, started.content.decode()
    assert run_now(started.json()["id"]).state == "done"
    return list(api.get("customers/duplicate-groups").json()["rows"])


def told(group: Any) -> tuple[list[int], int, list[str]]:
    return [r["id"] for r in group["records"]], group["score"], group["reasons"]


def test_twins_are_found_by_what_they_share_and_strangers_are_not(clerk: Api) -> None:
    place = {"code": "310115", "detail": "张江路 665 号 3 楼"}
    first = entered(clerk, name="华星机电有限公司", phone="021-66778899")
    second = entered(clerk, name="华星机电股份有限公司", phone="02166778899")
    third = entered(clerk, name="东方明珠广播电视发展公司", address=place)
    fourth = entered(clerk, name="东方明珠广播电视传媒公司", address={**place, "detail": "张江路665号3楼"})
    entered(clerk, name="东方航空食品公司")
    by_phone = [entered(clerk, name=name, phone="010-88776655") for name in ("北京甲子商贸行", "乙丑物流中心")]
    groups = {tuple(ids): (score, reasons) for ids, score, reasons in map(told, searched(clerk))}
    assert groups[(first, second)] == (85, ["名称相近", "电话相同"])
    score, reasons = groups[(third, fourth)]
    assert reasons[1] == "地址相同"
    assert reasons[0].startswith("名称相似 ")
    assert 50 < score < 65
    assert set(groups) == {(first, second), (third, fourth)}  # a shared telephone alone is a shared switchboard
    assert by_phone


def test_what_somebody_has_called_different_is_not_offered_again(clerk: Api) -> None:
    ids = [entered(clerk, name=name) for name in ("长城润滑油公司", "长城润滑油有限公司")]
    assert [told(g)[0] for g in searched(clerk)] == [ids]
    assert clerk.post("customers/duplicate-groups/different", {"ids": ids}).status_code == 204
    assert clerk.get("customers/duplicate-groups").json()["rows"] == []
    assert searched(clerk) == []


def test_groups_are_merged_in_bulk_each_into_its_oldest(clerk: Api) -> None:
    a = [entered(clerk, name=name) for name in ("昆仑能源公司", "昆仑能源有限公司", "昆仑能源集团")]
    b = [entered(clerk, name=name) for name in ("泰山玻纤公司", "泰山玻纤有限公司")]
    found = [told(g)[0] for g in searched(clerk)]
    assert b in found
    job = run_now(clerk.post("customers/duplicate-groups/merge", {"groups": found}).json()["id"])
    assert (job.state, job.result["merged"], job.result["refused"]) == ("done", len(found), [])
    assert [clerk.get(f"customers/{pk}").status_code for pk in (a[0], b[0], b[1])] == [200, 200, 404]
    assert clerk.get("customers/duplicate-groups").json()["rows"] == []
    assert clerk.post(f"changesets/{job.result['changeset']}/undo").status_code == 200
    assert [clerk.get(f"customers/{pk}").status_code for pk in (*a, *b)] == [200] * 5


def test_what_is_closed_to_her_neither_makes_a_group_nor_weighs_in_one(clerk: Api) -> None:
    """Alike in name and telephone, and alike in code and telephone alone: with the telephone masked half of it is left."""
    ids = [entered(clerk, name=name, phone="021-66778899") for name in ("华星机电有限公司", "华星机电股份有限公司")]
    code = {"credit_code": "91350100M000100Y43", "phone": "010-88776655"}
    two = [entered(clerk, name=name, **code) for name in ("甲子商贸行", "乙丑物流中心")]
    assert {tuple(ids): 85, tuple(two): 95} == {tuple(told(g)[0]): told(g)[1] for g in searched(clerk)}
    role = clerk.person.roles.get()
    Role._base_manager.filter(pk=role.pk).update(field_rules={"customers": {"phone": "masked", "credit_code": "hidden"}})
    assert [told(g) for g in clerk.get("customers/duplicate-groups").json()["rows"]] == [(ids, 50, ["名称相近"])]


def test_groups_are_for_those_who_may_merge_them(team: Team) -> None:
    for api in (team.seller, team.peer):
        entered(api, name="黄河机械有限公司" if api is team.seller else "黄河机械公司")
    assert len(searched(team.manager)) == 1
    assert team.seller.get("customers/duplicate-groups").json()["rows"] == []
    assert team.stranger.get("customers/duplicate-groups").json()["rows"] == []
    assert team.seller.get("products/duplicate-groups").status_code == 404
