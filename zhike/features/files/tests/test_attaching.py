"""附件与记录: a file reaches people through the records it hangs on, and through nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zhike.testing.kit import Api
from zhike.testing.team import Team, added

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Any) -> None:
    settings.FILES_FOLDER = tmp_path


def sent(api: Api, name: str) -> int:
    return int(api.client.post("/api/v1/files", {"file": SimpleUploadedFile(name, name.encode())}).json()["id"])


def deal(api: Api, name: str, *files: int) -> str:
    """The address of a deal with these files."""
    customer = added(api, "customers", name=f"{name}的客户")["id"]
    return f"opportunities/{added(api, 'opportunities', name=name, customer=customer, attachments=list(files))['id']}"


def test_whoever_changes_a_record_keeps_the_files_of_her_colleagues_on_it(team: Team) -> None:
    first = sent(team.seller, "方案.txt")
    one = deal(team.seller, "压裂项目", first)
    second = sent(team.manager, "批示.txt")
    kept = team.manager.patch(one, {"attachments": [first, second]})
    assert kept.status_code == 200, kept.content.decode()
    assert [f["name"] for f in team.seller.get(one).json()["attachments"]] == ["方案.txt", "批示.txt"]
    assert team.seller.get(f"files/{second}").status_code == 200


def test_a_guessed_number_attaches_nobodys_file(team: Team) -> None:
    theirs = sent(team.seller, "底价.txt")
    one, own = deal(team.seller, "压裂项目", theirs), deal(team.stranger, "别处的项目")
    for answer in (
        team.stranger.patch(own, {"attachments": [theirs]}),
        team.stranger.post("opportunities", {"name": "新项目", "attachments": [theirs]}),
        team.stranger.post("opportunities/bulk", {"filter": {}, "set": {"attachments": [theirs]}}),
    ):
        assert (answer.status_code, answer.json()["fields"].get("attachments")) == (422, "没有这条记录，或您无权查看")
    assert team.stranger.get(f"files/{theirs}").status_code == 404
    team.seller.post(f"{one}/shares", {"person": team.stranger.person.pk})
    assert team.stranger.get(f"files/{theirs}").status_code == 200
    passed_on = team.stranger.patch(own, {"attachments": [theirs]})
    assert passed_on.status_code == 422
    assert team.peer.get(f"files/{theirs}").status_code == 404


def test_a_record_shows_the_files_of_what_is_listed_on_it(team: Team) -> None:
    photo = sent(team.seller, "现场.txt")
    customer = added(team.seller, "customers", name="四川石化")["id"]
    added(team.seller, "interactions", content="看了现场", customer=customer, channel="visit", attachments=[photo])
    [row] = team.seller.get(f"customers/{customer}/page").json()["related"]["interactions"]["rows"]
    assert [(f["id"], f["name"]) for f in row["attachments"]] == [(photo, "现场.txt")]
