import { BarChart, LineChart, PieChart } from "echarts/charts";
import { DataZoomComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use as register, type ECharts } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { useMode } from "../../app/theme";
import { leastStep, short } from "../../kinds/numbers";
import { typeface } from "../../kit/typeface";
import type { Point } from "./points";

register([BarChart, LineChart, PieChart, GridComponent, TooltipComponent, LegendComponent, DataZoomComponent, CanvasRenderer]);

interface Props {
  points: Point[];
  look: string;
  onPick: (index: number) => void;
}

export default function Drawing({ points, look, onPick }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const { dark } = useMode();
  const pick = useRef(onPick);
  useEffect(() => {
    pick.current = onPick;
  });
  useEffect(() => {
    if (!box.current) return undefined;
    const chart = init(box.current);
    chart.setOption(
      look === "pie"
        ? { baseOption: round(points), media: [{ query: { maxWidth: NARROW }, option: shares }] }
        : level(points, look, box.current.clientWidth),
    );
    chart.on("click", ({ dataIndex }) => pick.current(dataIndex));
    if (look !== "pie") wholeColumn(chart, pick);
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [points, look, dark]);
  return <div ref={box} className="chart-drawing" aria-hidden="true" />;
}

/** A low bar or a thin line is hard to hit: the whole column above it answers too. */
function wholeColumn(chart: ECharts, pick: React.RefObject<(index: number) => void>): void {
  chart.getZr().on("click", ({ target, offsetX, offsetY }: { target?: unknown; offsetX: number; offsetY: number }) => {
    if (target) return;
    const [index] = chart.convertFromPixel({ gridIndex: 0 }, [offsetX, offsetY]);
    if (index !== undefined && index >= 0) pick.current(Math.round(index));
  });
}

const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const PALETTE = ["--blue", "--cyan", "--green", "--gold", "--orange", "--red", "--purple", "--grey"];

const tooltip = (points: Point[], trigger: "axis" | "item") => ({
  trigger,
  confine: true,
  backgroundColor: colour("--panel"),
  borderColor: colour("--line"),
  textStyle: { color: colour("--text"), fontSize: 12 },
  formatter: (shown: { dataIndex: number } | { dataIndex: number }[]) => {
    const [one] = Array.isArray(shown) ? shown : [shown];
    const point = one && points[one.dataIndex];
    return point ? `${point.name}  ${point.text}` : "";
  },
});

/** Below so much room for each, a slight slant leaves them lying on one another. */
const STEEP = 32;

/** Names that would run into each other are written slantwise. */
function named(points: Point[], room: number) {
  const widest = Math.max(...points.map(({ name }) => name.length)) * 12;
  const slant = points.length > 10 || Math.min(84, widest) > room / points.length - 4;
  return {
    interval: points.length > 16 ? "auto" : 0,
    width: 84,
    overflow: "truncate",
    rotate: slant ? (room / points.length < STEEP ? 60 : 30) : 0,
  };
}

function level(points: Point[], look: string, room: number) {
  const [line, text] = [colour("--line"), colour("--muted")];
  return {
    animationDuration: 140,
    backgroundColor: "transparent",
    textStyle: { fontFamily: typeface() },
    tooltip: tooltip(points, "axis"),
    grid: { left: 8, right: 20, top: 20, bottom: points.length > 40 ? 40 : 8, containLabel: true },
    dataZoom:
      points.length > 40 ? [{ type: "slider", height: 18, bottom: 8, borderColor: line, textStyle: { color: text } }] : [],
    xAxis: {
      type: "category",
      data: points.map(({ name }) => name),
      axisLine: { lineStyle: { color: line } },
      axisTick: { show: false },
      axisLabel: { color: text, ...named(points, room) },
    },
    yAxis: {
      type: "value",
      minInterval: leastStep(points),
      splitLine: { lineStyle: { color: line } },
      axisLabel: { color: text, formatter: short },
    },
    series: [
      {
        type: look,
        data: points.map(({ value }) => value),
        cursor: "pointer",
        barMaxWidth: 44,
        smooth: 0.2,
        symbolSize: 7,
        itemStyle: { color: colour("--accent"), borderRadius: look === "bar" ? [4, 4, 0, 0] : 0 },
        lineStyle: { width: 2 },
        areaStyle: look === "line" ? { opacity: 0.08 } : undefined,
        label: {
          show: look === "bar" && points.length <= 16,
          position: "top",
          color: text,
          fontSize: 11,
          formatter: ({ value }: { value: number }) => short(value),
        },
      },
    ],
  };
}

/** Where names have no room beside the ring, the legend and the table below tell them; the ring tells the shares. */
const NARROW = 480;
const shares = {
  series: [{ radius: ["34%", "62%"], label: { formatter: "{d}%", width: 60 }, labelLine: { length: 8, length2: 6 } }],
};

function round(points: Point[]) {
  return {
    animationDuration: 140,
    backgroundColor: "transparent",
    textStyle: { fontFamily: typeface() },
    color: PALETTE.map(colour),
    tooltip: tooltip(points, "item"),
    legend: { type: "scroll", bottom: 4, textStyle: { color: colour("--muted") }, pageTextStyle: { color: colour("--muted") } },
    series: [
      {
        type: "pie",
        radius: ["38%", "66%"],
        center: ["50%", "46%"],
        cursor: "pointer",
        minAngle: 2,
        itemStyle: { borderColor: colour("--panel"), borderWidth: 2 },
        label: { color: colour("--text"), formatter: "{b} {d}%", overflow: "truncate", width: 110 },
        data: points.map(({ name, value }) => ({ name, value })),
      },
    ],
  };
}
