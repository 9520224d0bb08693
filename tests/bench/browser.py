"""What people feel, as Chromium measures it on the built books: first paint, delays of clicks and keys, frames of a scroll."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.bench.client import Pace
from tests.bench.company import PASSWORD
from tests.bench.measure import Row
from tests.bench.rows import FREQUENT
from tests.bench.script import HOME, weight
from zhike.testing.browser import chromium

PATIENCE = 60_000
TIMES = 5
TURNS = 120
"""Turns of the wheel in one scroll: about 30,000 pixels in four seconds."""
DEEP = 100_000
"""Rows a patient person has scrolled through."""
FIRST_SCREEN, INTERACTION, FRAME = 1500, 200, 50
"""Milliseconds that 95 of 100 may take at most."""
WATCH = """
window.felt = {paint: 0, delays: new Map(), waits: 0, blocked: 0};
const watch = (type, note, more) =>
  new PerformanceObserver(list => list.getEntries().forEach(note)).observe({type, buffered: true, ...more});
watch('largest-contentful-paint', entry => { felt.paint = entry.startTime; });
watch('event', ({interactionId: id, duration}) => {
  if (id) felt.delays.set(id, Math.max(felt.delays.get(id) ?? 0, duration));
}, {durationThreshold: 16});
watch('longtask', entry => { felt.blocked = Math.max(felt.blocked, entry.duration); });
const waiting = '.skeleton, .control-skeleton, .blank';
new MutationObserver(list => list.forEach(({addedNodes}) => addedNodes.forEach(node => {
  if (node.nodeType === 1 && (node.matches(waiting) || node.querySelector(waiting))) felt.waits += 1;
}))).observe(document, {childList: true, subtree: true});
"""
QUIET = 700
"""Milliseconds in which a page answers what was just done to it."""
SETTLED = "() => !document.querySelector('.dimmed, .skeleton, .control-skeleton, .blank')"
STANDS = """async () => {
  const started = performance.now();
  document.querySelector('.grid-row .title-link').click();
  while (!document.querySelector('article.detail h1')) await new Promise(requestAnimationFrame);
  return performance.now() - started;
}"""
FRAMES = """() => {
  felt.blocked = 0;
  const times = [];
  let going = true;
  const note = now => { times.push(now); if (going) requestAnimationFrame(note); };
  requestAnimationFrame(note);
  return {end: () => { going = false; return times; }};
}"""
DOWN = """async rows => {
  const grid = document.querySelector('.grid');
  const [height, row] = [() => grid.querySelector('.grid-body').offsetHeight, grid.querySelector('.grid-row').offsetHeight];
  for (let idle = 0, before = 0; height() < rows * row && idle < 100; idle = height() === before ? idle + 1 : 0) {
    before = height();
    grid.scrollTop = before;
    await new Promise(done => setTimeout(done, 50));
  }
  return Math.round(height() / row);
}"""


def felt(port: int, times: int) -> Iterator[Row]:
    """Every row that only a browser can tell, asked by somebody who may see everything."""
    yield _weighed("框架的脚本（kB，压缩后）", weight(), 200)
    yield _weighed("工作台连同卡片的脚本（kB，压缩后）", weight(HOME), 250)
    with chromium() as browser:
        context = _signed_in(browser, port)
        yield from _first_screen(browser, context, port, times)
        page = context.new_page()
        yield from _interactions(page, times)
        yield from _there_and_back(page, times)
        yield _scrolled(page, "/customers", ".grid-row", "滚动客户列表，每一帧")
        yield _deep(page)
        yield _scrolled(page, "/opportunities?view=board", ".column-place", "滚动销售机会看板，每一帧")
        yield _dragged(page)


def _new_context(browser: Browser, port: int, **known: Any) -> BrowserContext:
    screen = ViewportSize(width=1440, height=900)
    context = browser.new_context(base_url=f"http://127.0.0.1:{port}", viewport=screen, locale="zh-CN", **known)
    context.set_default_timeout(PATIENCE)
    context.add_init_script(WATCH)
    return context


def _signed_in(browser: Browser, port: int) -> BrowserContext:
    context = _new_context(browser, port)
    page = context.new_page()
    page.goto("/")
    page.locator("#username").fill("boss")
    page.locator("#password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#main h1")).to_be_visible(timeout=PATIENCE)
    page.close()
    return context


def _first_screen(browser: Browser, known: BrowserContext, port: int, times: int) -> Iterator[Row]:
    """Each time in a browser that has nothing at hand but the session."""
    first: list[float] = []
    largest: list[float] = []
    for _ in range(times):
        context = _new_context(browser, port, storage_state=known.storage_state())
        page = context.new_page()
        page.goto("/")
        expect(page.locator("#main h1")).to_be_visible(timeout=PATIENCE)
        page.wait_for_load_state("networkidle")
        first.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
        largest.append(page.evaluate("felt.paint"))
        context.close()
    yield _timed("工作台：首次绘制", first, FIRST_SCREEN)
    yield _timed("工作台：最大绘制", largest, FIRST_SCREEN)


def _interactions(page: Page, times: int) -> Iterator[Row]:
    """From key or click to the next paint; the clicks that scroll or wait for an answer included."""
    _open(page, "/customers", ".grid-row")
    found = page.get_by_label("在列表中查找")
    yield _timed(
        "列表中输入一个字", _delays(page, times, lambda: found.press_sequentially(FREQUENT, delay=60), found.clear), INTERACTION
    )
    _open(page, "/customers", ".grid-row")
    sort = page.locator(".grid-head button.grid-label").first
    yield _timed("点击排序", _delays(page, times, sort.click), INTERACTION)
    _open(page, "/customers", ".grid-row")
    button = page.get_by_role("button", name="筛选", exact=True)
    yield _timed("打开筛选", _delays(page, times, button.click, lambda: page.keyboard.press("Escape")), INTERACTION)
    first = page.locator(".grid-row .title-link").first
    yield _timed("打开一条记录", _delays(page, times, first.click, lambda: _back(page)), INTERACTION)
    yield _timed("打开一条记录：到它站在面前", [_stands(page) for _ in range(times)], None)


def _stands(page: Page) -> float:
    taken: float = page.evaluate(STANDS)
    _back(page)
    page.wait_for_timeout(QUIET)
    return taken


def _there_and_back(page: Page, times: int) -> Iterator[Row]:
    """List, record, list, record: what has been seen stands at once, without a sign of waiting."""
    _open(page, "/customers", ".grid-row")
    _record(page, 0)
    waits: list[int] = []
    for way in [way for _ in range(times) for way in (_back, _again)]:
        page.evaluate("felt.waits = 0")
        way(page)
        waits.append(page.evaluate("felt.waits"))
    yield Row("列表与看过的记录之间来回：等待的标志", None, f"{len(waits)} 次来回", sum(waits), "0", sum(waits) == 0)


def _again(page: Page) -> None:
    _record(page, 0)


def _record(page: Page, at: int) -> None:
    page.locator(".grid-row .title-link").nth(at).click()
    expect(page.locator("article.detail h1")).to_be_visible(timeout=PATIENCE)


def _back(page: Page) -> None:
    page.go_back()
    expect(page.locator(".grid-row").first).to_be_visible(timeout=PATIENCE)


def _scrolled(page: Page, address: str, what: str, work: str) -> Row:
    """How long each frame takes while the wheel turns and turns."""
    _open(page, address, what)
    return _frames(page, work, lambda: _turn(page, what, 250))


def _turn(page: Page, what: str, by: int) -> None:
    page.locator(what).first.hover()
    for _ in range(TURNS):
        page.mouse.wheel(0, by)
        page.wait_for_timeout(8)


def _deep(page: Page) -> Row:
    """The same where a hundred thousand rows have been read already, or as many as there are."""
    _open(page, "/customers", ".grid-row")
    rows = page.evaluate(DOWN, DEEP)
    return _frames(page, f"在读过的 {rows:,} 行中滚动，每一帧", lambda: _turn(page, ".grid-row", -250))


def _dragged(page: Page) -> Row:
    """A card is carried over all the columns and put back where it was."""
    _open(page, "/opportunities?view=board", ".column-place")
    counted = page.locator(".column-head .figure").first.inner_text()
    card = page.locator(".column-place").first.bounding_box()
    assert card is not None
    x, y = card["x"] + 40, card["y"] + 12

    def carry() -> None:
        page.mouse.move(x, y)
        page.mouse.down()
        for to in (1300, x):
            page.mouse.move(to, y + 160, steps=TURNS // 2)
        page.mouse.up()

    return _frames(page, f"看板上拖动一张卡片（第一列 {counted} 张），每一帧", carry)


def _frames(page: Page, work: str, act: Callable[[], None]) -> Row:
    frames = page.evaluate_handle(FRAMES)
    act()
    times: list[float] = page.evaluate("frames => frames.end()", frames)
    blocked = page.evaluate("felt.blocked")
    taken = [later - sooner for sooner, later in pairwise(times)]
    late = sum(frame > FRAME for frame in taken)
    beside = f"{late} 帧超过 {FRAME} ms，共 {len(taken)} 帧；最长的一次占用 {blocked:.0f} ms"
    pace = _pace(taken)
    return Row(work, pace, beside, None, f"p95 ≤ {FRAME} ms", pace.percentile(95) <= FRAME)


def _open(page: Page, address: str, what: str) -> None:
    page.goto(address)
    expect(page.locator(what).first).to_be_visible(timeout=PATIENCE)
    page.wait_for_load_state("networkidle")


def _delays(page: Page, times: int, act: Callable[[], object], undo: Callable[[], object] = lambda: None) -> list[float]:
    """Milliseconds of every interaction of an act; Chromium does not name those below 16, which count as 16.

    Nothing is asked of the page while it answers: every question of ours takes its only thread for some 50 milliseconds.
    """
    found: list[float] = []
    for _ in range(times):
        page.evaluate("felt.delays.clear()")
        act()
        page.wait_for_timeout(QUIET)
        page.wait_for_function(SETTLED)
        found += page.evaluate("[...felt.delays.values()]") or [16.0]
        undo()
        page.wait_for_timeout(QUIET)
        page.wait_for_function(SETTLED)
    return found


def _timed(work: str, milliseconds: list[float], most: int | None) -> Row:
    pace = _pace(milliseconds)
    if most is None:
        return Row(work, pace)
    return Row(work, pace, "", None, f"p95 ≤ {most} ms", pace.percentile(95) <= most)


def _pace(milliseconds: list[float]) -> Pace:
    seconds = [taken / 1000 for taken in milliseconds]
    return Pace(seconds, sum(seconds) or 1)


def _weighed(work: str, kilobytes: float, most: int) -> Row:
    return Row(work, None, "", kilobytes, f"≤ {most}", kilobytes <= most)
