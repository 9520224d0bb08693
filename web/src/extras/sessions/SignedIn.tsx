import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import "../../app/security.css";
import { useRefresh } from "../../app/refresh";
import { sessions } from "../../client/security";
import type { Description, RecordRow } from "../../client/types";
import { toast } from "../../kit/toast";
import { useAttempt } from "../../kit/useAttempt";
import { SessionRow } from "../../screens/security/SessionRow";

/** 登录的设备: of somebody else, for whoever may end them. */
export default function SignedIn({ object, record }: { object: Description; record: RecordRow }) {
  const found = useQuery({ queryKey: [object.collection, record.id, "sessions"], queryFn: () => sessions.of(record.id), retry: false });
  const { busy, attempt } = useAttempt();
  const refresh = useRefresh();
  if (!found.data) return null;
  const endAll = () => void attempt(async () => { await sessions.endOf(record.id); toast.ok("已全部退出"); await refresh(); });
  return (
    <section className="panel" aria-label="登录的设备">
      <div className="panel-head">
        <h2>登录的设备</h2>
        {found.data.length > 0 && <Button size="small" danger disabled={busy} onClick={endAll}>全部退出</Button>}
      </div>
      {found.data.length === 0 && <p className="nothing-yet">现在没有登录</p>}
      <ul className="security-rows">{found.data.map((one) => <SessionRow key={one.id} session={one} />)}</ul>
    </section>
  );
}
