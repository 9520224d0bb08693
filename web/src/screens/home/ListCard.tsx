import { useQuery } from "@tanstack/react-query";
import type { CSSProperties } from "react";
import { Link } from "react-router";
import { fieldsOf, useDescription } from "../../app/meta";
import { records } from "../../client/api";
import type { HomeCard } from "../../client/desk";
import type { Description, Field, Row } from "../../client/types";
import { kindOf, Shown } from "../../kinds";
import { asText, isBlank } from "../../kinds/values";
import { CheckIcon } from "../../kit/frameIcons";
import { Waiting } from "../dashboard/Waiting";
import { forServer } from "../list/filters";
import { rememberList } from "../list/last";
import { listAddress } from "../list/state";
import { daysUntil, dueDay, nearDay } from "./due";
import { SeeAll } from "./SeeAll";
import { useAct } from "./useAct";

/** What a list card shows, and how many there are of it. */
export function useListed(card: HomeCard) {
  const object = useDescription(card.collection);
  const ask = {
    filter: forServer(card.filter ?? null),
    order: card.order ?? object?.order ?? "",
    limit: card.limit ?? 6,
    fields: [object?.title ?? "id", ...(card.fields ?? [])],
  };
  const rows = useQuery({
    queryKey: [card.collection, "home", ask],
    queryFn: ({ signal }) => records.list(card.collection, ask, signal),
    enabled: object !== undefined,
  });
  // What is there in full need not be counted by the server, too.
  const total = useQuery({
    queryKey: [card.collection, "home", "count", ask.filter],
    queryFn: ({ signal }) => records.count(card.collection, ask, signal),
    enabled: rows.data?.next != null,
  });
  return { object, rows, total: (rows.data?.next != null ? total.data?.count : undefined) ?? rows.data?.rows.length ?? 0 };
}

export const listedAddress = (card: HomeCard) => listAddress(card.collection, card.filter ?? null, card.order);

/** The first of a list, each a way to its record; what can be done at once is done here. */
export function ListCard({ card, onGo }: { card: HomeCard; onGo?: () => void }) {
  const { object, rows, total } = useListed(card);
  const { act, gone } = useAct(card, object);
  if (!object || !rows.data) return <Waiting error={rows.error} tall />;
  const shown = rows.data.rows.filter(({ id }) => !gone.has(id));
  if (shown.length === 0) return <p className="nothing-yet">{act ? "都办完了，没有到期的事。" : "没有这样的记录。"}</p>;
  return (
    <>
      <ul
        className={act ? "listed listed-act" : "listed"}
        onClickCapture={() =>
          rememberList(
            card.collection,
            listedAddress(card),
            shown.map(({ id }) => id),
          )
        }
        style={{ "--facts": (card.fields ?? []).length } as CSSProperties}
      >
        {shown.map((row) => (
          <One key={row.id} card={card} object={object} row={row} act={act} onGo={onGo} />
        ))}
      </ul>
      {total > shown.length && <SeeAll to={listedAddress(card)} total={total} onClick={onGo} />}
    </>
  );
}

interface OneProps {
  card: HomeCard;
  object: Description;
  row: Row;
  act: ((row: Row) => void) | null;
  onGo: (() => void) | undefined;
}

function One({ card, object, row, act, onGo }: OneProps) {
  const title = asText(row[object.title]) || `#${row.id}`;
  const label = object.actions.find(({ name }) => name === card.act)?.label ?? "";
  const late = card.due ? (daysUntil(row[card.due]) ?? 0) < 0 : false;
  return (
    <li className={late ? "late" : ""}>
      {act && (
        <button type="button" className="plain check" aria-label={`${label}“${title}”`} title={label} onClick={() => act(row)}>
          <CheckIcon />
        </button>
      )}
      <Link className="listed-title" to={`/${object.collection}/${row.id}`} title={title} onClick={onGo}>
        {title}
      </Link>
      <span className="listed-facts">
        {fieldsOf(object, card.fields ?? []).map((field) => (
          <span
            key={field.name}
            className={`${field.name === card.due ? "due" : ""} ${field.name === card.warn ? "warned" : ""} ${kindOf(field).align ?? ""}`}
          >
            <Fact card={card} field={field} row={row} />
          </span>
        ))}
      </span>
    </li>
  );
}

/** Days are told by how far they are; the date itself is in the tooltip. */
function Fact({ card, field, row }: { card: HomeCard; field: Field; row: Row }) {
  const value = row[field.name];
  if (isBlank(value)) return field.name === card.warn ? "从未" : null;
  if (field.kind !== "date" && field.kind !== "datetime") return <Shown field={field} value={value} row={row} />;
  return (
    <time dateTime={asText(value)} title={`${field.label} ${kindOf(field).text(value, field)}`}>
      {field.name === card.due ? dueDay(value) : nearDay(value)}
    </time>
  );
}
