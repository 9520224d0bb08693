import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";
import { search } from "../client/api";
import type { Hit, HitGroup } from "../client/search";
import { HitWords } from "../kit/HitWords";
import { useDebounced } from "../kit/useDebounced";
import { useCommands, type Entry } from "./commands";
import { inMenuOrder, useMeta } from "./meta";

export interface Finding {
  key: string;
  shown: ReactNode;
  go: () => void;
}
export interface Found {
  label: string;
  items: Finding[];
}

const EACH = 6;

/** Records, things to create, places and commands that answer to what is being typed. */
export function useFindings(typed: string, close: () => void, creating: boolean): { groups: Found[]; waiting: boolean } {
  const word = typed.trim();
  const q = useDebounced(word, 90);
  const navigate = useNavigate();
  const commands = useCommands(word, close, creating);
  const asking = word !== "" && !creating;
  const found = useQuery({
    queryKey: ["search", q, EACH],
    queryFn: ({ signal }) => search(q, EACH, signal),
    enabled: asking && q !== "",
    placeholderData: keepPreviousData,
  });
  const waiting = asking && (found.isFetching || q !== word);
  const go = (to: string) => () => {
    close();
    void navigate(to);
  };
  const answered = useMenuOrder(asking ? (found.data?.groups ?? []) : []);
  const hits = (found.isPlaceholderData || q !== word ? stillTrue(answered, word) : answered).map(
    ({ collection, label, rows }) => ({
      label,
      items: rows.map((hit) => ({
        key: `${collection}/${hit.id}`,
        shown: <HitWords hit={hit} />,
        go: go(`/${collection}/${hit.id}`),
      })),
    }),
  );
  const all =
    hits.length === 0
      ? []
      : [
          {
            label: "更多",
            items: [{ key: "all", shown: `查看“${word}”的全部结果`, go: go(`/search?q=${encodeURIComponent(word)}`) }],
          },
        ];
  const offered = commands.map(({ label, items }) => ({
    label,
    items: items.map((entry) => ({ ...entry, shown: <Words entry={entry} /> })),
  }));
  return { groups: [...hits, ...offered, ...all], waiting };
}

const Words = ({ entry: { shown, hint } }: { entry: Entry }) => (
  <span className="with-hint">
    <span>{shown}</span>
    {hint && <small>{hint}</small>}
  </span>
);

/** What business is done with comes before the company's own departments and posts, as in the menu. */
function useMenuOrder(groups: HitGroup[]): HitGroup[] {
  const order = inMenuOrder(useMeta()).map(({ collection }) => collection);
  const place = ({ collection }: HitGroup) => (order.includes(collection) ? order.indexOf(collection) : order.length);
  return groups.toSorted((one, other) => place(one) - place(other));
}

/** While the answer to the next letter is on its way, only those of the last answer stay that fit it too. */
export function stillTrue(groups: HitGroup[], word: string): HitGroup[] {
  const wanted = word.toLowerCase();
  const fits = (hit: Hit) =>
    [hit.title, ...hit.matched.map(({ text }) => text)].some((text) => text.toLowerCase().includes(wanted));
  return groups.map((group) => ({ ...group, rows: group.rows.filter(fits) })).filter(({ rows }) => rows.length > 0);
}
