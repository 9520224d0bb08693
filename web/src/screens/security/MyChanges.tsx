import { useQuery } from "@tanstack/react-query";
import { sessions } from "../../client/security";
import { WayChanges } from "./WayChanges";

/** What changed about one's own ways in; one that is not one's own doing is reported. */
export function MyChanges() {
  const found = useQuery({ queryKey: ["session", "changes"], queryFn: sessions.changes, staleTime: 0 });
  if (!found.data || found.data.length === 0) return null;
  return (
    <section className="panel" aria-label="登录方式记录">
      <div className="panel-head">
        <h2>登录方式记录</h2>
        <span className="muted">不是您本人做的，请立即告诉管理员</span>
      </div>
      <WayChanges rows={found.data} />
    </section>
  );
}
