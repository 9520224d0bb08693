"""Everything that is measured, as rows of one table."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import orjson
from django.test import Client

from tests.bench import bare
from tests.bench.client import Pace, Request, drive
from tests.bench.importing import imported
from tests.bench.money import decided, stated
from tests.bench.nights import listed, pooled, recounted, swept
from tests.bench.rows import FREQUENT, RARE
from tests.bench.serving import Person, resident
from tests.bench.trust import NAME as TRUSTED
from tests.bench.trust import trusted
from zhike.apps.customers.objects.customer import Customer
from zhike.apps.sales.objects.opportunity import Opportunity
from zhike.kernel.query import listing, paging
from zhike.kernel.reach import Reach
from zhike.kernel.writes import delete_many
from zhike.org.objects.person import Person as Colleague
from zhike.org.objects.person import System

FILTER = {"field": "level", "op": "in", "value": ["a", "b"]}
MEASURES = "count,sum:amount"
REACHES = {
    "region": "大区（25 个部门）", "seller": "本人", "team": "1 个部门", "branch": "分公司（125 个部门）",
    "whole": "公司（1,000 个部门）", "boss": "全部",
}  # fmt: skip
SEARCHES = ((RARE, "罕见词", 1 / 20, "≤ 1/20"), (FREQUENT, "常见词", 2, "≤ 2"))


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Arguments:
        beside: what it stands on, and the ratio to that.
        target: what was to be reached; met says whether it was, None for what has no target.
    """

    work: str
    pace: Pace | None
    beside: str = ""
    ratio: float | None = None
    target: str = ""
    met: bool | None = None
    note: str = ""


