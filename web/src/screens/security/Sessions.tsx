import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { sessions } from "../../client/security";
import { Problem } from "../../kit/Problem";
import { Skeleton } from "../../kit/Skeleton";
import { toast } from "../../kit/toast";
import { useAttempt } from "../../kit/useAttempt";
import { SessionRow } from "./SessionRow";

/** 会话: where one is signed in; what one does not know is ended here. */
export function Sessions() {
  const found = useQuery({ queryKey: ["sessions"], queryFn: sessions.mine, staleTime: 0 });
  const { busy, attempt } = useAttempt();
  if (found.isPending)
    return (
      <section className="panel">
        <Skeleton rows={3} />
      </section>
    );
  if (!found.data) return <Problem cause={found.error} retry={() => void found.refetch()} />;
  const after = (deed: () => Promise<unknown>, said: string) =>
    void attempt(async () => {
      await deed();
      toast.ok(said);
      await found.refetch();
    });
  return (
    <section className="panel" aria-label="登录的设备">
      <div className="panel-head">
        <h2>登录的设备</h2>
        <span className="spacer" />
        {found.data.length > 1 && (
          <Button size="small" danger disabled={busy} onClick={() => after(sessions.endOthers, "其他设备已全部退出")}>
            退出其他设备
          </Button>
        )}
      </div>
      <ul className="security-rows">
        {found.data.map((one) => (
          <SessionRow key={one.id} session={one}>
            {!one.current && (
              <Button
                size="small"
                type="text"
                disabled={busy}
                aria-label={`退出 ${one.device}`}
                onClick={() => after(() => sessions.end(one.id), "该设备已退出")}
              >
                退出
              </Button>
            )}
          </SessionRow>
        ))}
      </ul>
      <p className="help">有不认识的设备时，先把它退出，再修改密码。</p>
    </section>
  );
}
