import { Link } from "react-router";
import type { Fields } from "../../client/types";
import { short } from "../../kinds/numbers";
import { listAddress } from "../list/state";
import type { CardProps } from "./Cards";
import { figureText, groupFilter, groupOf, groupText, measured, type Group } from "./measure";
import { useAggregate } from "./useAggregate";
import { Waiting } from "./Waiting";

/** Lying bars: names stay readable, every bar is a link to its records. */
export function Bars({ card, object }: CardProps) {
  const [key = ""] = card.group ?? [];
  const group = groupOf(object, key);
  const asked = useAggregate(
    object,
    {
      group: [key],
      measures: [card.measure],
      filter: card.filter,
      order: card.order ?? undefined,
      limit: card.limit ?? undefined,
    },
    group !== undefined,
  );
  if (!asked.data || !group) return <Waiting error={asked.error} tall />;
  if (asked.data.length === 0) return <p className="nothing-yet">还没有数据</p>;
  const rows = card.order ? asked.data : inOrder(asked.data, group);
  const most = Math.max(...asked.data.map((row) => Number(row[card.measure])), 0);
  const unit = measured(object, card.measure)?.kind === "money" ? "¥" : "";
  return (
    <ul className="bars">
      {rows.map((row) => (
        <li key={groupText(group, row)}>
          <Link
            to={listAddress(object.collection, groupFilter(card, group, row))}
            title={figureText(object, card.measure, row[card.measure])}
          >
            <span className="bars-name">{groupText(group, row)}</span>
            <span className="bars-track">
              <i style={{ width: share(row, card.measure, most) }} />
            </span>
            <span className="figure">
              {unit}
              {short(row[card.measure])}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Stages and levels stand in their own order, not in the one they were found in. */
function inOrder(rows: Fields[], { field, key }: Group): Fields[] {
  const place = (row: Fields) => field.options?.findIndex(({ value }) => value === row[key]) ?? 0;
  return rows.toSorted((one, other) => place(one) - place(other));
}

const share = (row: Fields, measure: string, most: number) =>
  `${most > 0 ? Math.max(0.5, (Number(row[measure]) / most) * 100) : 0}%`;
