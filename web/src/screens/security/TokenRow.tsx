import type { ReactNode } from "react";
import { useMeta } from "../../app/meta";
import type { Token } from "../../client/security";
import { dayText, nearText } from "../../kinds/dates";

/** One token: what it may, until when, and when it was last used. */
export function TokenRow({ token, children }: { token: Token; children?: ReactNode }) {
  const { objects } = useMeta();
  const { name, reads_only: reads, collections, expires_at: ends, used_at: used, over } = token;
  const scope = `${reads ? "只读" : "读写"} · ${collections.map((one) => objects[one]?.label ?? one).join("、") || "全部对象"}`;
  return (
    <li>
      <span>
        <strong>{name}</strong>
        {over && <span className="badge">已过期</span>}
        <small className="muted">
          {scope} · {ends ? `有效期至 ${dayText(ends)}` : "长期有效"} · {used ? `最近使用：${nearText(used)}` : "没有用过"}
        </small>
      </span>
      {children && <span className="security-deeds">{children}</span>}
    </li>
  );
}
