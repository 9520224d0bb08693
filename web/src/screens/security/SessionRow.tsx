import type { ReactNode } from "react";
import type { Session } from "../../client/security";
import { momentText, nearText } from "../../kinds/dates";

/** One session: on what, from where, and when it was last used. */
export function SessionRow({ session, children }: { session: Session; children?: ReactNode }) {
  const { device, address, started_at: started, used_at: used, current } = session;
  return (
    <li>
      <span>
        <strong>{device || "未知设备"}</strong>
        {current && <span className="badge security-here">当前</span>}
        <small className="muted">
          {address ?? "–"} · <time title={`登录于 ${momentText(started)}`}>{`最近使用：${nearText(used)}`}</time>
        </small>
      </span>
      {children}
    </li>
  );
}
