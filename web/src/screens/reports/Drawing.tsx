/** A report drawn by ECharts; comes only with the first chart. */
import { BarChart, FunnelChart, GaugeChart, HeatmapChart, LineChart, PieChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { init, use as register } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { useNavigate } from "react-router";
import { useMeta } from "../../app/meta";
import { useMode } from "../../app/theme";
import type { Shown } from "../../client/reports";
import { addressOf, drawn } from "./figures";
import { picture } from "./marked";
import { optionsOf } from "./options";

register([
  BarChart,
  FunnelChart,
  GaugeChart,
  HeatmapChart,
  LineChart,
  PieChart,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  VisualMapComponent,
  CanvasRenderer,
]);

interface Props {
  shown: Shown;
  onReady?: (toPng: () => string) => void;
}

export default function Drawing({ shown, onReady }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const { dark } = useMode();
  const who = useMeta().watermark?.pictures ?? "";
  useEffect(() => {
    if (!box.current) return undefined;
    const style = getComputedStyle(document.documentElement);
    const chart = init(box.current);
    chart.setOption(optionsOf(shown, (name) => style.getPropertyValue(name).trim(), dark));
    chart.on("click", (at) => void navigate(linkAt(shown, at)));
    onReady?.(() => picture(chart, who));
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [shown, dark, navigate, onReady, who]);
  return <div ref={box} className="drawing" aria-hidden="true" />;
}

/** The records behind the point that was touched. */
function linkAt(shown: Shown, at: { seriesIndex?: number; dataIndex: number; value?: unknown }): string {
  const { series } = drawn(shown);
  if (shown.picture === "gauge") return addressOf(shown, shown.measures[0]);
  const [s, place] = shown.picture === "heat" ? (at.value as [number, number]) : [at.seriesIndex ?? 0, at.dataIndex];
  return series[s]?.links[place] ?? addressOf(shown, undefined);
}
