"""A company with the posts of the sales policy: set up through the interface, since founding it is not the story."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from playwright.sync_api import Browser, Page

from tests.journeys.conftest import Company, new_page
from tests.journeys.steps import come_in, sent

HEADQUARTERS, BRANCH = "总部", "杭州销售部"
# Name → role, department, post.
STAFF = {
    "何倩": ("市场人员", "市场部", "市场专员"),
    "方正": ("商务经理", "商务部", "商务经理"),
    "王珊": ("销售", BRANCH, "客户经理"),
    "孙浩": ("销售", BRANCH, "客户经理"),
    "叶秋": ("部门经理", BRANCH, "销售部门经理"),
    "彭欣": ("高管", HEADQUARTERS, "总裁助理"),
    "许静": ("销售管理部", "销售管理部", "销售管理部经理"),
    "董海": ("高管", HEADQUARTERS, "研发副总裁"),
    "梁文": ("高管", HEADQUARTERS, "实施服务副总裁"),
    "周启明": ("高管", HEADQUARTERS, "总裁"),
}
HEAD = "叶秋"


class House:
    """Everybody's page, opened when she is needed for the first time, and who has which number."""

    def __init__(self, browser: Browser, company: Company, admin: Page, opened: ExitStack) -> None:
        self.browser, self.company, self.admin, self.opened = browser, company, admin, opened
        self.people: dict[str, int] = {}
        self.departments: dict[str, int] = {}
        self.passwords: dict[str, str] = {}
        self.pages: dict[str, Page] = {}

    def hire(self, *names: str) -> None:
        """These people with their roles and posts; the head leads her department."""
        ids = {kind: self._ids(kind) for kind in ("roles", "posts")}
        for name in names:
            role, department, post = STAFF[name]
            body = {"name": name, "username": name, "department": self._department(department), "post": ids["posts"][post]}
            made = sent(self.admin, "POST", "people", {**body, "roles": [ids["roles"][role]]})
            self.people[name] = int(made["id"])
            self.passwords[name] = sent(self.admin, "POST", f"people/{made['id']}/reset_password", {})["password"]
        if HEAD in names:
            sent(self.admin, "PATCH", f"departments/{self.departments[BRANCH]}", {"manager": self.people[HEAD]})

    def _ids(self, collection: str) -> dict[str, int]:
        return {row["name"]: row["id"] for row in sent(self.admin, "GET", f"{collection}?limit=200", None)["rows"]}

    def _department(self, name: str) -> int:
        known = self.departments or self._ids("departments")
        if name not in known:
            made = sent(self.admin, "POST", "departments", {"name": name, "parent": known[HEADQUARTERS]})
            known[name] = int(made["id"])
        self.departments = known
        return known[name]

    def page(self, name: str) -> Page:
        """Her browser at her desk, signed in."""
        return self.pages.get(name) or self._come(name, name)

    def phone(self, name: str) -> Page:
        """Her telephone, 390 pixels wide."""
        return self.pages.get(f"{name} phone") or self._come(name, f"{name} phone", width=390, height=844)

    def _come(self, name: str, place: str, **size: int) -> Page:
        page = self.opened.enter_context(new_page(self.browser, self.company, **size))
        come_in(page, name, self.passwords.pop(name, None))
        self.pages[place] = page
        return page


@contextmanager
def founded(browser: Browser, company: Company, *names: str) -> Iterator[House]:
    """A company with these people in it."""
    with ExitStack() as opened:
        admin = opened.enter_context(new_page(browser, company))
        come_in(admin, "admin", company.add_person("admin", "管理员", HEADQUARTERS))
        house = House(browser, company, admin, opened)
        house.hire(*names)
        yield house
