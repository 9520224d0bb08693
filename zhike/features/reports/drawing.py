"""图形: the picture of a report on paper, drawn by the server from the same figures as the table below it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reportlab.graphics.charts.barcharts import HorizontalBarChart, VerticalBarChart
from reportlab.graphics.charts.linecharts import HorizontalLineChart
from reportlab.graphics.charts.piecharts import Pie
from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.lib.colors import HexColor, white
from reportlab.pdfbase.pdfmetrics import stringWidth

from zhike.features.reports.figures import Series, drawn, figure_text, short_text
from zhike.words.catalogue import say

FONT = "STSong-Light"
HUES = [HexColor(c) for c in ("#2563eb", "#0891b2", "#16a34a", "#ca8a04", "#ea580c", "#7c3aed", "#dc2626", "#64748b")]
INK, MUTED, PALE = HexColor("#1f2733"), HexColor("#566072"), HexColor("#e6eaf1")
HEIGHT, LEGEND, MOST_DRAWN, LONGEST_NAME = 200, 16, 40, 12


def picture(shown: dict[str, Any], width: float) -> Drawing | None:
    """What stands above the table; None for what is a table itself, and where there is nothing to draw."""
    draw = DRAWN.get(shown["picture"])
    names, series = drawn(shown)
    if draw is None or not any(v is not None for s in series for v in s.values):
        return None
    names = [_cut(n) for n in names[:MOST_DRAWN]]
    series = [Series(s.name, s.measure, s.values[:MOST_DRAWN]) for s in series[: len(HUES) * 2]]
    return draw(shown, names, series, width)


def _columns(shown: dict[str, Any], names: list[str], series: list[Series], width: float) -> Drawing:
    chart = VerticalBarChart()
    chart.categoryAxis.style = "stacked" if shown["picture"] == "stacked" else "parallel"
    chart.data = [[v or 0 for v in s.values] for s in series]
    chart.barSpacing, chart.groupSpacing = 1, 6
    return _framed(chart, names, series, width, chart.bars)


def _course(shown: dict[str, Any], names: list[str], series: list[Series], width: float) -> Drawing:
    chart = HorizontalLineChart()
    chart.data = [[v if v is not None or not s.measure["adds"] else 0 for v in s.values] for s in series]
    chart.joinedLines = 1
    for at in range(len(series)):
        chart.lines[at].strokeWidth = 1.6
    if shown["picture"] == "area" and len(series) == 1:
        chart.lines[0].inFill = 1
    return _framed(chart, names, series, width, chart.lines)


def _framed(chart: Any, names: list[str], series: list[Series], width: float, styled: Any) -> Drawing:
    """Axes, their labels, the colours and what they stand for."""
    paper = Drawing(width, HEIGHT + LEGEND)
    slanted = len(names) * 60 > width
    chart.x, chart.y, chart.width, chart.height = 54, 46 if slanted else 24, width - 66, HEIGHT - (60 if slanted else 34)
    axis, values = chart.categoryAxis, chart.valueAxis
    axis.categoryNames, axis.strokeColor = names, MUTED
    axis.labels.fontName, axis.labels.fontSize, axis.labels.fillColor = FONT, 8, MUTED
    axis.labels.angle, axis.labels.boxAnchor = (30, "ne") if slanted else (0, "n")
    values.labels.fontName, values.labels.fontSize, values.labels.fillColor = FONT, 8, MUTED
    values.labelTextFormat = lambda value: short_text(series[0].measure, value)
    values.visibleGrid, values.gridStrokeColor, values.strokeColor = 1, PALE, PALE
    if min((v for s in series for v in s.values if v is not None), default=0) >= 0:
        values.valueMin = 0
    for at in range(len(series)):
        _coloured(styled[at], HUES[at % len(HUES)])
    paper.add(chart)
    _legend(paper, [s.name for s in series], width)
    return paper


def _coloured(style: Any, hue: Any) -> None:
    style.strokeColor = hue
    if hasattr(style, "fillColor"):
        style.fillColor = hue


def _legend(paper: Drawing, names: list[str], width: float) -> None:
    """In one line; what finds no room there stands in the table."""
    left = 54.0
    for at, name in enumerate(names if len(names) > 1 else []):
        needed = stringWidth(name, FONT, 8) + 22
        if left + needed > width:
            break
        paper.add(Rect(left, HEIGHT + 4, 8, 8, fillColor=HUES[at % len(HUES)], strokeColor=None))
        paper.add(String(left + 11, HEIGHT + 5, name, fontName=FONT, fontSize=8, fillColor=INK))
        left += needed


def _ring(shown: dict[str, Any], names: list[str], series: list[Series], width: float) -> Drawing:
    paper, values = Drawing(width, HEIGHT), [max(v or 0, 0) for v in series[0].values]
    whole = sum(values)
    if not whole:
        return paper
    pie = Pie()
    pie.x, pie.y, pie.width, pie.height = 30, 15, HEIGHT - 30, HEIGHT - 30
    pie.data, pie.labels = values, None
    pie.slices.strokeColor, pie.slices.strokeWidth = white, 1
    paper.add(pie)
    for at, (name, value) in enumerate(zip(names, values, strict=True)):
        pie.slices[at].fillColor = HUES[at % len(HUES)]
        down = HEIGHT - 20 - at * 14
        if down > 4:
            paper.add(Rect(HEIGHT + 40, down, 8, 8, fillColor=HUES[at % len(HUES)], strokeColor=None))
            text = f"{name}  {figure_text(series[0].measure, str(value))}  {value / whole:.1%}"
            paper.add(String(HEIGHT + 52, down + 1, text, fontName=FONT, fontSize=8.5, fillColor=INK))
    return paper


def _lying(shown: dict[str, Any], names: list[str], series: list[Series], width: float) -> Drawing:
    """A funnel, a map: the same bars from left to right, in their order from above."""
    values = [max(v or 0, 0) for v in series[0].values]
    height = max(60, len(names) * 17 + 12)
    paper = Drawing(width, height)
    chart = HorizontalBarChart()
    chart.x, chart.y, chart.width, chart.height = 110, 4, width - 220, height - 8
    chart.data, chart.bars[0].fillColor, chart.bars[0].strokeColor = [values[::-1]], HUES[0], None
    chart.categoryAxis.categoryNames, chart.categoryAxis.strokeColor = names[::-1], PALE
    chart.categoryAxis.labels.fontName, chart.categoryAxis.labels.fontSize = FONT, 8.5
    chart.categoryAxis.labels.boxAnchor, chart.categoryAxis.visibleTicks = "e", 0
    chart.valueAxis.visible, chart.valueAxis.valueMin, chart.groupSpacing = 0, 0, 4
    chart.barLabels.fontName, chart.barLabels.fontSize, chart.barLabels.boxAnchor, chart.barLabels.dx = FONT, 8.5, "w", 4
    chart.barLabelFormat = lambda value: figure_text(series[0].measure, str(value))
    paper.add(chart)
    return paper


def _figure(shown: dict[str, Any], names: list[str], series: list[Series], width: float) -> Drawing:
    """One number, and how far it is to its goal."""
    measure, goal = shown["measures"][0], shown["goal"]
    paper = Drawing(width, 64 if goal else 40)
    value = shown["total"][0]
    top = 26 if goal else 8
    text = figure_text(measure, value)
    size = min(24.0, 24 * width / max(stringWidth(text, FONT, 24), 1))
    paper.add(String(0, top, text, fontName=FONT, fontSize=size, fillColor=INK))
    if goal and float(goal) and width >= 400:
        reached = float(value or 0) / float(goal)
        paper.add(Rect(0, 12, 240, 7, fillColor=PALE, strokeColor=None))
        paper.add(Rect(0, 12, 240 * min(max(reached, 0), 1), 7, fillColor=HUES[0], strokeColor=None))
        said = say(f"达成 {reached:.0%}，目标 {figure_text(measure, goal)}")
        paper.add(String(250, 12, said, fontName=FONT, fontSize=9, fillColor=MUTED))
    return paper


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


DRAWN: dict[str, Callable[[dict[str, Any], list[str], list[Series], float], Drawing]] = {
    "bar": _columns, "stacked": _columns, "line": _course, "area": _course, "pie": _ring, "funnel": _lying, "map": _lying,
    "gauge": _figure, "number": _figure,
}  # fmt: skip
