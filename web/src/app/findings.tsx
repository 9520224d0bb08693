import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";
import { search } from "../client/api";
import { useDebounced } from "../kit/useDebounced";
import { useFormHost } from "../screens/form/host";
import { HitWords } from "../kit/HitWords";
import { inMenuOrder, may, useMeta } from "./meta";

export interface Finding { key: string; shown: ReactNode; go: () => void }
interface Found { label: string; items: Finding[] }

/** Records, things to create and pages that answer to what is being typed. */
export function useFindings(typed: string, close: () => void): { groups: Found[]; waiting: boolean } {
  const word = typed.trim();
  const q = useDebounced(word, 120);
  const navigate = useNavigate();
  const commands = useCommands(word, close);
  const found = useQuery({ queryKey: ["search", q, 6], queryFn: ({ signal }) => search(q, 6, signal), enabled: q !== "", placeholderData: keepPreviousData });
  const go = (to: string) => () => { close(); void navigate(to); };
  const hits = word === "" ? [] : (found.data?.groups ?? []).map(({ collection, label, rows }) => ({
    label,
    items: rows.map((hit) => ({ key: `${collection}/${hit.id}`, shown: <HitWords hit={hit} />, go: go(`/${collection}/${hit.id}`) })),
  }));
  const all = word === "" || hits.length === 0 ? [] : [{ label: "更多", items: [{ key: "all", shown: `查看“${word}”的全部结果`, go: go(`/search?q=${encodeURIComponent(word)}`) }] }];
  return { groups: [...hits, ...commands, ...all], waiting: word !== "" && (found.isFetching || q !== word) };
}

function useCommands(word: string, close: () => void): Found[] {
  const meta = useMeta();
  const navigate = useNavigate();
  const { open } = useFormHost();
  const fits = (text: string) => word === "" || text.includes(word);
  const go = (to: string) => () => { close(); void navigate(to); };
  const objects = inMenuOrder(meta);
  const creating = objects.filter((object) => may(object, "add") && fits(`新建${object.label}`)).slice(0, word ? 4 : 3)
    .map(({ collection, label }) => ({ key: `new ${collection}`, shown: `新建${label}`, go: () => { close(); open({ collection }); } }));
  const places = [
    { to: "/", label: "工作台" },
    ...meta.dashboards.map(({ name, label }) => ({ to: `/dashboards/${name}`, label })),
    ...objects.map(({ collection, label }) => ({ to: `/${collection}`, label })),
    { to: "/jobs", label: "后台任务" },
    ...objects.filter((object) => may(object, "import")).map(({ collection, label }) => ({ to: `/imports/new?collection=${collection}`, label: `导入${label}` })),
  ].filter(({ label }) => fits(label)).slice(0, 6).map(({ to, label }) => ({ key: to, shown: label, go: go(to) }));
  return [{ label: "新建", items: creating }, { label: "前往", items: places }].filter(({ items }) => items.length > 0);
}
