"""导出仪表盘: the cards of a page on one paper, each under the right to export its records."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import orjson
from django.apps import apps
from django.conf import settings

from zhike.features.dashboards.dashboards import offered_cards
from zhike.features.jobs.run import Run, job, start
from zhike.features.leakage.watermark import in_file
from zhike.features.reports.cards import MOST_CARDS
from zhike.features.reports.exporting import PDF, kept, named, signed
from zhike.features.reports.running import ASKED, Common, run
from zhike.features.reports.wording import PERIODS, in_words
from zhike.kernel.errors import Forbidden, Invalid, NotFound
from zhike.kernel.query.titles import titles
from zhike.kernel.registry import find
from zhike.kernel.writes.one import permit
from zhike.words.catalogue import say, word

SHOWN_LINES = 30
COMMON = ASKED - {"collection", "definition"}


def start_page_export(data: dict[str, Any], *, actor: Any) -> Any:
    """Queue a PDF of some cards as they are shown. Raises Invalid; Forbidden when none of them may be taken along."""
    if unknown := set(data) - COMMON - {"name", "cards"}:
        raise Invalid.of(dict.fromkeys(sorted(unknown), "没有这个参数"))
    label, common = named(data.get("name", "")) or "仪表盘", {key: data[key] for key in COMMON & set(data)}
    Common.of(common)
    cards = data.get("cards")
    if not isinstance(cards, list) or not 0 < len(cards) <= MOST_CARDS or not all(isinstance(c, dict) for c in cards):
        raise Invalid.of({"cards": f"应为一组卡片，最多 {MOST_CARDS} 张"}, {"cards": "卡片"})
    if not any(_may_take(question, actor) for question in _questions(cards, actor)):
        raise Forbidden("您没有导出这些数据的权限")
    return start("dashboard_export", f"导出“{label}”", {"name": label, "cards": cards, "common": common}, actor=actor)


@job("dashboard_export")
def export_page(told: Run, name: str, cards: list[dict[str, Any]], common: dict[str, Any]) -> dict[str, Any]:
    """Lay out the cards this person may export; the others are named."""
    from zhike.features.reports.paper import Paper, Section, write_pdf  # heavy, and wanted by whoever makes one only

    told.actor.outside = True
    asked, sections, left_out = Common.of(common), [], []
    questions = _questions(cards, told.actor)
    for at, (label, collection, definition) in enumerate(questions):
        if not _may_take((label, collection, definition), told.actor):
            left_out.append(label)
            continue
        shown = run(collection, definition, asked, actor=told.actor, verb="export")
        sections.append(Section(label, shown, in_words(find(collection), shown["filter"], told.actor), SHOWN_LINES))
        told.progress(at + 1, len(questions))
    facts = [_narrowed(asked, told.actor), signed(told.actor)]
    facts += [say(f"未包含（无权导出）：{'、'.join(left_out)}")] if left_out else []
    with tempfile.TemporaryDirectory(prefix="zhike-report-") as folder:
        path = Path(folder) / "dashboard.pdf"
        write_pdf(path, Paper(name, facts, sections, in_file(told.actor, PDF)))
        return {"cards": len(sections), "left_out": left_out, "file": kept(told, path, name, PDF)}


Question = tuple[str, str, Any]


def _questions(cards: list[dict[str, Any]], actor: Any) -> list[Question]:
    """What each card asks: its name, its object, its definition. A card whose report is out of sight is not there."""
    ids = [card["report"] for card in cards if isinstance(card.get("report"), int)]
    reports = find("reports").objects.visible_to(actor).in_bulk(ids)
    found: list[Question] = []
    for card in cards:
        report, offered = reports.get(card.get("report")), offered_cards().get(str(card.get("builtin")))
        if report is not None:
            found.append((report.name, report.collection, orjson.loads(report.definition or "{}")))
        elif offered and offered.is_for(actor):
            found.append((word(offered.label), offered.collection, offered.as_report()))
    return found


def _may_take(question: Question, actor: Any) -> bool:
    try:
        permit(find(question[1]), "view", actor)
        permit(find(question[1]), "export", actor)
    except (Forbidden, NotFound):
        return False
    return True


def _narrowed(common: Common, actor: Any) -> str:
    """The period and the department of the whole page."""
    period = common.period
    said = word(PERIODS.get(period, period)) if isinstance(period, str) else " – ".join(period or ())
    model = apps.get_model(settings.DEPARTMENT_MODEL)
    where = titles(model, [common.department], actor).get(common.department, "") if common.department else ""
    return say(f"期间：{said or word('各卡片自己的')}；部门：{where or word('全部')}")
