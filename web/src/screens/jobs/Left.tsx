import { Link } from "react-router";
import type { LeftRecord } from "../../client/types";
import { groups } from "../../kit/groups";

const NAMED = 5,
  REASONS = 8;

/** What stays as it is: why, how many, and who they are. */
export function Left({
  rows,
  count = rows.length,
  collection,
}: {
  rows: LeftRecord[];
  /** Of whom only some are named. */ count?: number;
  collection?: string;
}) {
  if (count === 0) return null;
  return (
    <>
      <p>
        <strong className="figure">{count.toLocaleString("zh-CN")}</strong> 条保持原样：
      </p>
      <ul className="refusals">
        {groups(rows, ({ reason }) => reason)
          .slice(0, REASONS)
          .map(([reason, all]) => (
            <Group key={reason} reason={reason} all={all} collection={collection} />
          ))}
      </ul>
    </>
  );
}

function Group({ reason, all, collection }: { reason: string; all: LeftRecord[]; collection?: string }) {
  return (
    <li>
      {reason}
      <small className="muted">{` ${all.length.toLocaleString("zh-CN")} 条`}</small>
      <div className="refused-names">
        {all.slice(0, NAMED).map(({ id, label, collection: own = collection }) => (
          <Link key={`${own}${id}`} to={`/${own}/${id}`} target="_blank">
            {label ?? `#${id}`}
          </Link>
        ))}
        {all.length > NAMED && <span className="muted">等</span>}
      </div>
    </li>
  );
}
