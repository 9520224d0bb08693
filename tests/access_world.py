"""权限模型: random roles, trees, posts, shares, collaborators and field rules, with a slow model of them, plainly right."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone
from hypothesis import strategies as st

from zhike.apps.customers.objects.contact import Contact
from zhike.apps.customers.objects.customer import Customer
from zhike.apps.customers.objects.interaction import Interaction
from zhike.apps.customers.objects.task import Task
from zhike.features.files.store import keep
from zhike.features.transfer.tests.conftest import Importer
from zhike.kernel.writes import create
from zhike.org.objects.appointment import Appointment
from zhike.org.objects.person import Person, System
from zhike.org.objects.role import Role
from zhike.org.shares import Share
from zhike.testing.kit import make, make_department, make_user

REACHES = ["none", "self", "department", "subtree", "all"]
RULED = {
    "short_name": ["hidden", "masked", "readonly"],
    "phone": ["hidden", "masked", "readonly"],
    "annual_revenue": ["hidden", "masked"],
}
NAMES, SHORT = ["四川石化", "大庆油田", "胜利机械", "中原钻井"], ["川化", "庆油", "", "原钻"]
PHONES = ["13800138000", "13912345678", "", "18600001111"]
OF = {"attachments": "interactions", "due_on": "tasks"}
WORDS = ["石化", "川化", "庆油", "80013", "91234", "sl", "zy"]
PINYIN = {"sl": "胜利机械", "zy": "中原钻井"}


class Watched(Importer):
    """Somebody at the interface, and every byte she was answered."""

    def __init__(self, person: Any = None) -> None:
        super().__init__(person)
        self.heard: list[str] = []

    def get(self, path: str, **query: Any) -> Any:
        return self._kept(super().get(path, **query))

    def _send(self, *asked: Any) -> Any:
        return self._kept(super()._send(*asked))

    def fetched(self, file: int) -> bytes:
        content = super().fetched(file)
        self.heard.append(content.decode("utf-8-sig"))
        return content

    def _kept(self, answer: Any) -> Any:
        self.heard += [] if answer.streaming else [answer.content.decode()]
        return answer


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
    apart: list[set[str]]
    made: dict[str, Any] = field(default_factory=dict)
    places: Any = field(default_factory=count)

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
        shared = verb not in ("change", "import") and any(
            which == customer and (to in works if kind == "department" else to == person) for which, kind, to in self.shares
        )
        any_reach = any(self.grants[r][verb] != "none" for r, _ in roles)
        reached = any(self.reached(person, customer, self.grants[r][verb], at) for r, at in roles)
        return reached or (any_reach and (shared or (verb != "import" and (customer, person) in self.beside)))

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

    def sees_beside(self, person: int, name: str) -> bool:
        """Whether a role of hers leaves a field of what belongs to customers open (附件, 截止日期)."""
        return any(name not in self.apart[r] for r, _ in self.roles(person))

    def opens_file(self, person: int, customer: int) -> bool:
        """Whether she gets the file of what was said to a customer: said by herself, or to one she sees."""
        said = self.customers[customer][0] == person or self.may(person, customer, "view")
        return said and self.sees_beside(person, "attachments")

    def imports(self, person: int) -> bool:
        return any(self.grants[r]["import"] != "none" for r, _ in self.roles(person))

    def fills_in(self, person: int, name: str) -> bool:
        return self.sight(person, name) in ("masked", "open")

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
        self.made["people"] = [Watched(Person.objects.acting().get(pk=p.pk)) for p in people]
        self.made["customers"] = [self.customer(people[owner], at) for owner, at in self.customers]
        for customer, kind, to in dict.fromkeys(self.shares):
            target = people[to] if kind == "person" else departments[to]
            Share.objects.create(collection="customers", record=self.made["customers"][customer].pk, **{kind: target})
        self.made["contacts"] = [self.contact(n) for n in range(len(self.customers))]
        self.made["files"] = [self.spoken(n) for n in range(len(self.customers))]
        for customer, person in self.beside:
            self.made["customers"][customer].collaborators.add(people[person])

    def role(self, n: int, departments: list[Any]) -> Any:
        made = make(Role, {"name": f"角色{n}"}, actor=System("test"))
        said = {verb: to if isinstance(to, str) else [departments[d].pk for d in to] for verb, to in self.grants[n].items()}
        Role.objects.filter(pk=made.pk).update(
            grants={"customers": said | {"add": "self"}} | {c: {"view": "self"} for c in ("contacts", "interactions", "tasks")},
            field_rules={"customers": self.rules[n]} | {OF[name]: {name: "hidden"} for name in self.apart[n]},
        )
        return made

    def spoken(self, customer: int) -> int:
        """What its owner said to a customer, with a file, and what she plans for today; the file."""
        at = Customer.objects.only("owner").get(pk=self.made["customers"][customer].pk)
        file = keep(f"附件{customer}.txt", "text/plain", [f"附件{customer}".encode()], owner=System("test"))
        said = create(Interaction, {"content": f"聊了{customer}", "customer": at.pk}, actor=System("test"))
        Interaction.objects.filter(pk=said.pk).update(owner=at.owner_id, attachments=[file.pk])
        planned = {"subject": f"任务{customer}", "due_on": timezone.localdate().isoformat(), "customer": at.pk}
        Task.objects.filter(pk=make(Task, planned, actor=System("test")).pk).update(owner=at.owner_id)
        return int(file.pk)

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
        known = {
            "name": NAMES[at],
            "short_name": SHORT[at],
            "phone": PHONES[at],
            "website": f"https://{next(self.places)}.example",
        }
        made = make(Customer, known, actor=System("test"))
        Customer.objects.filter(pk=made.pk).update(annual_revenue=revenue, owner=owner, department=owner.department_id)
        return made


@st.composite
def worlds(draw: Any) -> World:
    departments, people, roles, customers = 4, 3, 3, 4
    chosen = st.lists(st.integers(0, departments - 1), min_size=1, max_size=2, unique=True)
    apart = st.sets(st.sampled_from(sorted(OF)))
    exported = st.sampled_from(["none", "self", "all"]) | chosen
    wide = st.sampled_from(REACHES) | chosen
    grant = st.fixed_dictionaries(
        {"view": wide, "export": exported, "change": st.sampled_from(["none", "self", "subtree"]), "import": exported}
    )
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
        apart=draw(st.lists(apart, min_size=roles, max_size=roles)),
        beside=draw(st.lists(st.tuples(st.integers(0, customers - 1), who), max_size=2)),
    )
