import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { identities } from "../../client/security";
import { dayText, nearText } from "../../kinds/dates";
import { toast } from "../../kit/toast";
import { useProven } from "./useProven";

/** 统一身份: the account at the company's own provider that opens this one. */
export function Identities() {
  const found = useQuery({ queryKey: ["session", "identities"], queryFn: identities.mine, staleTime: 0 });
  const { attempt, dialog } = useProven();
  if (!found.data || (!found.data.available && found.data.rows.length === 0)) return null;
  const { available, rows, problem } = found.data;
  const link = () => attempt(async (password) => location.assign((await identities.link(password)).location));
  return (
    <section className="panel" aria-label="统一身份">
      <div className="panel-head">
        <h2>统一身份</h2>
        <span className="spacer" />
        {available && (
          <Button size="small" onClick={link}>
            关联统一身份
          </Button>
        )}
      </div>
      {problem && (
        <p className="notice notice-error" role="alert">
          {problem}
        </p>
      )}
      {rows.length === 0 && <p className="nothing-yet">还没有关联；关联后可以单点登录，不用本系统的密码</p>}
      <ul className="security-rows">
        {rows.map((one) => (
          <li key={one.id}>
            <span>
              <strong>{one.label}</strong>
              <small className="muted">
                {one.used_at ? `最近使用：${nearText(one.used_at)}` : `${dayText(one.linked_at)} 关联`}
              </small>
            </span>
            <Button
              size="small"
              type="text"
              danger
              aria-label={`取消关联 ${one.label}`}
              onClick={() =>
                attempt(async (password) => {
                  await identities.unlink(one.id, password);
                  toast.ok("已取消关联");
                  await found.refetch();
                })
              }
            >
              取消关联
            </Button>
          </li>
        ))}
      </ul>
      {dialog}
    </section>
  );
}
