import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { useMeta } from "../../app/meta";
import { imports } from "../../client/api";
import type { ImportState, ImportSummary } from "../../client/imports";
import { nearText } from "../../kinds/dates";
import { figuresOf } from "../jobs/Outcome";

const SHOWN = 8;
const STATES: Record<ImportState, [word: string, colour: string]> = {
  draft: ["还没有导入", "orange"],
  checked: ["检查过，还没有导入", "orange"],
  running: ["进行中", "blue"],
  done: ["已导入", "green"],
  undone: ["已撤销", "grey"],
  failed: ["没有成功", "red"],
};

/** One's own imports of late: those that wait to be gone on with, and those that may be taken back. */
export function Recent() {
  const found = useQuery({ queryKey: ["imports", "mine"], queryFn: imports.mine, staleTime: 0, retry: false });
  const rows = found.data?.rows.slice(0, SHOWN) ?? [];
  if (rows.length === 0) return null;
  return (
    <section aria-label="最近的导入">
      <h2 className="recent-head">最近的导入</h2>
      <ul className="rows">
        {rows.map((one) => (
          <One key={one.id} one={one} />
        ))}
      </ul>
    </section>
  );
}

function One({ one }: { one: ImportSummary }) {
  const { objects } = useMeta();
  const [word, colour] = STATES[one.state];
  const { created, updated, skipped, refused } = one.result ?? {};
  const counts = one.state === "done" ? figuresOf({ created, updated, skipped, refused }).filter(([, , count]) => count > 0) : [];
  return (
    <li>
      <Link to={`/imports/${one.id}`} className="row-link">
        <span className="row-words">
          <strong>
            {objects[one.collection]?.label ?? one.collection} · {one.filename}
          </strong>
          <small className="muted">
            {nearText(one.created_at)}
            {counts.map(([, label, count]) => ` · ${label} ${count.toLocaleString("zh-CN")}`)}
          </small>
        </span>
        <span className="spacer" />
        <span className={`badge badge-${colour}`}>{word}</span>
      </Link>
    </li>
  );
}
