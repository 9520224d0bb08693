import { useTakeBack } from "../app/useUndo";
import { undoing, type Deed } from "../client/undo";
import { nearText } from "../kinds/dates";
import { Dated, Line } from "./Dated";

const EMPTY = { title: "没有可以撤销的操作", hint: "您删除、批量修改、转交和合并的记录会在这里保留一段时间，随时可以撤销。" };

/** What one did of late to records and may still take back. */
export default function Deeds() {
  return (
    <Dated
      title="我的操作"
      queryKey={["deeds"]}
      load={undoing.deeds}
      empty={EMPTY}
      draw={(deed: Deed) => <Done key={deed.id} deed={deed} />}
    />
  );
}

function Done({ deed }: { deed: Deed }) {
  const takeBack = useTakeBack();
  const { id, at, until, undone_at: undone } = deed;
  const when = undone ? `${nearText(at)}，已于${nearText(undone)}撤销` : `${nearText(at)}，${nearText(until)}之前可以撤销`;
  return (
    <Line
      what={told(deed)}
      when={when}
      over={undone ? "已撤销" : undefined}
      back={undone ? undefined : "撤销"}
      onBack={() => takeBack(id)}
    />
  );
}

const VERBS: Record<string, string> = { delete: "删除", change: "修改", transfer: "转交", merge: "合并" };

function told({ verb, object, count, names }: Deed): string {
  const what = names.length === count ? `${object}“${names.join("、")}”` : `${count} 条${object}`;
  return `${VERBS[verb] ?? verb}：${what}`;
}
