import { Link, useParams } from "react-router";
import { useDescription } from "../app/meta";
import { useRefresh } from "../app/refresh";
import { undoing, type Recycled as Row } from "../client/undo";
import { nearText } from "../kinds/dates";
import { toast } from "../kit/toast";
import { several } from "../kit/words";
import { Dated, Line } from "./Dated";
import NotFound from "./NotFound";

const EMPTY = { title: "回收站是空的", hint: "删除的记录会在这里保留一段时间，连同明细、评论和附件一起恢复。" };

/** What was deleted of one object and may still come back. */
export default function Recycled() {
  const { collection = "" } = useParams();
  const object = useDescription(collection);
  if (!object) return <NotFound />;
  const crumbs = (
    <nav className="crumbs" aria-label="位置">
      <Link to={`/${collection}`}>{several(object.label)}</Link>
    </nav>
  );
  return (
    <Dated
      title={`${object.label}回收站`}
      crumbs={crumbs}
      queryKey={[collection, "recycled"]}
      load={(after) => undoing.recycled(collection, after)}
      empty={EMPTY}
      draw={(row: Row) => <Deleted key={row.id} collection={collection} row={row} />}
    />
  );
}

function Deleted({ collection, row }: { collection: string; row: Row }) {
  const refresh = useRefresh();
  const restore = async () => {
    await undoing.restore(row.id);
    toast.ok(`已恢复“${row.label}”`, { to: `/${collection}/${row.record}`, text: "打开" });
    await refresh();
  };
  return (
    <Line
      what={row.label}
      when={`${row.by.label}删除于${nearText(row.at)}，${nearText(row.until)}之前可以恢复`}
      whose={row.owner?.label}
      back="恢复"
      onBack={restore}
    />
  );
}
