"""附件与记录: a file reaches people through the records it hangs on, and through nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zhike.testing.kit import Api
from zhike.testing.team import Team, added, team

__all__ = ["team"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Any) -> None:
    settings.FILES_FOLDER = tmp_path


def sent(api: Api, name: str) -> int:
    return int(api.client.post("/api/v1/files", {"file": SimpleUploadedFile(name, name.encode())}).json()["id"])


def test_whoever_changes_a_record_keeps_the_files_of_her_colleagues_on_it(team: Team) -> None:
    first = sent(team.seller, "方案.txt")
    one = f"customers/{added(team.seller, 'customers', name='四川石化', files=[first])['id']}"
    second = sent(team.manager, "批示.txt")
    kept = team.manager.patch(one, {"files": [first, second]})
    assert kept.status_code == 200, kept.content.decode()
    assert [f["name"] for f in team.seller.get(one).json()["files"]] == ["方案.txt", "批示.txt"]
    assert team.seller.get(f"files/{second}").status_code == 200


def test_a_guessed_number_attaches_nobodys_file(team: Team) -> None:
    theirs = sent(team.seller, "底价.txt")
    one = f"customers/{added(team.seller, 'customers', name='四川石化', files=[theirs])['id']}"
    own = f"customers/{added(team.stranger, 'customers', name='别处的公司')['id']}"
    for answer in (
        team.stranger.patch(own, {"files": [theirs]}),
        team.stranger.post("customers", {"name": "新公司", "files": [theirs]}),
        team.stranger.post("customers/bulk", {"filter": {}, "set": {"files": [theirs]}}),
    ):
        assert (answer.status_code, list(answer.json()["fields"])) == (422, ["files"])
    assert team.stranger.get(f"files/{theirs}").status_code == 404
    team.seller.post(f"{one}/shares", {"person": team.stranger.person.pk})
    assert team.stranger.get(f"files/{theirs}").status_code == 200
    passed_on = team.stranger.patch(own, {"files": [theirs]})
    assert passed_on.status_code == 422
    assert team.peer.get(f"files/{theirs}").status_code == 404
