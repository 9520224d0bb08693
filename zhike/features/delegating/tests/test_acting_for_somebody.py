"""以…身份: an assistant acts for her manager within what was stated, is written down, and can do nothing that is only his."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from zhike.features.jobs.run import run_now
from zhike.kernel.reach import Reach
from zhike.org.acting import Delegation
from zhike.org.objects.role import Role
from zhike.testing.kit import PASSWORD, Api, make_user
from zhike.testing.team import Team, added

pytestmark = pytest.mark.django_db


def day(offset: int) -> str:
    found: date = timezone.localdate() + timedelta(offset)
    return found.isoformat()


def given(team: Team, **scope: Any) -> int:
    """The manager lets the stranger of another branch act for her."""
    wanted = {"delegate": team.stranger.person.pk, "starts_on": day(0), "ends_on": day(7), **scope}
    answer = team.manager.post("session/delegations", wanted)
    assert answer.status_code == 201, answer.content.decode()
    return int(max(one["id"] for one in answer.json()["given"]))


def act(team: Team, delegation: int) -> Any:
    answer = team.stranger.post("session/acting", {"delegation": delegation})
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


@pytest.mark.covers("V-05")
def test_what_a_delegate_does_is_done_for_the_other_and_written_down_as_hers(team: Team) -> None:
    customer = added(team.seller, "customers", name="四川石化")
    one, assistant = f"customers/{customer['id']}", team.stranger
    assert assistant.get(one).status_code == 404
    me = act(team, given(team))
    assert (me["name"], me["delegate"]["label"]) == ("manager", "stranger")
    assert assistant.patch(one, {"level": "a"}).status_code == 200
    row = team.seller.get(f"{one}/history").json()["rows"][0]
    assert (row["actor"]["label"], row["through"]) == ("stranger", "代 manager")
    made = added(assistant, "customers", name="新客户")
    assert (made["owner"]["label"], made["created_by"]["label"]) == ("manager", "manager")
    assert assistant.delete("session/acting").json()["name"] == "stranger"
    assert assistant.get(one).status_code == 404


def test_only_the_stated_scope_is_open(team: Team) -> None:
    customer = added(team.seller, "customers", name="四川石化")
    one, assistant = f"customers/{customer['id']}", team.stranger
    act(team, given(team, depth="view", collections=["customers"]))
    assert (assistant.get(one).status_code, assistant.get("contacts").status_code) == (200, 403)
    for path, data in (
        (one, {"level": "a"}),
        (f"{one}/comments", {"text": "好"}),
        (f"{one}/follow", {}),
        ("customers", {"name": "新"}),
    ):
        refused = assistant.patch(path, data) if path == one else assistant.post(path, data)
        assert (refused.status_code, refused.json()["message"]) == (403, "这项授权只能查看"), path
    assert list(assistant.get("meta").json()["objects"]) == ["customers"]
    act(team, given(team, collections=["customers"]))
    assert assistant.patch(one, {"level": "a"}).status_code == 200
    assert assistant.delete(one).status_code == 404
    assert assistant.post(f"{one}/transfer", {"owner": assistant.person.pk}).status_code == 404
    assert assistant.post("customers/export", {}).status_code == 403


def test_what_is_only_ones_own_is_refused(team: Team) -> None:
    assistant = team.stranger
    act(team, given(team))
    passwords = {"old": PASSWORD, "new": "another-horse-battery"}
    assert assistant.post("session/password", passwords).status_code == 403
    assert assistant.post("calendar-feed").status_code == 403
    assert assistant.patch("preferences", {"theme": "dark"}).status_code == 403
    further = {"delegate": team.peer.person.pk, "starts_on": day(0), "ends_on": day(1)}
    assert assistant.post("session/delegations", further).status_code == 403
    assert assistant.patch(f"people/{team.manager.person.pk}", {"phone": None}).status_code == 404
    assert Delegation.objects.count() == 1


def test_what_the_other_did_is_told_as_far_as_the_scope_goes(team: Team) -> None:
    customer = added(team.manager, "customers", name="四川石化")
    assert team.manager.delete(f"customers/{customer['id']}").status_code == 204
    assert [row["names"] for row in team.manager.get("changesets").json()["rows"]] == [["四川石化"]]
    for collections, told in ((["tasks"], []), (["customers"], [["四川石化"]])):
        act(team, given(team, collections=collections))
        assert [row["names"] for row in team.stranger.get("changesets").json()["rows"]] == told


@pytest.mark.parametrize("asked", [{"networks": "198.51.100.0/24"}, {"two_step": True}])
def test_her_roles_ask_of_the_delegate_what_they_ask_of_herself(team: Team, asked: dict[str, Any]) -> None:
    """A network, a second step: neither is got round by letting oneself be represented."""
    added(team.seller, "customers", name="四川石化")
    delegation, away = given(team), {"X-Forwarded-For": "203.0.113.7"}
    act(team, delegation)
    assert team.stranger.client.get("/api/v1/customers", headers=away).json()["rows"][0]["name"] == "四川石化"
    Role._base_manager.filter(pk=team.manager.person.roles.get().pk).update(**asked)
    refused = team.stranger.client.get("/api/v1/customers", headers=away)
    assert (refused.status_code, "四川石化" in refused.content.decode()) == (403, False)
    assert team.stranger.delete("session/acting", **away).json()["name"] == "stranger"
    assert team.stranger.client.get("/api/v1/customers", headers=away).json()["rows"] == []
    assert team.stranger.post("session/acting", {"delegation": delegation}, **away).status_code == 403
    assert team.stranger.client.get("/api/v1/session", headers=away).json()["name"] == "stranger"


@pytest.mark.parametrize("way", ["person", "department", "collaborators"])
def test_a_delegate_keeps_nothing_of_it_when_her_time_is_over(team: Team, way: str) -> None:
    """Neither by sharing it with herself or her department, nor by standing in it beside its owner."""
    customer = added(team.seller, "customers", name="四川石化")
    one, assistant = f"customers/{customer['id']}", team.stranger
    delegation = given(team)
    act(team, delegation)
    if way == "collaborators":
        refused = assistant.patch(one, {way: [team.peer.person.pk, assistant.person.pk]})
        assert (refused.status_code, refused.json()["message"]) == (409, "代理期间不能请自己做协作人，请由本人办理")
        assert assistant.post("customers", {"name": "新客户", way: [assistant.person.pk]}).status_code == 409
        assert assistant.patch(one, {way: [team.peer.person.pk]}).status_code == 200
    else:
        herself, colleague = ({"person": api.person.pk, "department": api.person.department_id} for api in (assistant, team.peer))
        assert assistant.post(f"{one}/shares", {way: herself[way]}).status_code == 403
        assert assistant.post(f"{one}/shares", {way: colleague[way]}).status_code == 201
    Delegation.objects.filter(pk=delegation).delete()
    assert (assistant.get(one).status_code, team.peer.get(one).status_code) == (404, 200)


def test_files_jobs_and_imports_of_the_other_are_not_opened_by_acting_for_her(team: Team, settings: Any, tmp_path: Any) -> None:
    settings.FILES_FOLDER = tmp_path
    added(team.manager, "customers", name="四川石化")
    job = team.manager.post("customers/export", {}).json()["id"]
    exported = run_now(job).files[0]["id"]
    theirs = sent(team.manager, "files")
    load = sent(team.manager, "imports", collection="customers")
    assistant = team.stranger
    act(team, given(team))
    for path in (f"jobs/{job}", f"files/{exported}", f"files/{theirs}"):
        assert (assistant.get(path).status_code, path) == (404, path)
    for path in ("imports", f"imports/{load}", "import-mappings"):
        assert (assistant.get(path).status_code, path) == (403, path)
    assert assistant.get("jobs").json()["rows"] == []
    refused = assistant.post("opportunities", {"name": "新项目", "attachments": [theirs]})
    assert (refused.status_code, refused.json()["fields"]["attachments"]) == (422, "没有这条记录，或您无权查看")
    own = sent(assistant, "files")
    assert (assistant.get(f"files/{own}").status_code, team.manager.get(f"files/{own}").status_code) == (200, 404)
    assert (team.manager.get(f"files/{exported}").status_code, team.manager.get(f"jobs/{job}").status_code) == (200, 200)


def sent(api: Any, address: str, **more: str) -> int:
    """The number of what was sent up."""
    file = SimpleUploadedFile("a.csv", "登记名称\n甲公司\n".encode())
    return int(api.client.post(f"/api/v1/{address}", {"file": file, **more}).json()["id"])


@pytest.mark.covers("V-05")
def test_what_waits_for_the_other_is_told_as_far_as_the_scope_goes(team: Team) -> None:
    guard = Api(make_user("guard", Reach.ALL))
    steps = [{"name": "主管", "who": [{"by": "person", "person": team.manager.person.pk}]}]
    rule = {"name": "复核", "collection": "customers", "verb": "add", "is_active": True}
    assert guard.post("approval-policies", rule | {"definition": json.dumps({"steps": steps})}).status_code == 201
    asked = team.seller.post("customers", {"name": "四川石化"}).json()["approval"]["id"]
    assistant = team.stranger
    for collections, seen in ((["tasks"], False), (["customers"], True), ([], True)):
        act(team, given(team, depth="view", collections=collections))
        assert len(assistant.get("approvals").json()["rows"]) == int(seen), collections
        assert assistant.get(f"approvals/{asked}").status_code == (200 if seen else 404), collections
        told = [row["text"] for row in assistant.get("notifications").json()["rows"]]
        assert any("四川石化" in text for text in told) is not bool(collections), (collections, told)


def test_what_is_new_to_the_other_stays_new_until_she_has_read_it_herself(team: Team) -> None:
    added(team.seller, "tasks", subject="回访四川石化", due_on=day(1), owner=team.manager.person.pk)
    waiting = team.manager.get("notifications").json()
    assert (waiting["unread"], [row["read"] for row in waiting["rows"]]) == (1, [False])
    act(team, given(team))
    for ids in ("all", [waiting["rows"][0]["id"]]):
        assert team.stranger.post("notifications/read", {"ids": ids}).status_code == 403
    assert team.manager.get("notifications").json()["unread"] == 1
    assert team.manager.post("notifications/read", {"ids": "all"}).json()["unread"] == 0


def test_the_answer_kept_for_a_retried_request_is_given_to_nobody_who_acts_for_her(team: Team) -> None:
    sent, key = {"name": "四川石化", "phone": "13800138000"}, {"Idempotency-Key": "one-click"}
    first = team.manager.post("customers", sent, **key)
    act(team, given(team, depth="view", collections=["tasks"]))
    refused = team.stranger.post("customers", sent, **key)
    assert (first.status_code, refused.status_code, "四川石化" in refused.content.decode()) == (201, 403, False)
    assert team.manager.post("customers", sent, **key).json() == first.json()


def test_it_ends_with_its_day_when_taken_back_and_with_the_account(team: Team) -> None:
    assistant, delegation = team.stranger, given(team)
    act(team, delegation)
    Delegation.objects.update(starts_on=day(-2), ends_on=day(-1))
    assert assistant.get("session").json()["name"] == "stranger"
    Delegation.objects.update(ends_on=day(1))
    assert assistant.get("session").json()["name"] == "manager"
    assert team.peer.post("session/acting", {"delegation": delegation}).status_code == 404
    assert team.peer.delete(f"session/delegations/{delegation}").status_code == 404
    assert team.manager.delete(f"session/delegations/{delegation}").status_code == 204
    assert assistant.get("session").json()["name"] == "stranger"


@pytest.mark.parametrize(
    ("given_as", "field"),
    [
        ({"delegate": 0}, "delegate"), ({"ends_on": "soon"}, "ends_on"), ({"starts_on": None}, "starts_on"),
        ({"ends_on": "2020-01-01"}, "ends_on"), ({"depth": "all"}, "depth"), ({"collections": ["odd"]}, "collections"),
        ({"principal": 1}, "principal"),
    ],
)  # fmt: skip
def test_a_wrong_delegation_is_refused_with_the_reason(team: Team, given_as: Any, field: str) -> None:
    wanted = {"delegate": team.stranger.person.pk, "starts_on": day(0), "ends_on": day(7)} | given_as
    answer = team.manager.post("session/delegations", wanted)
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
    assert not Delegation.objects.exists()
