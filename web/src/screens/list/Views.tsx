import { useQuery } from "@tanstack/react-query";
import { Button, Input, Select } from "antd";
import { useEffect, useRef, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import { useMeta } from "../../app/meta";
import { views, type View } from "../../client/live";
import type { Description, Id } from "../../client/types";
import { asRef } from "../../kinds/values";
import { Ask } from "../../kit/ask";
import { MoreIcon, PlusIcon } from "../../kit/icons";
import Menu from "../../kit/Menu";
import { usePhone } from "../../kit/useMedia";
import { OPENNESS } from "../../kit/openness";
import { toast } from "../../kit/toast";

/** Kept views as tabs. The address says what a list shows, so a view is an address with a name. */
export function Views({ object }: { object: Description }) {
  const { search } = useLocation();
  const navigate = useNavigate();
  const [keeping, setKeeping] = useState(false);
  const kept = useQuery({
    queryKey: ["views", object.collection],
    queryFn: () => views.of(object.collection),
    staleTime: 60_000,
    retry: false,
  });
  const query = search.replace(/^\?/, "");
  const rows = kept.data ?? [];
  const [from, setFrom] = useState<Id | null>(null);
  const { me } = useMeta();
  const phone = usePhone();
  const go = (to: string, view: View | null) => {
    setFrom(view?.id ?? null);
    void navigate({ search: to });
  };
  useArrival(query, kept.data, (to) => void navigate({ search: to }, { replace: true }));
  if (rows.length === 0 && (query === "" || (phone && isOnlyShape(query)))) return null;
  const standing = rows.find((view) => sameQuery(view.query, query));
  const changed = standing ? undefined : rows.find((view) => view.id === from && asRef(view.owner)?.id === me.id);
  return (
    <nav className="views" aria-label="视图">
      <button type="button" aria-current={query === "" ? "page" : undefined} onClick={() => go("", null)}>
        全部
      </button>
      {rows.map((view) => (
        <Tab
          key={view.id}
          view={view}
          current={view === standing}
          query={query}
          onGo={() => go(view.query, view)}
          onDone={() => void kept.refetch()}
        />
      ))}
      {changed && query !== "" && <Update view={changed} query={query} onDone={() => void kept.refetch()} />}
      {query !== "" && !standing && (
        <Button size="small" type="text" icon={<PlusIcon />} onClick={() => setKeeping(true)}>
          存为视图
        </Button>
      )}
      {keeping && (
        <Keep collection={object.collection} query={query} onClose={() => setKeeping(false)} onDone={() => void kept.refetch()} />
      )}
    </nav>
  );
}

/** On a phone a line is dear: how a list is drawn is not worth one, what it shows is. */
const isOnlyShape = (query: string) => [...new URLSearchParams(query).keys()].every((key) => key === "view" || key.includes("."));

/** The same list, whatever the order in which somebody came to it. */
function sameQuery(one: string, other: string): boolean {
  const sorted = (query: string) => {
    const params = new URLSearchParams(query);
    params.sort();
    return params.toString();
  };
  return one === other || sorted(one) === sorted(other);
}

/** Whoever opens a list without saying more begins with the view that was made the default. */
function useArrival(query: string, kept: View[] | undefined, go: (query: string) => void) {
  const arrived = useRef(query !== "");
  const first = kept?.find((view) => view.is_default)?.query;
  useEffect(() => {
    if (arrived.current || !kept) return;
    arrived.current = true;
    if (first) go(first);
  });
}

/** One's own view, from which one went on: it can take over what the list shows now. */
function Update({ view, query, onDone }: { view: View; query: string; onDone: () => void }) {
  const update = () => void views.change(view, { query }).then(onDone).catch(toast.error);
  return <Button size="small" type="text" onClick={update}>{`保存到“${view.name}”`}</Button>;
}

interface TabProps {
  view: View;
  current: boolean;
  query: string;
  onGo: () => void;
  onDone: () => void;
}

function Tab({ view, current, query, onGo, onDone }: TabProps) {
  const { me } = useMeta();
  const mine = asRef(view.owner)?.id === me.id;
  const run = (deed: Promise<unknown>) => void deed.then(onDone).catch(toast.error);
  const items = [
    {
      key: "here",
      label: "改为现在的条件",
      disabled: current || query === "",
      onClick: () => run(views.change(view, { query })),
    },
    ...OPENNESS.map(({ value, label }) => ({
      key: value,
      label: `共享给：${label}`,
      disabled: view.share === value,
      onClick: () => run(views.change(view, { share: value })),
    })),
    {
      key: "default",
      label: view.is_default ? "不再默认打开" : "默认打开",
      onClick: () => run(views.change(view, { is_default: !view.is_default })),
    },
    { key: "remove", label: "删除视图", danger: true, onClick: () => run(views.remove(view)) },
  ];
  return (
    <span className="view-tab">
      <button type="button" aria-current={current ? "page" : undefined} onClick={onGo}>
        {view.name}
      </button>
      {mine && current && (
        <Menu menu={{ items }}>
          <Button size="small" type="text" icon={<MoreIcon />} aria-label={`视图“${view.name}”的选项`} />
        </Menu>
      )}
    </span>
  );
}

function Keep({
  collection,
  query,
  onClose,
  onDone,
}: {
  collection: string;
  query: string;
  onClose: () => void;
  onDone: () => void;
}) {
  const [name, setName] = useState("");
  const [share, setShare] = useState("private");
  const key = useRef(crypto.randomUUID());
  const keep = async () => {
    await views.keep({ name: name.trim(), collection, query, share }, key.current);
    onDone();
  };
  return (
    <Ask title="存为视图" ok="保存" disabled={!name.trim()} onOk={keep} onClose={onClose}>
      <label className="field">
        名称
        <Input autoFocus maxLength={40} value={name} onChange={(event) => setName(event.target.value)} />
      </label>
      <label className="field">
        给谁用
        <Select options={OPENNESS} value={share} onChange={setShare} />
      </label>
    </Ask>
  );
}
