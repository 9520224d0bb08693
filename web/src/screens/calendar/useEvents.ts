import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Dayjs } from "dayjs";
import { records } from "../../client/api";
import type { Condition, Description, Field, Filter, Row } from "../../client/types";
import { DAY } from "../../kinds/dates";
import { forServer, narrowed } from "../list/filters";

const PAGE = 200,
  MOST_PAGES = 5;

export interface Found {
  rows: Row[];
  more: boolean;
}

/** The records that stand on these days, under the filter and the words of the list. */
export function useEvents(object: Description, field: Field, days: Dayjs[], { q, filter }: { q: string; filter: Filter | null }) {
  const [first, last] = [days[0]?.format(DAY) ?? "", days.at(-1)?.format(DAY) ?? ""];
  const within: Condition = { field: field.name, op: "between", value: [first, last] };
  const ask = {
    q: q.trim(),
    filter: forServer(narrowed(filter, within)),
    order: field.sortable === false ? "" : field.name,
    fields: shownFields(object, field),
  };
  return useQuery({
    queryKey: [object.collection, "calendar", ask],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<Found> => {
      const rows: Row[] = [];
      let after = "";
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const found = await records.list(object.collection, { ...ask, limit: PAGE, after }, signal);
        rows.push(...found.rows);
        if (!found.next) return { rows, more: false };
        after = found.next;
      }
      return { rows, more: true };
    },
  });
}

/** What an event says, what its colour and its tick follow from, and the version that lets it be moved. */
function shownFields(object: Description, field: Field): string[] {
  const states = object.fields.filter(({ kind }) => kind === "state").map(({ name }) => name);
  const first = object.columns.filter((name) => object.fields.some((one) => one.name === name && one.kind === "ref")).slice(0, 1);
  return [...new Set(["version", object.title, field.name, ...states, ...first, "owner"])];
}
