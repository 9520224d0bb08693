"""权限模型: roles, trees, posts, shares, collaborators and field rules against a slow model plainly right, at every door."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhike.apps.customers.objects.contact import Contact
from zhike.apps.customers.objects.customer import Customer
from zhike.features.transfer.tests.conftest import Importer, read_csv
from zhike.org.objects.appointment import Appointment
from zhike.org.objects.person import Person, System
from zhike.org.objects.role import Role
from zhike.org.shares import Share
from zhike.org.tokens import issue
from zhike.testing.kit import make, make_department, make_user

pytestmark = pytest.mark.django_db
REACHES = ["none", "self", "department", "subtree", "all"]
RULED = {
    "short_name": ["hidden", "masked", "readonly"],
    "phone": ["hidden", "masked", "readonly"],
    "annual_revenue": ["hidden", "masked"],
}
NAMES, SHORT = ["四川石化", "大庆油田", "胜利机械", "中原钻井"], ["川化", "庆油", "", "原钻"]
PHONES = ["13800138000", "13912345678", "", "18600001111"]
WORDS = ["石化", "川化", "庆油", "80013", "91234", "sl", "zy"]
PINYIN = {"sl": "胜利机械", "zy": "中原钻井"}


@dataclass
class World:
    """What was drawn."""

    parents: list[int | None]
    people: list[tuple[int, list[int]]]
    grants: list[dict[str, str | list[int]]]
    rules: list[dict[str, str]]
    customers: list[tuple[int, int]]
    shares: list[tuple[int, str, int]]
    posts: list[tuple[int, int, int]]
    beside: list[tuple[int, int]]
    made: dict[str, Any] = field(default_factory=dict)

    # -- the model ------------------------------------------------------------------------------------------

    def above(self, department: int) -> set[int]:
        """A department and all those it belongs to."""
        parent = self.parents[department]
        return {department} | (self.above(parent) if parent is not None else set())

    def roles(self, person: int) -> list[tuple[int, int]]:
        """Every role she holds with the department she holds it in: her own, or that of a further post."""
        home, own = self.people[person]
        return [(role, home) for role in own] + [(role, at) for who, role, at in self.posts if who == person]

    def may(self, person: int, customer: int, verb: str) -> bool:
        """Whether a role reaches the customer, or one who may see any at all is its collaborator or had it shared with her."""
        home, roles = self.people[person][0], self.roles(person)
        works = {home, *(at for who, _, at in self.posts if who == person)}
        shared = verb != "change" and any(
            which == customer and (to in works if kind == "department" else to == person) for which, kind, to in self.shares
        )
        any_reach = any(self.grants[r][verb] != "none" for r, _ in roles)
        reached = any(self.reached(person, customer, self.grants[r][verb], at) for r, at in roles)
        return reached or (any_reach and (shared or (customer, person) in self.beside))

    def reached(self, person: int, customer: int, grant: str | list[int], home: int) -> bool:
        """Whether one cell of one role, held in a department, goes as far as a customer."""
        owner = self.customers[customer][0]
        place, mine = self.people[owner][0], owner == person
        if isinstance(grant, list):
            return mine or any(chosen in self.above(place) for chosen in grant)
        return {
            "none": False, "self": mine, "department": mine or place == home,
            "subtree": mine or home in self.above(place), "all": True,
        }[grant]  # fmt: skip

    def sight(self, person: int, name: str) -> str:
        """What the roles that see customers leave of a field."""
        said = {self.rules[r].get(name, "open") for r, _ in self.roles(person) if self.grants[r]["view"] != "none"}
        if "open" in said or {"masked", "readonly"} <= said or not said:
            return "open"
        return next(s for s in ("readonly", "masked", "hidden") if s in said)

    def value(self, person: int, customer: int, name: str) -> Any:
        stored = {"short_name": SHORT, "phone": PHONES, "annual_revenue": ["100.50", "7.00", None, "0.10"]}[name]
        value, kind = stored[self.customers[customer][1]], Customer.kinds()[name]
        return kind.masked(value) if value and self.sight(person, name) == "masked" else value

    def asks(self, person: int, name: str) -> bool:
        return self.sight(person, name) in ("readonly", "open")

    def finds(self, person: int, customer: int, word: str) -> bool:
        """Whether a word stands in what this person may read: the name, its initials, or an open field."""
        at = self.customers[customer][1]
        open_texts = [v[at] for n, v in (("short_name", SHORT), ("phone", PHONES)) if self.asks(person, n)]
        return word in NAMES[at] or PINYIN.get(word) == NAMES[at] or any(word in text for text in open_texts)

    # -- the product ----------------------------------------------------------------------------------------

    def build(self) -> None:
        departments: list[Any] = []
        for n, parent in enumerate(self.parents):
            departments.append(make_department(f"部门{n}", departments[parent] if parent is not None else None))
        roles = [self.role(n, departments) for n in range(len(self.grants))]
        people = [make_user(f"p{n}", {}, departments[home]) for n, (home, _) in enumerate(self.people)]
        for person, (_, held) in zip(people, self.people, strict=True):
            person.roles.set([roles[r] for r in held])
        for who, role, at in self.posts:
            Appointment.objects.create(person=people[who], role=roles[role], department=departments[at])
        self.made["people"] = [Importer(Person.objects.acting().get(pk=p.pk)) for p in people]
        self.made["customers"] = [self.customer(people[owner], at) for owner, at in self.customers]
        for customer, kind, to in dict.fromkeys(self.shares):
            target = people[to] if kind == "person" else departments[to]
            Share.objects.create(collection="customers", record=self.made["customers"][customer].pk, **{kind: target})
        self.made["contacts"] = [self.contact(n) for n in range(len(self.customers))]
        for customer, person in self.beside:
            self.made["customers"][customer].collaborators.add(people[person])

    def role(self, n: int, departments: list[Any]) -> Any:
        made = make(Role, {"name": f"角色{n}"}, actor=System("test"))
        said = {verb: to if isinstance(to, str) else [departments[d].pk for d in to] for verb, to in self.grants[n].items()}
        Role.objects.filter(pk=made.pk).update(
            grants={"customers": said, "contacts": {"view": "self"}}, field_rules={"customers": self.rules[n]}
        )
        return made

    def contact(self, customer: int) -> Any:
        """Somebody at a customer, known to its owner."""
        at = Customer.objects.only("owner").get(pk=self.made["customers"][customer].pk)
        made = make(Contact, {"name": f"联系人{customer}", "companies": [{"customer": at.pk}]}, actor=System("test"))
        Contact.objects.filter(pk=made.pk).update(owner=at.owner_id)
        return made

    def knows(self, person: int, customer: int) -> bool:
        """Whether she meets the contact of a customer: her own, or of one shared with her. No contact is shared by itself."""
        home = {self.people[person][0], *(at for who, _, at in self.posts if who == person)}
        shared = any(which == customer and to in (home if kind == "department" else {person}) for which, kind, to in self.shares)
        return self.customers[customer][0] == person or shared or (customer, person) in self.beside

    def customer(self, owner: Any, at: int) -> Any:
        revenue = [Decimal("100.50"), Decimal(7), None, Decimal("0.10")][at]
        made = make(Customer, {"name": NAMES[at], "short_name": SHORT[at], "phone": PHONES[at]}, actor=System("test"))
        Customer.objects.filter(pk=made.pk).update(annual_revenue=revenue, owner=owner, department=owner.department_id)
        return made


@st.composite
def worlds(draw: Any) -> World:
    departments, people, roles, customers = 4, 3, 3, 4
    chosen = st.lists(st.integers(0, departments - 1), min_size=1, max_size=2, unique=True)
    exported = st.sampled_from(["none", "self", "all"]) | chosen
    wide = st.sampled_from(REACHES) | chosen
    grant = st.fixed_dictionaries({"view": wide, "export": exported, "change": st.sampled_from(["none", "self", "subtree"])})
    rule = st.fixed_dictionaries({}, optional={n: st.sampled_from(sights) for n, sights in RULED.items()})
    who, where = st.integers(0, people - 1), st.integers(0, departments - 1)
    to = st.one_of(st.tuples(st.just("person"), who), st.tuples(st.just("department"), where))
    person = st.tuples(where, st.lists(st.integers(0, roles - 1), max_size=2, unique=True))
    share = st.tuples(st.integers(0, customers - 1), to).map(lambda drawn: (drawn[0], *drawn[1]))
    return World(
        parents=[None, *(draw(st.integers(0, n - 1) | st.none()) for n in range(1, departments))],
        people=draw(st.lists(person, min_size=people, max_size=people)),
        grants=draw(st.lists(grant, min_size=roles, max_size=roles)),
        rules=draw(st.lists(rule, min_size=roles, max_size=roles)),
        customers=draw(st.lists(st.tuples(who, st.integers(0, 3)), min_size=customers, max_size=customers)),
        shares=draw(st.lists(share, max_size=3)),
        posts=draw(st.lists(st.tuples(who, st.integers(0, roles - 1), where), max_size=2)),
        beside=draw(st.lists(st.tuples(st.integers(0, customers - 1), who), max_size=2)),
    )


@given(world=worlds())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_every_door_opens_exactly_as_far_as_the_model_says(world: World, settings: Any, tmp_path: Any) -> None:
    settings.FILES_FOLDER = tmp_path
    with transaction.atomic():
        world.build()
        for person in range(len(world.people)):
            check(world, person)
        transaction.set_rollback(True)


def check(world: World, person: int) -> None:
    api, ids = world.made["people"][person], [c.pk for c in world.made["customers"]]
    if all(world.grants[r]["view"] == "none" for r, _ in world.roles(person)):
        assert api.get("customers").status_code == 403
        return
    seen = [n for n in range(len(ids)) if world.may(person, n, "view")]
    fields = [n for n in RULED if world.sight(person, n) != "hidden"]
    expected = {ids[n]: {f: world.value(person, n, f) for f in fields} for n in seen}
    rows = api.get("customers", fields=",".join(["id", *fields])).json()["rows"]
    assert {row.pop("id"): row for row in rows} == expected, "list"
    for n, pk in enumerate(ids):
        one = api.get(f"customers/{pk}")
        assert one.status_code == (200 if n in seen else 404), "detail"
        if n in seen:
            assert {f: v for f, v in one.json().items() if f in RULED} == expected[pk], "detail"
            told = {c["field"] for row in api.get(f"customers/{pk}/history").json()["rows"] for c in row["changes"]}
            assert not told & {f for f in RULED if f not in fields}, "history"
    check_questions(api, world, person, {n: ids[n] for n in seen})
    check_export(api, world, person, {n: ids[n] for n in seen})
    check_other_doors(api, world, person, {n: ids[n] for n in seen})


def check_questions(api: Any, world: World, person: int, seen: dict[int, int]) -> None:
    """Filters, words and figures."""
    for word in WORDS:
        found = {row["id"] for row in api.get("customers", q=word).json()["rows"]}
        assert found == {pk for n, pk in seen.items() if world.finds(person, n, word)}, word
    assert api.get("customers/aggregate").json()["rows"] == [{"count": len(seen)}]
    for name in RULED:
        asked = api.get("customers", filter={"field": name, "op": "filled"})
        assert (asked.status_code == 200) is world.asks(person, name), name
        if world.asks(person, name):
            filled = {pk for n, pk in seen.items() if world.value(person, n, name)}
            assert {row["id"] for row in asked.json()["rows"]} == filled, name
        assert (api.get("customers", order=name).status_code == 200) is world.asks(person, name), name
    total = api.get("customers/aggregate", measures="sum:annual_revenue")
    assert (total.status_code == 200) is world.asks(person, "annual_revenue")
    if total.status_code == 200:
        summed = sum(Decimal(world.value(person, n, "annual_revenue") or 0) for n in seen)
        assert Decimal(total.json()["rows"][0]["sum:annual_revenue"] or 0) == summed


def check_export(api: Any, world: World, person: int, seen: dict[int, int]) -> None:
    if all(world.grants[r]["export"] == "none" for r, _ in world.roles(person)):
        assert api.post("customers/export", {}).status_code == 403
        return
    taken = {str(pk): n for n, pk in seen.items() if world.may(person, n, "export")}
    rows = read_csv(api.exported("customers", fields=["id", *(n for n in RULED if world.sight(person, n) != "hidden")]))
    assert {row["ID"] for row in rows} == set(taken)
    for row in rows:
        if "电话" in row:
            assert row["电话"] == (world.value(person, taken[row["ID"]], "phone") or "")


def check_other_doors(api: Any, world: World, person: int, seen: dict[int, int]) -> None:
    """The global search, what may be chosen, a report, a token, who is known at a customer, and changing many at once."""
    word = NAMES[person]
    named = {pk for n, pk in seen.items() if world.finds(person, n, word)}
    groups = {group["collection"]: {row["id"] for row in group["rows"]} for group in api.get("search", q=word).json()["groups"]}
    assert groups.get("customers", set()) == named, "search"
    assert {row["id"] for row in api.get("customers/options", q=word).json()["rows"]} == named, "options"
    report = api.post(
        "report-figures", {"collection": "customers", "definition": {"rows": ["owner"], "measures": [{"of": "count"}]}}
    )
    assert sum(int(total) for (total,) in report.json()["row_totals"]) == len(seen), "report"
    key = {"Authorization": f"Bearer {issue(api.person, 'program')}"}
    by_token = Client().get("/api/v1/customers", {"fields": "id"}, headers=key).json()["rows"]
    assert {row["id"] for row in by_token} == set(seen.values()), "token"
    known = {world.made["contacts"][n].pk for n in range(len(world.customers)) if world.knows(person, n)}
    assert {row["id"] for row in api.get("contacts").json()["rows"]} == known, "contacts"
    if any(world.grants[r]["change"] != "none" for r, _ in world.roles(person)):
        changed = api.post("customers/bulk", {"ids": [c.pk for c in world.made["customers"]], "set": {"notes": f"由 {person}"}})
        mine = {pk for n, pk in seen.items() if world.may(person, n, "change")}
        assert changed.json()["done"] == len(mine), "bulk"
        assert set(Customer.objects.filter(notes=f"由 {person}").values_list("pk", flat=True)) == mine, "bulk"
