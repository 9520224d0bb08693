import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { twoStep, type AppSecret, type CredentialJson } from "../../client/security";
import { dayText, nearText } from "../../kinds/dates";
import { passkeysOffered } from "../../kit/passkeys";
import { Problem } from "../../kit/Problem";
import { Skeleton } from "../../kit/Skeleton";
import { toast } from "../../kit/toast";
import { AppDialog } from "./AppDialog";
import { Once } from "./Once";
import { PasskeyDialog } from "./PasskeyDialog";
import { useProven } from "./useProven";

type Open = { app: AppSecret } | { passkey: CredentialJson } | { codes: string[] };

/** 两步验证: an app, passkeys and recovery codes, each set up and taken away here. */
export function TwoStep() {
  const queries = useQueryClient();
  const found = useQuery({ queryKey: ["session", "two-step"], queryFn: twoStep.state, staleTime: 0 });
  const [open, setOpen] = useState<Open | null>(null);
  const { attempt, dialog } = useProven();
  if (found.isPending)
    return (
      <section className="panel">
        <Skeleton rows={3} />
      </section>
    );
  if (!found.data) return <Problem cause={found.error} retry={() => void found.refetch()} />;
  const { app, passkeys, recovery_left: left, required } = found.data;
  const refresh = () => void queries.invalidateQueries({ queryKey: ["session"] });
  const close = () => {
    setOpen(null);
    refresh();
  };
  const established = (codes: string[]) => {
    if (codes.length > 0) setOpen({ codes });
    else close();
  };
  const drop = (deed: (password?: string) => Promise<unknown>) =>
    attempt(async (password) => {
      await deed(password);
      toast.ok("已停用");
      refresh();
    });
  return (
    <section className="panel" aria-label="两步验证">
      <div className="panel-head">
        <h2>两步验证</h2>
        <span className="muted">{required ? "您的角色必须使用" : "密码之外再验证一次，密码泄露也进不来"}</span>
      </div>
      <ul className="security-rows">
        <li>
          <span>
            <strong>验证器</strong>
            <small className="muted">
              {app ? `${dayText(app.since)} 启用` : "手机上的验证器应用，每 30 秒显示一个新的 6 位数字"}
            </small>
          </span>
          {app ? (
            <Button size="small" type="text" danger aria-label="停用验证器" onClick={() => drop(twoStep.dropApp)}>
              停用
            </Button>
          ) : (
            <Button size="small" onClick={() => attempt(async (password) => setOpen({ app: await twoStep.beginApp(password) }))}>
              设置验证器
            </Button>
          )}
        </li>
        {passkeys.map((one) => (
          <li key={one.id}>
            <span>
              <strong>{one.name}</strong>
              <small className="muted">
                {one.used_at ? `通行密钥 · 最近使用：${nearText(one.used_at)}` : `通行密钥 · ${dayText(one.created_at)} 添加`}
              </small>
            </span>
            <Button
              size="small"
              type="text"
              danger
              aria-label={`删除 ${one.name}`}
              onClick={() => drop((password) => twoStep.dropPasskey(one.id, password))}
            >
              删除
            </Button>
          </li>
        ))}
        <li>
          <span>
            <strong>通行密钥</strong>
            <small className="muted">
              {passkeysOffered()
                ? "用指纹、面容或安全密钥登录，不用密码"
                : "此浏览器或网址不支持；需要 HTTPS 和域名，不能是 IP 地址"}
            </small>
          </span>
          <Button
            size="small"
            disabled={!passkeysOffered()}
            onClick={() => attempt(async (password) => setOpen({ passkey: await twoStep.passkeyWanted(password) }))}
          >
            添加通行密钥
          </Button>
        </li>
        {(app !== null || passkeys.length > 0) && (
          <li>
            <span>
              <strong>恢复码</strong>
              <small className={left < 3 ? "reason" : "muted"}>{`还有 ${left} 个；手机丢失时每个可用一次`}</small>
            </span>
            <Button
              size="small"
              onClick={() => attempt(async (password) => setOpen({ codes: await twoStep.renewCodes(password) }))}
            >
              换一批恢复码
            </Button>
          </li>
        )}
      </ul>
      {dialog}
      {open && "app" in open && <AppDialog secret={open.app} onDone={established} onClose={close} />}
      {open && "passkey" in open && <PasskeyDialog options={open.passkey} onDone={established} onClose={close} />}
      {open && "codes" in open && (
        <Once title="恢复码" text={open.codes.join("\n")} onClose={close}>
          请现在抄下或打印，放在手机以外的地方；关闭后不能再看到。每个只能用一次。
        </Once>
      )}
    </section>
  );
}
