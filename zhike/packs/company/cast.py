"""演示公司的客户与联系人: who its people deal with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from zhike.chinese.credit_code import ALPHABET, check_digit
from zhike.chinese.pinyin import syllables
from zhike.packs.company import words
from zhike.packs.company.house import house

Row = dict[str, Any]
CHANNEL_PEOPLE = ("youxin", "helei", "lvmin")
LIFECYCLES = ("lead",) * 4 + ("prospect",) * 3 + ("dormant", "lost", "won_back")
SOURCES = ("research", "social", "promotion", "partner", "phone", "website", "consultation", "referral", "exhibition", "self")
# What a customer of each class may owe; whoever is not classed yet may owe what was sold to her.
CREDIT = {"a": Decimal(500_000), "b": Decimal(200_000), "c": Decimal(80_000), "d": Decimal(30_000)}
TWINS: dict[int, Callable[[str], str]] = {
    7: lambda name: name.removesuffix("有限公司").removesuffix("（集团）"),
    31: lambda name: f"{name[:2]}市{name[2:]}",
    58: lambda name: name,
    104: lambda name: name.replace("股份有限公司", "有限公司").replace("集团有限公司", "（集团）公司"),
}
"""Customers whom a colleague has entered a second time, by their place in the story, and how she wrote the name."""


class Cast:
    """Everybody in the story, so that every step can refer to those before it."""

    def __init__(self, now: datetime, people: dict[str, tuple[int, int]], dice: Random) -> None:
        self.now, self.people, self.dice, self.house = now, people, dice, house(people)
        self.ids: dict[int, int] = {}
        self.products: list[tuple[int, Row]] = []
        self.rivals: list[int] = []
        self.rules: list[int] = []
        # Who got which lead is told with dice of its own, so that the rest of the story stays as it was.
        self.lots = Random(20260202)
        self.customer_rows: list[Row] = []
        # Customers nobody does business with at the moment and why, and of some how many days they have not been heard of.
        self.aside: dict[int, str] = {}
        self.silent: dict[int, int] = {}
        self.by_customer: dict[int, list[Row]] = {}
        self.deals: list[Row] = []
        self.leads: list[Row] = []
        self.paid_on: dict[int, date] = {}
        # What of a contract waits for which milestone, and the day on which that is or was to be reached.
        self.waiting: dict[tuple[int, str], tuple[int, date]] = {}

    # -- who is who ------------------------------------------------------------------------------------------

    def of(self, username: str, created: datetime | None = None) -> Row:
        """The system fields of a record of this colleague."""
        person, department = self.people[username]
        moment = created or self.now - timedelta(days=400)
        return {"owner": person, "department": department, "created_by": person, "created_at": moment, "updated_at": moment}

    def like(self, row: Row, created: datetime) -> Row:
        """The system fields of a record that belongs to the owner of another."""
        kept = {n: row[n] for n in ("owner", "department", "created_by")}
        return {**kept, "created_at": created, "updated_at": created}

    def adopt(self, rows: Iterable[Row], ids: Iterable[int]) -> None:
        """Remember under which id each row was written."""
        self.ids |= {id(row): pk for row, pk in zip(rows, ids, strict=True)}

    def id_of(self, row: Row) -> int:
        return self.ids[id(row)]

    def ago(self, most: float, least: float = 0.0) -> datetime:
        """A working hour between `most` and `least` days ago, never later than now."""
        day = self.now - timedelta(days=self.dice.uniform(least, most))
        moment = day.replace(hour=self.dice.randint(1, 9), minute=self.dice.choice((0, 10, 15, 30, 45)), second=0, microsecond=0)
        return min(moment, self.now)

    # -- what is sold ----------------------------------------------------------------------------------------

    def product(self, listed: Row, categories: dict[str, int]) -> Row:
        price, category = Decimal(listed["list_price"]), categories[listed["category"]]
        return {**listed, "list_price": price, "category": category}

    def offer(self, products: list[Row], ids: list[int]) -> None:
        self.products = [(pk, p) for pk, p in zip(ids, products, strict=True) if p.get("active", True)]

    # -- customers -------------------------------------------------------------------------------------------

    def customers(self, count: int) -> list[Row]:
        """Companies of different names in the cities our people cover."""
        names: set[str] = set()
        while len(self.customer_rows) < count:
            city, trade = self.dice.choice(list(words.CITIES)), self.dice.choice(list(words.TRADES))
            brand = self.dice.choice(words.BRANDS)
            if f"{city}{brand}" not in names:
                names.add(f"{city}{brand}")
                self.customer_rows.append(self._customer(city, brand, trade))
        self._enter_twice(self.customer_rows)
        self.by_channel(self.customer_rows)
        return self.customer_rows

    def _enter_twice(self, rows: list[Row]) -> None:
        """重复登记: the last ones are companies a colleague has known for long, written otherwise than she did."""
        for (place, written), twin in zip(TWINS.items(), rows[-len(TWINS) :], strict=True):
            first = rows[place]
            city = next(c for c in words.CITIES if first["name"].startswith(c))
            colleague = next((p for p in map(self.people.get, words.CITIES[city][2]) if p and p[0] != first["owner"]), None)
            person, department = colleague or (first["owner"], first["department"])
            same = {n: first[n] for n in ("industry", "phone", "address", "year_established")}
            twin |= same | {"owner": person, "department": department, "created_by": person, "credit_code": ""}
            twin |= {"name": written(first["name"]), "short_name": first["short_name"], "website": ""}

    def by_channel(self, rows: list[Row]) -> None:
        """Those of the channel people: some are agents, the others customers of agents."""
        theirs = [row for row in rows if row["owner"] in {self.people[name][0] for name in CHANNEL_PEOPLE}]
        for number, row in enumerate(theirs):
            row["channel"] = "agent" if row["owner"] == self.people["youxin"][0] and number % 4 == 0 else "end"

    def _customer(self, city: str, brand: str, trade: str) -> Row:
        code, area, covered_by = words.CITIES[city]
        address = f"{self.dice.choice(('人民', '建设', '科技', '创新', '滨江', '中山'))}路{self.dice.randint(1, 999)}号"
        latin = "".join(syllables(brand))
        kept = self.of(self.dice.choice(covered_by), self.ago(700, 20))
        row = kept | {
            "registered_at": kept["created_at"],
            "name": f"{city}{brand}{self.dice.choice(words.TRADES[trade])}{self.dice.choice(words.FORMS)}",
            "short_name": f"{city}{brand}", "credit_code": self._credit_code(code), "industry": trade,
            "level": self.dice.choice(("a", "b", "b", "c", "c", "c", "d", "")),
            "category": self.dice.choice(("potential", "potential", "existing", "key")),
            "lifecycle": self.dice.choice(LIFECYCLES), "source": self.dice.choice(SOURCES),
            "origin": self.dice.choice(("developed", "developed", "dispatched")),
            "phone": self._landline(area), "website": f"https://www.{latin}{self.dice.randint(10, 99)}.example",
            "address": {"code": code, "detail": address}, "employees": self.dice.choice((30, 80, 150, 300, 600, 1500, 5000)),
            "year_established": self.dice.randint(1985, 2023), "annual_revenue": Decimal(self.dice.randint(5, 900) * 1_000_000),
            "preferences": self.dice.choice(words.PREFERENCES), "needs": f"关注{self.dice.choice(words.NEEDS)}",
            "tags": self._tags(),
        }  # fmt: skip
        return row | {"credit_limit": CREDIT.get(row["level"])}

    def _tags(self) -> list[str]:
        usual = ("战略客户", "高潜力", "价格敏感", "决策慢", "标杆案例", "老板直联", "国企", "外资")
        return self.dice.sample(usual, self.dice.choice((0, 0, 1, 1, 2)))

    def _credit_code(self, division: str) -> str:
        body = "".join(self.dice.choice(ALPHABET) for _ in range(9))
        first = f"91{division}00{body}"
        return first + check_digit(first)

    def _landline(self, area: str) -> str:
        return f"{area}-{self.dice.randint(2000000, 8999999) if len(area) == 4 else self.dice.randint(20000000, 89999999)}"

    # -- their people ----------------------------------------------------------------------------------------

    def contacts(self, count: int, customers: list[Row]) -> list[Row]:
        """At least one person at every customer; a few belong to two companies."""
        homes = customers + self.dice.choices(customers, k=count - len(customers))
        return [self._contact(number, home) for number, home in enumerate(homes)]

    def _contact(self, number: int, home: Row) -> Row:
        gender = self.dice.choice(("male", "female"))
        given = self.dice.choice(words.MALE if gender == "male" else words.FEMALE)
        post, role = self.dice.choice(words.POSTS)
        customer = self.id_of(home)
        companies = [{"customer": customer, "position": post, "role": role, "primary": True}]
        if number % 25 == 0 and customer != self.id_of(self.customer_rows[0]):
            companies.append(
                {"customer": self.id_of(self.customer_rows[0]), "position": "顾问", "role": "influencer", "primary": False}
            )
        contact = self.like(home, home["created_at"]) | {
            "name": self.dice.choice(words.SURNAMES) + given, "gender": gender, "companies": companies,
            "mobile": f"199{number:04d}{self.dice.randint(0, 9999):04d}", "wechat": f"wx{number:04d}",
            "email": f"contact{number:03d}@{home['website'].removeprefix('https://www.')}",
        }  # fmt: skip
        self.by_customer.setdefault(customer, []).append(contact)
        return contact