class Bench:
    """One run: a port, the people who ask, and for how long each question is asked."""

    def __init__(self, port: int, processes: Any, seconds: float, to_import: int) -> None:
        self.port, self.processes, self.seconds, self.to_import = port, processes, seconds, to_import
        self.people = {name: Person(port, name) for name in ("seller", "team", "region", "branch", "whole", "boss", trusted())}
        self.actors = {name: Colleague.objects.acting().get(username=name) for name in self.people}
        self.ids = self.some(Customer.objects.visible_to(self.actors["region"]))
        # What is changed comes from all over the company: the newest rows are then nobody's in particular, as at work.
        self.changed = self.some(Customer.objects.visible_to(self.actors["whole"]))
        self.deals = self.some(Opportunity.objects.visible_to(self.actors["whole"]).filter(stage="engaging"))
        self.fresh = count(random.randrange(10**9) * 10)
        self.empty = self.ask("region", "ping")

    def rows(self) -> Iterator[Row]:
        yield Row("空请求（已登录）", self.empty)
        yield from self.lists()
        yield from self.pages()
        yield from self.trust()
        yield from self.searches()
        yield from self.writing()
        yield from self.sums()
        yield from self.money()
        yield from self.nights()
        yield from self.imports()
        yield self.memory()

    @staticmethod
    def some(rows: Any) -> list[int]:
        return list(rows.order_by("?").values_list("pk", flat=True)[:2000])

    def ask(self, who: str, path: str, clients: int = 8, **asked: Any) -> Pace:
        request = self.people[who].get(path, **asked)
        return drive(self.port, lambda _: request, self.seconds, clients)

    def each(self, request: Request) -> Pace:
        return drive(self.port, request, self.seconds)

    def beside_empty(self, work: str, pace: Pace, least: float | None) -> Row:
        ratio = pace.rate / self.empty.rate
        target = "" if least is None else f"≥ {least}"
        return Row(work, pace, "空请求的速率", ratio, target, None if least is None else ratio >= least)

    def lists(self) -> Iterator[Row]:
        """The customers of one's departments, two levels of four, newest first."""
        asked = {"filter": FILTER, "order": "-updated_at", "limit": 50}
        firsts = {who: self.ask(who, "customers", **asked) for who in REACHES}
        self.first = firsts["region"]
        for who, words in REACHES.items():
            yield self.beside_empty(f"列表 50 行，{words}", firsts[who], 0.25)
        for who in ("region", "whole"):
            deep = self.ask(who, "customers", after=self.last_place(who), **asked)
            ratio = deep.percentile(50) / firsts[who].percentile(50)
            yield Row(f"最深一页，{REACHES[who]}", deep, "第一页的 p50", ratio, "≤ 1.5", ratio <= 1.5)

    def last_place(self, who: str) -> str:
        """The cursor sixty rows before the end, where the last whole page begins."""
        rows = listing.selected(Customer, listing.Asked(filter=FILTER), self.actors[who])
        pk, at = rows.order_by("updated_at", "id").values_list("id", "updated_at")[min(60, rows.count() - 1)]
        return paging.cursor(orjson.dumps([at.isoformat(), str(pk)]).decode())

    def pages(self) -> Iterator[Row]:
        person = self.people["region"]
        pace = self.each(lambda n: person.get(f"customers/{self.ids[n % len(self.ids)]}/page"))
        ratio = pace.percentile(50) / self.first.percentile(50)
        yield Row("客户全貌页", pace, "列表的 p50", ratio, "≤ 4", ratio <= 4)
        asked = self.queries(f"customers/{self.ids[0]}/page")
        yield Row("客户全貌页的查询数", None, "", asked, "≤ 12", asked <= 12)

    def trust(self) -> Iterator[Row]:
        """The same questions by somebody with the same reach, 1,000 shares beside it and closed fields (targets of part 1)."""
        who, person = TRUSTED, self.people[TRUSTED]
        asked = {"filter": FILTER, "order": "-updated_at", "limit": 50}
        first = self.ask(who, "customers", **asked)
        yield self.beside_empty("列表 50 行，大区、1,000 条共享、字段权限", first, 0.25)
        deep = self.ask(who, "customers", after=self.last_place(who), **asked)
        ratio = deep.percentile(50) / first.percentile(50)
        yield Row("最深一页，大区、1,000 条共享、字段权限", deep, "第一页的 p50", ratio, "≤ 1.5", ratio <= 1.5)
        pace = self.each(lambda n: person.get(f"customers/{self.ids[n % len(self.ids)]}/page"))
        ratio = pace.percentile(50) / first.percentile(50)
        yield Row("客户全貌页，大区、1,000 条共享、字段权限", pace, "列表的 p50", ratio, "≤ 4", ratio <= 4)
        asked_of = self.queries(f"customers/{self.ids[0]}/page", who)
        yield Row("客户全貌页的查询数，1,000 条共享、字段权限", None, "", asked_of, "≤ 12", asked_of <= 12)

    def queries(self, path: str, who: str = "region") -> int:
        """What one request asks of the database, session and person included."""
        client = Client()
        client.force_login(self.actors[who], backend="zhike.org.backend.PersonBackend")
        return len(bare.asked_of_database(lambda: client.get(f"/api/v1/{path}")))

    def searches(self) -> Iterator[Row]:
        for who in ("region", "whole"):
            for word, kind, most, shown in SEARCHES:
                yield self.beside_like(who, word, kind, most, shown)
                pace = self.ask(who, "customers", q=word, limit=50)
                yield self.beside_empty(f"列表中搜索{kind}，{REACHES[who]}", pace, None)
        for word, kind, *_ in SEARCHES:
            yield self.beside_empty(f"全局搜索{kind}，{REACHES['region']}", self.ask("region", "search", q=word), None)

    def beside_like(self, who: str, word: str, kind: str, most: float, shown: str) -> Row:
        """Our statement and that of LIKE, on one connection, nothing around them."""
        actor = self.actors[who]
        ours = bare.timed(self.searching(word, actor), self.seconds / 2)
        theirs = bare.timed([bare.like(Customer, word, actor)], self.seconds / 2)
        ratio = ours.percentile(50) / theirs.percentile(50)
        beside = f"LIKE 的 p50（{theirs.percentile(50):.1f} ms）"
        return Row(f"SQL：搜索{kind}，{REACHES[who]}", ours, beside, ratio, shown, ratio <= most)

    def searching(self, word: str, actor: Any) -> list[bare.Statement]:
        def asked() -> Any:
            return listing.page(Customer, listing.Asked(words=word), actor)

        asked()  # what PostgreSQL knows of the columns is looked up once and kept
        return bare.asked_of_database(asked)

    def writing(self) -> Iterator[Row]:
        person = self.people["whole"]
        pace = self.each(lambda _: person.send("POST", "customers", self.newcomer()))
        yield self.beside_empty("新建客户（查重、审计、搜索、事件）", pace, 0.12)
        yield self.beside_empty("改一个客户（审计、搜索、事件）", self.each(self.change), 0.12)
        yield self.beside_empty("推进一个销售机会（审计、搜索、事件）", self.each(self.advance), 0.12)
        delete_many(Customer.objects.filter(created_by=self.actors["whole"]), actor=System("bench"))

    def change(self, n: int) -> bytes:
        """Each customer in turn gets another phone."""
        data = {"phone": f"198{next(self.fresh) % 10**8:08}"}
        return self.people["whole"].send("PATCH", f"customers/{self.changed[n % len(self.changed)]}", data)

    def advance(self, n: int) -> bytes:
        """Each open deal in turn moves on; when all have, they move back."""
        turn, at = divmod(n, len(self.deals))
        to = "negotiating" if turn % 2 == 0 else "proposal"
        return self.people["whole"].send("POST", f"opportunities/{self.deals[at]}/advance", {"to": to})

    def newcomer(self) -> dict[str, Any]:
        n = next(self.fresh)
        return {"name": f"测量{n}机电有限公司", "phone": f"199{n % 10**8:08}", "industry": "manufacturing", "level": "c"}

    def sums(self) -> Iterator[Row]:
        """The funnel: by one client, so that only the answer is timed; by eight for as long as all need for one."""
        for who in ("whole", "region"):
            actor = self.actors[who]
            asked = {"group": "stage", "measures": MEASURES}
            ours = self.ask(who, "opportunities/aggregate", clients=1, **asked)
            theirs = bare.timed([bare.by_stage(actor, actor.departments(Reach.SUBTREE))], self.seconds / 2)
            ratio = ours.percentile(50) / theirs.percentile(50)
            beside = f"手写 SQL 的 p50（{theirs.percentile(50):.1f} ms）"
            yield Row(f"按阶段汇总，{REACHES[who]}，1 个客户端", ours, beside, ratio, "≤ 1.3", ratio <= 1.3)
            request = self.people[who].get("opportunities/aggregate", **asked)
            pace = drive(self.port, lambda _, request=request: request, max(self.seconds, 20 * theirs.percentile(50) / 1000))
            yield self.beside_empty(f"按阶段汇总，{REACHES[who]}，8 个客户端", pace, None)

    def money(self) -> Iterator[Row]:
        """Requests agreed to and carried out, and the statement over as many invoices as there are customers."""
        some = self.ids[:200]
        ours, theirs = decided(self.actors["region"], some)
        note = f"三条手写 UPDATE（{len(some) / theirs:,.0f} 次/秒）"
        yield Row(
            "审批并执行一项修改", Pace([ours / len(some)] * len(some), ours), note, ours / theirs, "≤ 30", ours / theirs <= 30
        )
        invoices = self.to_import * 10
        ours, theirs = stated(self.ids[0], invoices)
        note = f"手写 SQL（{theirs:.2f} 秒）"
        yield Row(f"应收款明细表，{invoices:,} 张发票", Pace([ours], ours), note, ours / theirs, "≤ 3", ours / theirs <= 3)

    def nights(self) -> Iterator[Row]:
        """What runs by itself: of as many deadlines as there are customers one in a thousand is due; then the public pool."""
        clocks = self.to_import * 10
        due = max(clocks // 1000, 1)
        ours, theirs = swept(clocks, due)
        note = f"手写 UPDATE（{theirs * 1000:.1f} 毫秒）"
        pace = Pace([ours / due] * due, ours)
        yield Row(f"时限巡检，{clocks:,} 个中到期 {due:,} 个", pace, note, ours / theirs, "≤ 20", ours / theirs <= 20)
        ours, theirs = recounted(clocks)
        note = f"手写 UPDATE（{theirs:.2f} 秒）"
        yield Row(f"工作日历变更后重算 {clocks:,} 个时限", Pace([ours], ours), note, ours / theirs, "≤ 5", ours / theirs <= 5)
        ours, theirs = listed(clocks, self.actors["region"])
        note = f"手写 SELECT（{theirs * 1000:.1f} 毫秒）"
        yield Row(f"时限列表，{clocks:,} 个的中间一页", Pace([ours], ours), note, ours / theirs, "≤ 0.3 秒", ours <= 0.3)
        (ours, theirs), concerned = pooled()
        note = f"手写 UPDATE（{theirs:.2f} 秒）"
        pace = Pace([ours / max(concerned, 1)] * max(concerned, 1), ours)
        yield Row(f"公共池的一夜，涉及 {concerned:,} 个客户", pace, note, ours / theirs, "≤ 3", ours / theirs <= 3)

    def imports(self) -> Iterator[Row]:
        for rows, ours, theirs in imported(self.to_import):
            pace = Pace([ours / rows] * rows, ours)
            note = f"裸 COPY（{theirs:.1f} 秒）"
            yield Row(f"导入 {rows:,} 个客户（{ours:.1f} 秒；次/秒为行）", pace, note, ours / theirs, "≤ 12", ours / theirs <= 12)

    def memory(self) -> Row:
        used = resident(self.processes)
        note = f"PSS；RSS 之和 {used['rss']:.0f} MiB，{used['processes']:.0f} 个进程"
        return Row("服务器与空闲任务进程的内存（MiB）", None, note, used["pss"], "≤ 400", used["pss"] <= 400)
