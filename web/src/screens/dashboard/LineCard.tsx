import { lazy, Suspense } from "react";
import { Link, useNavigate } from "react-router";
import type { Fields } from "../../client/types";
import { buckets } from "../../kinds/dates";
import { asText } from "../../kinds/values";
import { afterPaint } from "../../kit/afterPaint";
import { listAddress } from "../list/state";
import type { CardProps } from "./Cards";
import { figureText, groupFilter, groupOf, groupText, type Group } from "./measure";
import { useAggregate } from "./useAggregate";
import { Waiting } from "./Waiting";

const Chart = lazy(() => afterPaint.then(() => import("./Chart")));

/** A course over time. The drawing is for eyes and mouse; the same figures stand in a table for everybody else. */
export function LineCard({ card, object }: CardProps) {
  const navigate = useNavigate();
  const [key = ""] = card.group ?? [];
  const group = groupOf(object, key);
  const asked = useAggregate(
    object,
    { group: [key], measures: [card.measure], filter: card.filter, order: card.order ?? key, limit: card.limit ?? undefined },
    group !== undefined,
  );
  if (!asked.data || !group) return <Waiting error={asked.error} tall />;
  const rows = withoutGaps(
    asked.data.filter((row) => row[key] !== null),
    key,
    card.measure,
  );
  if (rows.length === 0) return <p className="nothing-yet">还没有数据</p>;
  const points = rows.map((row) => ({
    name: groupText(group, row),
    value: Number(row[card.measure]),
    text: figureText(object, card.measure, row[card.measure]),
  }));
  const address = (index: number) => {
    const row = rows[index];
    return row ? listAddress(object.collection, groupFilter(card, group, row)) : null;
  };
  return (
    <>
      <Suspense fallback={<Waiting error={null} tall />}>
        <Chart
          points={points}
          onPick={(index) => {
            const to = address(index);
            if (to) void navigate(to);
          }}
        />
      </Suspense>
      <Figures group={group} label={card.label} points={points} address={address} />
    </>
  );
}

/** A month in which nothing was won is part of the course. */
function withoutGaps(rows: Fields[], key: string, measure: string): Fields[] {
  if (measure.startsWith("avg:") || measure.startsWith("min:") || measure.startsWith("max:")) return rows;
  const known = new Map(rows.map((row) => [asText(row[key]), row]));
  return buckets([...known.keys()]).map((bucket) => known.get(bucket) ?? { [key]: bucket, [measure]: 0 });
}

interface FiguresProps {
  group: Group;
  label: string;
  points: { name: string; text: string }[];
  address: (index: number) => string | null;
}

function Figures({ group, label, points, address }: FiguresProps) {
  return (
    <div className="for-keyboard">
      <table aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{group.field.label}</th>
            <th scope="col">{label}</th>
          </tr>
        </thead>
        <tbody>
          {points.map(({ name, text }, index) => (
            <tr key={name}>
              <td>{name}</td>
              <td>
                <Link to={address(index) ?? ""}>{text}</Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
