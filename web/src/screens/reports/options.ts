/** A report as the options of a chart. */
import type { Shown } from "../../client/reports";
import { leastStep } from "../../kinds/numbers";
import { typeface } from "../../kit/typeface";
import { drawn, figureText, shortText, type Drawn, type Series } from "./figures";

export type Colour = (name: string) => string;
const HUES = ["--blue", "--cyan", "--green", "--gold", "--orange", "--purple", "--red", "--grey"];

export function optionsOf(shown: Shown, colour: Colour, dark: boolean): Record<string, unknown> {
  const found = drawn(shown);
  const base = {
    animationDuration: 140,
    backgroundColor: colour("--panel"),
    darkMode: dark,
    color: HUES.map(colour),
    textStyle: { fontFamily: typeface() },
    tooltip: hint(colour),
  };
  switch (shown.picture) {
    case "pie":
      return { baseOption: { ...base, ...pie(found, colour) }, media: [{ query: { maxWidth: NARROW }, option: pieOnPhone }] };
    case "funnel":
      return { ...base, ...funnel(found, colour) };
    case "gauge":
      return { ...base, ...gauge(shown, colour) };
    case "heat":
      return { ...base, ...heat(shown, colour) };
    default:
      return { ...base, ...course(shown, found, colour) };
  }
}

const legend = (names: string[], colour: Colour) => ({
  show: names.length > 1,
  type: "scroll",
  bottom: 0,
  icon: "roundRect",
  itemWidth: 10,
  itemHeight: 10,
  textStyle: { color: colour("--muted") },
});
const told =
  (series: Series[]) =>
  ({ seriesIndex = 0, dataIndex = 0, name = "" }: { seriesIndex?: number; dataIndex?: number; name?: string }) =>
    `${name}<br/>${series[seriesIndex]?.name ?? ""} <b>${series[seriesIndex]?.texts[dataIndex] ?? ""}</b>`;

function course(shown: Shown, { names, series }: Drawn, colour: Colour) {
  const lined = shown.picture === "line" || shown.picture === "area";
  const stacked = shown.picture === "stacked" || (shown.picture === "area" && shown.columns.length > 0);
  const axis = (measure: Series["measure"] | undefined, right: boolean) => ({
    type: "value",
    minInterval: leastStep(
      series.filter((one) => one.measure.unit === measure?.unit).flatMap(({ values }) => values.map((value) => ({ value }))),
    ),
    splitLine: { show: !right, lineStyle: { color: colour("--line") } },
    axisLabel: { color: colour("--muted"), formatter: (value: number) => (measure ? shortText(measure, value) : String(value)) },
  });
  // What is counted otherwise than the first measure would lie flat on its axis; shares always stand on the right.
  const main = (series.find(({ measure }) => measure.unit !== "percent") ?? series[0])?.measure;
  const apart = (measure: Series["measure"]) => measure.unit !== main?.unit;
  const other = series.find(({ measure }) => apart(measure))?.measure;
  return {
    grid: { left: 8, right: 12, top: 16, bottom: series.length > 1 ? 30 : 6, containLabel: true },
    legend: legend(
      series.map(({ name }) => name),
      colour,
    ),
    tooltip: ofOne(series, colour),
    xAxis: {
      type: "category",
      data: names,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colour("--line-strong") } },
      axisLabel: {
        color: colour("--muted"),
        hideOverlap: true,
        width: 90,
        overflow: "truncate",
        rotate: names.length > 8 && !lined ? 30 : 0,
      },
    },
    yAxis: other ? [axis(main, false), axis(other, true)] : [axis(main, false)],
    series: series.map(({ name, measure, values }) => ({
      name,
      type: lined || apart(measure) ? "line" : "bar",
      data: values.map((value) => value ?? (measure.adds ? 0 : null)),
      stack: stacked ? measure.unit : undefined,
      yAxisIndex: apart(measure) ? 1 : 0,
      barMaxWidth: 36,
      symbolSize: 7,
      cursor: "pointer",
      areaStyle: shown.picture === "area" ? { opacity: 0.25 } : undefined,
      itemStyle: lined || stacked ? {} : { borderRadius: [3, 3, 0, 0] },
    })),
  };
}

const hint = (colour: Colour) => ({
  confine: true,
  backgroundColor: colour("--panel"),
  borderColor: colour("--line"),
  textStyle: { color: colour("--text"), fontSize: 12 },
});

/** What is told of the one part that is pointed at. */
const ofOne = (series: Series[], colour: Colour) => ({ trigger: "item", ...hint(colour), formatter: told(series) });

/** A whole is made of no less than nothing. */
const parts = (names: string[], series: Series[]) =>
  names.map((name, at) => ({ name, value: Math.max(0, series[0]?.values[at] ?? 0) }));

