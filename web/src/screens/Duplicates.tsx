import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Checkbox } from "antd";
import { lazy, Suspense, useState, type ReactNode } from "react";
import { Link, useParams } from "react-router";
import { may, useDescription } from "../app/meta";
import { useRefresh } from "../app/refresh";
import { duplicates, type Group } from "../client/undo";
import type { Description, Id } from "../client/types";
import { nearText } from "../kinds/dates";
import { toast } from "../kit/toast";
import { several } from "../kit/words";
import { GroupRow } from "./merge/GroupRow";
import NotFound from "./NotFound";
import { Paged } from "./Paged";
import "./merge/merge.css";

const JobDialog = lazy(() => import("./jobs/JobDialog"));

const NOTHING = { title: "没有疑似重复的记录", hint: "点“全库查重”，按名称、电话、编码和地址在全部记录中查找。" };

/** Records entered twice, found over the whole base: merged, or said to be different. */
export default function Duplicates() {
  const { collection = "" } = useParams();
  const object = useDescription(collection);
  const refresh = useRefresh();
  const [chosen, setChosen] = useState<ReadonlySet<Id>>(new Set());
  const [job, setJob] = useState<{ id: Id; title: string } | null>(null);
  const list = useGroups(collection, object?.merge === true);
  if (!object?.merge || !may(object, "delete")) return <NotFound />;
  const groups = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const begin = (title: string, start: Promise<{ id: Id }>) => void start.then(({ id }) => setJob({ id, title }), toast.error);
  const toggle = ({ group }: Group) => {
    const next = new Set(chosen);
    if (!next.delete(group)) next.add(group);
    setChosen(next);
  };
  const some = groups.filter(({ group }) => chosen.has(group));
  return (
    <div className="page">
      <title>{`${object.label}查重 · 知客`}</title>
      <Head object={object} searched={list.data?.pages[0]?.searched_at}>
        {some.length > 0 && (
          <Button onClick={() => begin("批量合并", duplicates.merge(collection, some))}>{`合并所选 ${some.length} 组`}</Button>
        )}
        <Button type="primary" onClick={() => begin("全库查重", duplicates.search(collection))}>
          全库查重
        </Button>
      </Head>
      <Paged list={list} empty={NOTHING}>
        {(found) => <Groups collection={collection} groups={found} chosen={chosen} onToggle={toggle} />}
      </Paged>
      <Suspense>
        {job && (
          <JobDialog
            id={job.id}
            title={job.title}
            onClose={() => {
              setJob(null);
              setChosen(new Set());
              void refresh();
            }}
          />
        )}
      </Suspense>
    </div>
  );
}

const useGroups = (collection: string, enabled: boolean) =>
  useInfiniteQuery({
    queryKey: [collection, "duplicate-groups"],
    queryFn: ({ pageParam }) => duplicates.groups(collection, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    enabled,
  });

function Head({ object, searched, children }: { object: Description; searched?: string | null; children: ReactNode }) {
  return (
    <>
      <nav className="crumbs" aria-label="位置">
        <Link to={`/${object.collection}`}>{several(object.label)}</Link>
      </nav>
      <div className="list-head">
        <h1>{`${object.label}查重`}</h1>
        {searched && <span className="muted">{`上次查找：${nearText(searched)}`}</span>}
        <span className="spacer" />
        {children}
      </div>
    </>
  );
}

interface GroupsProps {
  collection: string;
  groups: Group[];
  chosen: ReadonlySet<Id>;
  onToggle: (group: Group) => void;
}

function Groups({ collection, groups, chosen, onToggle }: GroupsProps) {
  return (
    <ul className="rows">
      {groups.map((group) => (
        <GroupRow
          key={group.group}
          collection={collection}
          group={group}
          check={<Checkbox checked={chosen.has(group.group)} aria-label="选择这一组" onChange={() => onToggle(group)} />}
        />
      ))}
    </ul>
  );
}
