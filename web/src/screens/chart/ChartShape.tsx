/** The list as a picture: by what, how much, and each part leads to its records. */
import { lazy, Suspense, useMemo } from "react";
import { useNavigate } from "react-router";
import type { Description, Fields } from "../../client/types";
import { Select } from "../../kit/heavy";
import { Empty } from "../../kit/Empty";
import { Problem } from "../../kit/Problem";
import { buckets } from "../../kinds/dates";
import { asText } from "../../kinds/values";
import { figureText, groupOf, groupText, type Group } from "../dashboard/measure";
import { useAggregate } from "../dashboard/useAggregate";
import { Waiting } from "../dashboard/Waiting";
import { groupable, groupKey, inOrder, isDate, PARTS, within } from "../list/grouping";
import type { ShapeProps } from "../list/shapes";
import { listAddress } from "../list/state";
import { isMeasured, WAYS } from "../list/totals";
import { Figures } from "./Figures";
import type { Point } from "./points";

const Drawing = lazy(() => import("./Drawing"));

const LOOKS = [
  { value: "bar", label: "柱形" },
  { value: "line", label: "折线" },
  { value: "pie", label: "饼图" },
];

export default function ChartShape({ object, state, change }: ShapeProps) {
  const choice = chosen(object, state.settings);
  const set = (key: string) => (value: unknown) => change({ settings: { [`chart.${key}`]: String(value) } });
  const parts =
    choice.group && isDate(choice.group.field) ? Object.entries(PARTS).map(([value, label]) => ({ value, label })) : [];
  return (
    <div className="chart-shape">
      <div className="shape-bar shape-bar-chart">
        <label>
          <span>{"按："}</span>
          <Select
            size="small"
            className="w-180"
            aria-label="图表按什么分"
            showSearch={{ optionFilterProp: "label" }}
            options={groupable(object).map((field) => ({ value: groupKey(field), label: field.label }))}
            value={choice.group ? groupKey(choice.group.field) : null}
            onChange={set("by")}
          />
        </label>
        {parts.length > 0 && (
          <Select
            size="small"
            className="w-80"
            aria-label="日期怎样分"
            options={parts}
            value={choice.group?.part}
            onChange={(part: unknown) => set("by")(`${choice.group?.field.name ?? ""}:${String(part)}`)}
          />
        )}
        <label>
          <span>{"看："}</span>
          <Select
            size="small"
            className="w-180"
            aria-label="图表看什么"
            showSearch={{ optionFilterProp: "label" }}
            options={measures(object)}
            value={choice.measure}
            onChange={set("of")}
          />
        </label>
        <label>
          <span>{"画成："}</span>
          <Select size="small" className="w-80" aria-label="画成什么" options={LOOKS} value={choice.look} onChange={set("as")} />
        </label>
      </div>
      {choice.group && (
        <Picture object={object} state={state} change={change} group={choice.group} measure={choice.measure} look={choice.look} />
      )}
    </div>
  );
}

const measures = (object: Description) => [
  { value: "count", label: `${object.label}数` },
  ...object.fields
    .filter(isMeasured)
    .flatMap(({ name, label }) =>
      ["sum", "avg", "min", "max"].map((way) => ({ value: `${way}:${name}`, label: `${label}${WAYS[way] ?? ""}` })),
    ),
];

interface Choice {
  group: Group | undefined;
  measure: string;
  look: string;
}

/** What somebody chose, else what a board or the first choice suggests. */
function chosen(object: Description, settings: Record<string, string>): Choice {
  const fields = groupable(object);
  const usual = fields.find(({ name }) => name === object.board) ?? fields.find(({ kind }) => kind === "choice") ?? fields[0];
  const asked = groupOf(object, settings["chart.by"] ?? "");
  const group = asked && fields.includes(asked.field) ? asked : usual && groupOf(object, groupKey(usual));
  const measure = measures(object).find(({ value }) => value === settings["chart.of"])?.value ?? "count";
  const look =
    LOOKS.find(({ value }) => value === settings["chart.as"])?.value ?? (group && isDate(group.field) ? "line" : "bar");
  return { group, measure, look };
}

const MOST = 60;

function Picture({ object, state, group, measure, look }: ShapeProps & { group: Group; measure: string; look: string }) {
  const navigate = useNavigate();
  const dated = isDate(group.field);
  const asked = useAggregate(object, {
    group: [group.key],
    measures: [measure],
    filter: state.filter,
    q: state.q.trim(),
    ...(dated ? { order: group.key } : group.field.options ? {} : { order: `-${measure}`, limit: MOST }),
  });
  const points = useMemo(
    () =>
      asked.data
        ? rowsOf(asked.data, group, measure, dated && look !== "pie").map((row): Point => ({
            row,
            name: groupText(group, row),
            value: Number(row[measure] ?? 0),
            text: figureText(object, measure, row[measure]),
          }))
        : [],
    [asked.data, group, measure, dated, look, object],
  );
  if (asked.isError && !asked.data) return <Problem cause={asked.error} retry={() => void asked.refetch()} />;
  if (asked.isPending) return <Waiting error={null} tall />;
  if (points.length === 0)
    return state.filter || state.q.trim() ? (
      <Empty title={`没有符合条件的${object.label}`} hint="去掉一些条件再看。" />
    ) : (
      <Empty title={`还没有${object.label}`} hint="这里会显示您能看到的记录。" />
    );
  const address = (index: number) => {
    const point = points[index];
    return point ? listAddress(object.collection, within(object, group, point.row, state.filter), null, state.q) : "";
  };
  return (
    <div className="chart-body">
      <Suspense fallback={<Waiting error={null} tall />}>
        <Drawing points={points} look={look} onPick={(index) => void navigate(address(index))} />
      </Suspense>
      <Figures
        points={points}
        label={group.field.label}
        measure={measures(object).find(({ value }) => value === measure)?.label ?? ""}
        adds={measure === "count" || measure.startsWith("sum:")}
        address={address}
      />
    </div>
  );
}

/** A month in which nothing happened is part of a course; a choice stands in its own order. */
function rowsOf(rows: Fields[], group: Group, measure: string, course: boolean): Fields[] {
  if (!course || !(measure === "count" || measure.startsWith("sum:"))) return inOrder(rows, group);
  const known = new Map(rows.filter((row) => row[group.key] !== null).map((row) => [asText(row[group.key]), row]));
  return buckets([...known.keys()]).map((bucket) => known.get(bucket) ?? { [group.key]: bucket, [measure]: 0 });
}
