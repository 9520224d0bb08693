import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import { init, use as register } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { useMode } from "../../app/theme";
import { leastStep, short } from "../../kinds/numbers";
import { typeface } from "../../kit/typeface";

register([LineChart, BarChart, GridComponent, TooltipComponent, SVGRenderer]);

interface Point {
  name: string;
  value: number;
  text: string;
}

export default function Chart({ points, onPick }: { points: Point[]; onPick: (index: number) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const { dark } = useMode();
  useEffect(() => {
    if (!box.current) return undefined;
    const chart = init(box.current);
    chart.setOption(options(points, getComputedStyle(document.documentElement), dark));
    chart.getZr().on("click", ({ offsetX, offsetY }) => {
      const [index] = chart.convertFromPixel({ gridIndex: 0 }, [offsetX, offsetY]);
      if (index !== undefined) onPick(Math.round(index));
    });
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [points, onPick, dark]);
  return <div ref={box} className="chart" aria-hidden="true" />;
}

const told = (points: Point[]) => (shown: { dataIndex: number }[]) => {
  const point = points[shown[0]?.dataIndex ?? 0];
  return point ? `${point.name} ${point.text}` : "";
};

/** With few points bars say more than a line between them. */
function options(points: Point[], style: CSSStyleDeclaration, dark: boolean) {
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const [line, text] = [colour("--line"), colour("--muted")];
  return {
    animationDuration: 140,
    backgroundColor: "transparent",
    darkMode: dark,
    textStyle: { fontFamily: typeface() },
    grid: { left: 8, right: 16, top: 12, bottom: 4, containLabel: true },
    tooltip: {
      trigger: "axis",
      confine: true,
      backgroundColor: colour("--panel"),
      borderColor: line,
      textStyle: { color: colour("--text"), fontSize: 12 },
      formatter: told(points),
    },
    xAxis: {
      type: "category",
      data: points.map(({ name }) => name),
      axisLine: { lineStyle: { color: line } },
      axisTick: { show: false },
      axisLabel: { color: text },
    },
    yAxis: {
      type: "value",
      minInterval: leastStep(points),
      splitLine: { lineStyle: { color: line } },
      axisLabel: { color: text, formatter: short },
    },
    series: [
      {
        type: points.length < 6 ? "bar" : "line",
        data: points.map(({ value }) => value),
        smooth: 0.2,
        symbolSize: 6,
        barMaxWidth: 36,
        cursor: "pointer",
        itemStyle: { color: colour("--accent") },
        lineStyle: { width: 2 },
        areaStyle: points.length < 6 ? undefined : { opacity: 0.08 },
      },
    ],
  };
}