function pie({ names, series }: Drawn, colour: Colour) {
  return {
    legend: { ...legend(names, colour), bottom: undefined, right: 0, top: "middle", orient: "vertical" },
    tooltip: ofOne(series, colour),
    series: [
      {
        type: "pie",
        name: series[0]?.name,
        radius: ["42%", "72%"],
        center: ["38%", "50%"],
        data: parts(names, series),
        cursor: "pointer",
        itemStyle: { borderColor: colour("--panel"), borderWidth: 2 },
        label: { color: colour("--text"), formatter: "{d}%" },
      },
    ],
  };
}

/** Where there is no room beside the ring, its names stand below it. */
const NARROW = 420;
const pieOnPhone = {
  legend: { orient: "horizontal", bottom: 0, top: "auto", right: "auto", left: "center" },
  series: [{ radius: ["32%", "56%"], center: ["50%", "42%"], label: { overflow: "none" }, labelLine: { length: 8, length2: 4 } }],
};

function funnel({ names, series }: Drawn, colour: Colour) {
  return {
    tooltip: ofOne(series, colour),
    series: [
      {
        type: "funnel",
        name: series[0]?.name,
        sort: "none",
        left: "4%",
        width: "62%",
        top: 8,
        bottom: 8,
        minSize: "4%",
        gap: 2,
        data: parts(names, series),
        cursor: "pointer",
        itemStyle: { borderColor: colour("--panel") },
        labelLine: { length: 12, lineStyle: { color: colour("--line-strong") } },
        label: {
          position: "right",
          color: colour("--text"),
          formatter: ({ dataIndex }: { dataIndex: number }) => `${names[dataIndex] ?? ""}  ${series[0]?.texts[dataIndex] ?? ""}`,
        },
      },
    ],
  };
}

function gauge(shown: Shown, colour: Colour) {
  const [measure] = shown.measures;
  const value = Number(shown.total[0] ?? 0);
  const goal = Number(shown.goal ?? 0) || 1;
  return {
    series: [
      {
        type: "gauge",
        min: 0,
        max: goal,
        radius: "96%",
        center: ["50%", "62%"],
        startAngle: 200,
        endAngle: -20,
        cursor: "pointer",
        progress: { show: true, width: 14, itemStyle: { color: colour("--accent") } },
        axisLine: { lineStyle: { width: 14, color: [[1, colour("--hover")]] } },
        pointer: { show: false },
        axisTick: { show: false },
        splitLine: { show: false },
        splitNumber: 2,
        axisLabel: {
          color: colour("--muted"),
          distance: -34,
          formatter: (at: number) => (measure ? shortText(measure, at) : ""),
        },
        title: { offsetCenter: [0, "34%"], color: colour("--muted"), fontSize: 12 },
        detail: {
          offsetCenter: [0, "4%"],
          color: colour("--text"),
          fontSize: 28,
          fontWeight: 600,
          formatter: () => (measure ? figureText(measure, shown.total[0]) : ""),
        },
        data: [
          {
            value: Math.min(value, goal),
            name: shown.goal && goal !== 1 ? `达成 ${Math.round((value / goal) * 100)}%` : measure?.label,
          },
        ],
      },
    ],
  };
}

function heat(shown: Shown, colour: Colour) {
  const { names, series } = drawn(shown);
  const data = series.flatMap(({ values }, s) => values.map((value, at) => [s, at, value ?? 0]));
  const most = Math.max(...data.map(([, , value]) => value ?? 0), 1);
  const axis = (labels: string[], inverse: boolean) => ({
    type: "category",
    data: labels,
    inverse,
    splitArea: { show: false },
    axisTick: { show: false },
    axisLine: { show: false },
    axisLabel: { color: colour("--muted"), width: 90, overflow: "truncate" },
  });
  return {
    grid: { left: 8, right: 8, top: 8, bottom: 8, containLabel: true },
    tooltip: {
      confine: true,
      formatter: ({ value }: { value: number[] }) =>
        `${names[value[1] ?? 0] ?? ""} · ${series[value[0] ?? 0]?.name ?? ""}<br/><b>${series[value[0] ?? 0]?.texts[value[1] ?? 0] ?? ""}</b>`,
    },
    xAxis: axis(
      series.map(({ name }) => name),
      false,
    ),
    yAxis: axis(names, true),
    visualMap: { show: false, min: 0, max: most, inRange: { color: [colour("--hover"), colour("--accent")] } },
    series: [
      {
        type: "heatmap",
        data: parts(names, series),
        cursor: "pointer",
        itemStyle: { borderColor: colour("--panel"), borderWidth: 2, borderRadius: 3 },
        label: {
          show: data.length <= 120,
          formatter: ({ value }: { value: number[] }) =>
            value[2]
              ? series[value[0] ?? 0]?.measure && shortText(series[value[0] ?? 0]?.measure as Series["measure"], value[2])
              : "",
        },
      },
    ],
  };
}
