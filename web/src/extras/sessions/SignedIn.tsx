import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import "../../app/security.css";
import { useRefresh } from "../../app/refresh";
import { sessions } from "../../client/security";
import type { Description, RecordRow } from "../../client/types";
import { toast } from "../../kit/toast";
import { useAttempt } from "../../kit/useAttempt";
import { SessionRow } from "../../screens/security/SessionRow";
import { TokenRow } from "../../screens/security/TokenRow";
import { WayChanges } from "../../screens/security/WayChanges";

/** 登录的设备: of somebody else, and the programs that act for her, for whoever may end them. */
export default function SignedIn({ object, record }: { object: Description; record: RecordRow }) {
  const found = useQuery({
    queryKey: [object.collection, record.id, "sessions"],
    queryFn: () => sessions.of(record.id),
    retry: false,
  });
  const { busy, attempt } = useAttempt();
  const refresh = useRefresh();
  if (!found.data) return null;
  const { rows, tokens, changes } = found.data;
  const after = (deed: () => Promise<unknown>, said: string) =>
    void attempt(async () => {
      await deed();
      toast.ok(said);
      await refresh();
    });
  return (
    <section className="panel" aria-label="登录的设备">
      <div className="panel-head">
        <h2>登录的设备</h2>
        <span className="spacer" />
        {rows.length > 0 && (
          <Button size="small" danger disabled={busy} onClick={() => after(() => sessions.endOf(record.id), "已全部退出")}>
            全部退出
          </Button>
        )}
        {tokens.length > 0 && (
          <Button size="small" danger disabled={busy} onClick={() => after(() => sessions.revokeOf(record.id), "令牌已全部撤销")}>
            撤销令牌
          </Button>
        )}
      </div>
      {rows.length === 0 && <p className="nothing-yet">现在没有登录</p>}
      <ul className="security-rows">
        {rows.map((one) => (
          <SessionRow key={one.id} session={one} />
        ))}
      </ul>
      {tokens.length > 0 && (
        <>
          <h3>接口令牌</h3>
          <ul className="security-rows">
            {tokens.map((one) => (
              <TokenRow key={one.id} token={one} />
            ))}
          </ul>
        </>
      )}
      {changes.length > 0 && (
        <>
          <h3>登录方式记录</h3>
          <WayChanges rows={changes} />
        </>
      )}
    </section>
  );
}
