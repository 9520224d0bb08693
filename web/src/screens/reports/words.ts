/** What the parts of a report are called. */
import type { Definition, Picture, Show } from "../../client/reports";

export const PICTURES: Record<Picture, string> = {
  table: "表格",
  pivot: "交叉表",
  bar: "柱形图",
  stacked: "堆积图",
  line: "折线图",
  area: "面积图",
  pie: "饼图",
  funnel: "漏斗图",
  gauge: "仪表",
  heat: "热力图",
  map: "省份地图",
  number: "数字",
};
export const SHOWS: Record<Show, string> = {
  plain: "数值",
  share: "占总计的比例",
  cumulative: "累计占比（二八）",
  ratio: "比率（除以）",
  change: "较上期增减",
  before: "上期值",
};

/** What is still missing before a picture makes sense; null when nothing is. */
export function missing(definition: Definition): string | null {
  const { picture = "table", rows = [], columns = [] } = definition;
  if ((picture === "pivot" || picture === "heat" || picture === "stacked") && (rows.length === 0 || columns.length === 0))
    return "这个图形需要一个行分组和一个列分组";
  if (picture === "map" && !(rows.length === 1 && rows[0]?.endsWith(":province")))
    return "省份地图需要把地址（按省）单独放在行分组";
  if (!["table", "pivot", "gauge", "number"].includes(picture) && rows.length === 0 && columns.length === 0)
    return "请选择一个分组";
  return null;
}
