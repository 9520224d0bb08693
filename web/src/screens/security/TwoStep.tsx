import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState, type ReactNode } from "react";
import { twoStep, type AppSecret, type CredentialJson, type Passkey, type TwoStep as TwoStepState } from "../../client/security";
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
  const begin = (ask: (password?: string) => Promise<Open>) => attempt(async (password) => setOpen(await ask(password)));
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
        <App
          app={app}
          onDrop={() => drop(twoStep.dropApp)}
          onBegin={() => begin(async (password) => ({ app: await twoStep.beginApp(password) }))}
        />
        <Passkeys
          passkeys={passkeys}
          onDrop={({ id }) => drop((password) => twoStep.dropPasskey(id, password))}
          onAdd={() => begin(async (password) => ({ passkey: await twoStep.passkeyWanted(password) }))}
        />
        {(app !== null || passkeys.length > 0) && (
          <RecoveryCodes left={left} onRenew={() => begin(async (password) => ({ codes: await twoStep.renewCodes(password) }))} />
        )}
      </ul>
      {dialog}
      {open && "app" in open && <AppDialog secret={open.app} onDone={established} onClose={close} />}
      {open && "passkey" in open && <PasskeyDialog options={open.passkey} onDone={established} onClose={close} />}
      {open && "codes" in open && <NewCodes codes={open.codes} onClose={close} />}
    </section>
  );
}

interface WayProps {
  name: string;
  words: string;
  /** There is something to be done about it. */
  pressing?: boolean;
  children: ReactNode;
}

/** One way of proving twice who one is, and what can be done about it. */
function Way({ name, words, pressing = false, children }: WayProps) {
  return (
    <li>
      <span>
        <strong>{name}</strong>
        <small className={pressing ? "reason" : "muted"}>{words}</small>
      </span>
      {children}
    </li>
  );
}

function App({ app, onDrop, onBegin }: { app: TwoStepState["app"]; onDrop: () => void; onBegin: () => void }) {
  return (
    <Way name="验证器" words={app ? `${dayText(app.since)} 启用` : "手机上的验证器应用，每 30 秒显示一个新的 6 位数字"}>
      {app ? (
        <Button size="small" type="text" danger aria-label="停用验证器" onClick={onDrop}>
          停用
        </Button>
      ) : (
        <Button size="small" onClick={onBegin}>
          设置验证器
        </Button>
      )}
    </Way>
  );
}

interface PasskeysProps {
  passkeys: Passkey[];
  onDrop: (passkey: Passkey) => void;
  onAdd: () => void;
}

function Passkeys({ passkeys, onDrop, onAdd }: PasskeysProps) {
  const offered = passkeysOffered();
  return (
    <>
      {passkeys.map((one) => (
        <Way
          key={one.id}
          name={one.name}
          words={one.used_at ? `通行密钥 · 最近使用：${nearText(one.used_at)}` : `通行密钥 · ${dayText(one.created_at)} 添加`}
        >
          <Button size="small" type="text" danger aria-label={`删除 ${one.name}`} onClick={() => onDrop(one)}>
            删除
          </Button>
        </Way>
      ))}
      <Way
        name="通行密钥"
        words={offered ? "用指纹、面容或安全密钥登录，不用密码" : "此浏览器或网址不支持；需要 HTTPS 和域名，不能是 IP 地址"}
      >
        <Button size="small" disabled={!offered} onClick={onAdd}>
          添加通行密钥
        </Button>
      </Way>
    </>
  );
}

function RecoveryCodes({ left, onRenew }: { left: number; onRenew: () => void }) {
  return (
    <Way name="恢复码" words={`还有 ${left} 个；手机丢失时每个可用一次`} pressing={left < 3}>
      <Button size="small" onClick={onRenew}>
        换一批恢复码
      </Button>
    </Way>
  );
}

function NewCodes({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  return (
    <Once title="恢复码" text={codes.join("\n")} onClose={onClose}>
      请现在抄下或打印，放在手机以外的地方；关闭后不能再看到。每个只能用一次。
    </Once>
  );
}
