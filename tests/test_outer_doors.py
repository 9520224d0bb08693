"""Doors that open without signing in, or whose answer outlives the moment: what stands behind them and for whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from zhike.features.files.models import StoredFile
from zhike.features.files.store import path_of
from zhike.features.jobs.models import Job
from zhike.features.jobs.run import run_now
from zhike.features.notify.knowing import Word
from zhike.features.notify.letters import write_letters
from zhike.kernel.reach import Reach
from zhike.org.networks import caller
from zhike.org.objects.person import Person
from zhike.org.objects.role import Role
from zhike.testing.kit import Api, make_user
from zhike.testing.team import Team, added, done

pytestmark = pytest.mark.django_db
PUBLIC = ["documents/{}", "forms/{}", "calendar/{}.ics", "session/single-sign-on/back?state={}&code={}"]
ODD = ["%00", "A%00B", "%FF%FE", "%ED%A0%80", "a" * 3000, "'%20OR%201=1--", "%F0%9F%92%A9", "%E2%80%AE", "..%2F..%2Fetc"]


@pytest.mark.parametrize("door", PUBLIC)
def test_what_nobody_would_type_is_answered_like_what_is_not_there(door: str) -> None:
    answers = {Client().get("/api/v1/" + door.replace("{}", odd)).status_code for odd in ODD}
    assert answers <= ({302} if "back" in door else {404})


@pytest.mark.parametrize("odd", [r'"\000"', r'"a\000b"', "%00", "\\xff", "a" * 5000, '"\\377\\376"'])
def test_a_key_nobody_has_opens_nothing_and_breaks_nothing(odd: str) -> None:
    """A cookie may write any byte by its number."""
    client = Client(headers={"Cookie": f"sessionid={odd}; csrftoken={odd}; zhike={odd}"})
    assert (client.get("/api/v1/session").status_code, client.get("/").status_code) == (401, 200)
    entering = client.post("/api/v1/session", {"username": "nobody", "password": odd}, content_type="application/json")
    assert entering.status_code in (401, 403)
    for word in ("Bearer", "Basic", ""):
        assert Client(headers={"Authorization": f"{word} {odd}"}).get("/api/v1/customers").status_code == 401


ASKED = [
    "option-sets/{}/uses/{}", "customers?q={}", "customers?cursor={}", "customers?fields={}", "search?q={}", "divisions?of={}",
    "customers/options?field={}", "changes?since={}", "jobs?after={}", "customers/aggregate?group={}", "recycled?after={}",
    "notifications?after={}", "customers/1/document?format={}&template={}",
]  # fmt: skip


def test_no_word_in_an_address_breaks_what_is_behind_it(team: Team) -> None:
    """Whoever is signed in may write anything into her own browser."""
    office = Api(make_user("office", Reach.ALL))
    for path in ASKED:
        found = {odd: office.client.get("/api/v1/" + path.replace("{}", odd)).status_code for odd in ODD}
        assert {odd: status for odd, status in found.items() if status >= 500} == {}, path
    for path in ("numbering/{}", "option-sets/{}/order", "option-sets/{}/retire"):
        assert max(office.post(path.replace("{}", odd), {}).status_code for odd in ODD) < 500, path


def closed(role: Role) -> None:
    Role._base_manager.filter(pk=role.pk).update(field_rules={"opportunities": {"amount": "hidden"}})


def narrowed(role: Role) -> None:
    Role._base_manager.filter(pk=role.pk).update(grants={"opportunities": {"view": "self"}, "reports": {"*": "self"}})


@pytest.mark.parametrize("since", [closed, narrowed])
def test_a_report_whose_figures_were_closed_since_it_was_ordered_is_not_written(
    team: Team, since: Callable[[Role], None]
) -> None:
    """The figures of a report as a spreadsheet: those who may see them when the file is made."""
    customer = added(team.seller, "customers", name="东方机械")["id"]
    added(team.seller, "opportunities", name="一期", amount="880000", customer=customer)
    asked = {"collection": "opportunities", "definition": {"rows": ["owner"], "measures": [{"of": "sum:amount"}]}}
    order = team.seller.post("report-figures/export", asked)
    assert order.status_code == 202, order.content.decode()
    since(team.seller.person.roles.get())
    assert run_now(order.json()["id"]).state == "failed"
    assert not StoredFile.objects.exists()
    assert team.seller.post("report-figures/export", asked).status_code in (403, 422)


def test_the_file_of_an_export_is_for_whoever_ordered_it(team: Team) -> None:
    """Not for her manager either, who sees more; nor is its job, nor does a guessed number end it."""
    added(team.seller, "customers", name="东方机械")
    job = run_now(team.seller.post("customers/export", {"format": "csv"}).json()["id"])
    file = job.files[0]["id"]
    assert "东方机械" in path_of(StoredFile.objects.get(pk=file).digest).read_text("utf-8-sig")
    assert team.seller.get(f"files/{file}").status_code == 200
    for other in (team.peer, team.manager, team.stranger):
        answers = [other.get(f"files/{file}"), other.get(f"jobs/{job.pk}"), other.post(f"jobs/{job.pk}/cancel")]
        assert [a.status_code for a in answers] == [404, 404, 404]
    assert Client().get(f"/api/v1/files/{file}").status_code == 401


def test_one_channel_writes_into_no_conversation_of_another(team: Team) -> None:
    """A chat program that repeats the session of another channel begins one of its own."""
    office, leads = Api(make_user("office", Reach.ALL)), []
    for name, receiver in (("官网", team.seller), ("微商城", team.stranger)):
        made = office.post("chat-channels", {"name": name, "collection": "leads", "receiver": receiver.person.pk}).json()
        key = done(office, f"chat-channels/{made['id']}/renew")["secret"]
        said = {"id": "m1", "at": "2026-03-01T10:00:00+08:00", "from": "visitor", "text": f"来自{name}"}
        body = {"session": "s1", "visitor": {"company": f"{name}访客"}, "messages": [said]}
        assert Api().post("chats", body, Authorization=f"Bearer {key}").json() == {"accepted": 1}
        leads.append([row["name"] for row in receiver.get("leads").json()["rows"]])
    assert leads == [["官网访客"], ["微商城访客"]]
    assert [row["content"] for row in team.stranger.get("interactions", fields="content").json()["rows"]] == [
        "10:00 访客：来自微商城"
    ]


@pytest.mark.parametrize(
    ("sent", "peer", "counts"),
    [
        ("", "203.0.113.7", "203.0.113.7"),
        ("198.51.100.20", "203.0.113.7", "203.0.113.7"),  # who comes without our proxy says what she likes
        ("198.51.100.20", "127.0.0.1", "198.51.100.20"),
        ("127.0.0.1, 198.51.100.20", "127.0.0.1", "198.51.100.20"),  # nobody is “the server itself” from outside
        ("127.0.0.1, 10.0.0.5", "10.0.0.1", "10.0.0.1"),
    ],
)
def test_whoever_forges_where_she_comes_from_is_counted_where_she_is(sent: str, peer: str, counts: str, rf: Any) -> None:
    asked = {"HTTP_X_FORWARDED_FOR": sent} if sent else {}
    assert caller(rf.get("/", REMOTE_ADDR=peer, **asked)) == counts


def test_no_letter_goes_to_whoever_may_not_come_in_any_more(team: Team, settings: Any, mailoutbox: list[Any]) -> None:
    """An outside person whose last day was over between the telling and the sending."""
    settings.EMAIL_HOST = "mail.example.com"
    for api in (team.seller, team.peer):
        Person.objects.filter(pk=api.person.pk).update(email=f"{api.person.name}@example.com")
    write_letters([Word(api.person.pk, "审批“四川石化”等您处理") for api in (team.seller, team.peer)])
    Person.objects.filter(pk=team.peer.person.pk).update(valid_until=timezone.localdate() - timedelta(1))
    assert run_now(Job.objects.get(kind="notice_mail").pk).state == "done"
    assert [letter.to for letter in mailoutbox] == [["seller@example.com"]]
