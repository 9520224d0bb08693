/** 省份地图: every province as one tile of the same size, where it lies among its neighbours. Shows figures, draws no borders. */
import { Link } from "react-router";
import type { Shown } from "../../client/reports";
import { asText } from "../../kinds/values";
import { drawn } from "./figures";

/** Code, short name, column, row. */
const TILES: [string, string, number, number][] = [
  ["23", "黑龙江", 9, 1],
  ["15", "内蒙古", 7, 2],
  ["22", "吉林", 9, 2],
  ["65", "新疆", 1, 3],
  ["62", "甘肃", 4, 3],
  ["64", "宁夏", 5, 3],
  ["14", "山西", 6, 3],
  ["13", "河北", 7, 3],
  ["11", "北京", 8, 3],
  ["21", "辽宁", 9, 3],
  ["63", "青海", 3, 4],
  ["61", "陕西", 5, 4],
  ["41", "河南", 6, 4],
  ["37", "山东", 7, 4],
  ["12", "天津", 8, 4],
  ["54", "西藏", 2, 5],
  ["51", "四川", 4, 5],
  ["50", "重庆", 5, 5],
  ["42", "湖北", 6, 5],
  ["34", "安徽", 7, 5],
  ["32", "江苏", 8, 5],
  ["31", "上海", 9, 5],
  ["53", "云南", 3, 6],
  ["52", "贵州", 4, 6],
  ["43", "湖南", 5, 6],
  ["36", "江西", 6, 6],
  ["33", "浙江", 7, 6],
  ["35", "福建", 8, 6],
  ["71", "台湾", 9, 7],
  ["45", "广西", 5, 7],
  ["44", "广东", 6, 7],
  ["81", "香港", 7, 8],
  ["82", "澳门", 6, 8],
  ["46", "海南", 5, 8],
];

const DEEP = 78;

/** How much of the colour a share of the largest takes. No tile is of a middle tone, on which neither dark nor light letters could be read. */
const shade = (share: number) => Math.round(share < 0.55 ? 12 + share * 58 : DEEP + (share - 0.55) * 48);

export function TileMap({ shown }: { shown: Shown }) {
  const series = drawn(shown).series[0];
  const places = new Map(shown.rows.map((head, at) => [asText(head.keys[0]?.value), at]));
  const most = Math.max(...(series?.values.map((value) => value ?? 0) ?? []), 0);
  const elsewhere = shown.rows.map((head, at) => ({ head, at })).filter(({ head }) => !head.keys[0]?.value);
  return (
    <div className="tilemap-box">
      <ul className="tilemap">
        {TILES.map(([code, name, column, row]) => {
          const at = places.get(code);
          const value = at === undefined ? null : (series?.values[at] ?? null);
          const depth = value && most > 0 ? shade(value / most) : 0;
          const style = { gridColumn: column, gridRow: row, "--depth": `${depth}%` } as React.CSSProperties;
          const text = at === undefined ? "" : (series?.texts[at] ?? "");
          return (
            <li key={code} style={style} className={depth >= DEEP ? "tile tile-deep" : "tile"}>
              {at === undefined || !value ? (
                <span>{name}</span>
              ) : (
                <Link to={series?.links[at] ?? ""} title={`${name} ${text}`}>
                  <span>{name}</span>
                  <b>{text}</b>
                </Link>
              )}
            </li>
          );
        })}
      </ul>
      {elsewhere.length > 0 && (
        <p className="muted">
          {elsewhere.map(({ head, at }) => (
            <Link
              key={at}
              to={series?.links[at] ?? ""}
            >{`${head.keys[0]?.label === "（未填）" ? "未填省份" : (head.keys[0]?.label ?? "")}：${series?.texts[at] ?? ""}`}</Link>
          ))}
        </p>
      )}
    </div>
  );
}
