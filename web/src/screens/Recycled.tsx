import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { Link, useParams } from "react-router";
import { useDescription } from "../app/meta";
import { useRefresh } from "../app/refresh";
import { undoing, type Recycled as Row } from "../client/undo";
import { nearText } from "../kinds/dates";
import { Empty } from "../kit/Empty";
import { UndoIcon } from "../kit/icons";
import { Problem } from "../kit/Problem";
import { Skeleton } from "../kit/Skeleton";
import { toast } from "../kit/toast";
import { several } from "../kit/words";
import "../app/recycled.css";
import NotFound from "./NotFound";

/** What was deleted of one object and may still come back. */
export default function Recycled() {
  const { collection = "" } = useParams();
  const object = useDescription(collection);
  const list = useInfiniteQuery({
    queryKey: [collection, "recycled"], queryFn: ({ pageParam }) => undoing.recycled(collection, pageParam), initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined, enabled: object !== undefined,
  });
  if (!object) return <NotFound />;
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <div className="page narrow-page">
      <title>{`${object.label}回收站 · 知客`}</title>
      <nav className="crumbs" aria-label="位置"><Link to={`/${collection}`}>{several(object.label)}</Link></nav>
      <h1>{`${object.label}回收站`}</h1>
      {list.isPending ? <Skeleton /> : list.isError ? <Problem cause={list.error} />
        : rows.length === 0 ? <Empty title="回收站是空的" hint="删除的记录会在这里保留一段时间，连同明细、评论和附件一起恢复。" />
          : <ul className="rows">{rows.map((row) => <Deleted key={row.id} collection={collection} row={row} />)}</ul>}
      {list.hasNextPage && <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>显示更多</Button>}
    </div>
  );
}

function Deleted({ collection, row }: { collection: string; row: Row }) {
  const refresh = useRefresh();
  const restore = async () => {
    try {
      await undoing.restore(row.id);
      toast.ok(`已恢复“${row.label}”`, { to: `/${collection}/${row.record}`, text: "打开" });
      await refresh();
    } catch (cause) {
      toast.error(cause);
    }
  };
  return (
    <li className="row-link recycled">
      <span className="recycled-what">
        <strong>{row.label}</strong>
        <small className="muted">{`${row.by.label}删除于${nearText(row.at)}，${nearText(row.until)}之前可以恢复`}</small>
      </span>
      <span className="spacer" />
      {row.owner && <span className="muted desktop">{row.owner.label}</span>}
      <Button icon={<UndoIcon />} onClick={() => void restore()}>恢复</Button>
    </li>
  );
}
