import { Link } from "react-router";
import type { Fields } from "../../client/types";
import { short } from "../../kinds/numbers";
import { listAddress } from "../list/state";
import type { CardProps } from "./Cards";
import { figureText, groupFilter, groupOf, groupText, measured } from "./measure";
import { useAggregate } from "./useAggregate";
import { Waiting } from "./Waiting";

/** Lying bars: names stay readable, every bar is a link to its records. */
export function Bars({ card, object }: CardProps) {
  const [key = ""] = card.group ?? [];
  const group = groupOf(object, key);
  const asked = useAggregate(object, { group: [key], measures: [card.measure], filter: card.filter, order: card.order ?? undefined, limit: card.limit ?? undefined }, group !== undefined);
  if (!asked.data || !group) return <Waiting error={asked.error} tall />;
  if (asked.data.length === 0) return <p className="nothing-yet">还没有数据</p>;
  const most = Math.max(...asked.data.map((row) => Number(row[card.measure])), 0);
  const unit = measured(object, card.measure)?.kind === "money" ? "¥" : "";
  return (
    <ul className="bars">
      {asked.data.map((row) => (
        <li key={groupText(group, row)}>
          <Link to={listAddress(object.collection, groupFilter(card, group, row))} title={figureText(object, card.measure, row[card.measure])}>
            <span className="bars-name">{groupText(group, row)}</span>
            <span className="bars-track"><i style={{ width: share(row, card.measure, most) }} /></span>
            <span className="figure">{unit}{short(row[card.measure])}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

const share = (row: Fields, measure: string, most: number) => `${most > 0 ? Math.max(0.5, (Number(row[measure]) / most) * 100) : 0}%`;
