import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTakeBack } from "../app/useUndo";
import { undoing, type Deed } from "../client/undo";
import { nearText } from "../kinds/dates";
import { Empty } from "../kit/Empty";
import { UndoIcon } from "../kit/icons";
import { Problem } from "../kit/Problem";
import { Skeleton } from "../kit/Skeleton";
import { useAttempt } from "../kit/useAttempt";
import "../app/recycled.css";

/** What one did of late to records and may still take back. */
export default function Deeds() {
  const list = useInfiniteQuery({
    queryKey: ["deeds"], queryFn: ({ pageParam }) => undoing.deeds(pageParam), initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <div className="page narrow-page">
      <title>我的操作 · 知客</title>
      <h1>我的操作</h1>
      {list.isPending ? <Skeleton /> : list.isError ? <Problem cause={list.error} />
        : rows.length === 0 ? <Empty title="没有可以撤销的操作" hint="您删除、批量修改、转交和合并的记录会在这里保留一段时间，随时可以撤销。" />
          : <ul className="rows">{rows.map((deed) => <Done key={deed.id} deed={deed} />)}</ul>}
      {list.hasNextPage && <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>显示更多</Button>}
    </div>
  );
}

function Done({ deed }: { deed: Deed }) {
  const takeBack = useTakeBack();
  const { busy, attempt } = useAttempt();
  return (
    <li className="row-link recycled">
      <span className="recycled-what">
        <strong>{told(deed)}</strong>
        <small className="muted">{deed.undone_at ? `${nearText(deed.at)}，已于${nearText(deed.undone_at)}撤销` : `${nearText(deed.at)}，${nearText(deed.until)}之前可以撤销`}</small>
      </span>
      <span className="spacer" />
      {!deed.undone_at && <Button icon={<UndoIcon />} loading={busy} onClick={() => void attempt(() => takeBack(deed.id))}>撤销</Button>}
    </li>
  );
}

const VERBS: Record<string, string> = { delete: "删除", change: "修改", transfer: "转交", merge: "合并" };

function told({ verb, object, count, names }: Deed): string {
  const what = names.length === count ? `${object}“${names.join("、")}”` : `${count} 条${object}`;
  return `${VERBS[verb] ?? verb}：${what}`;
}
