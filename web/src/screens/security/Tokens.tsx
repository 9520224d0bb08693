import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { tokens, type NewToken, type Token } from "../../client/security";
import { Ask } from "../../kit/ask";
import { Problem } from "../../kit/Problem";
import { Skeleton } from "../../kit/Skeleton";
import { toast } from "../../kit/toast";
import { NewTokenDialog } from "./NewTokenDialog";
import { Once } from "./Once";
import { TokenRow } from "./TokenRow";
import { useProven } from "./useProven";

type Open = { making: true } | { told: string } | { rotating: Token } | { revoking: Token };

/** 接口令牌: what programs sign in with in one's name; told once, seldom made and easily taken back. */
export function Tokens() {
  const found = useQuery({ queryKey: ["tokens"], queryFn: tokens.mine, staleTime: 0 });
  const [open, setOpen] = useState<Open | null>(null);
  const { attempt, dialog } = useProven();
  if (found.isPending)
    return (
      <section className="panel">
        <Skeleton rows={2} />
      </section>
    );
  if (!found.data) return <Problem cause={found.error} retry={() => void found.refetch()} />;
  const close = () => {
    setOpen(null);
    void found.refetch();
  };
  const { rows, most_days: most } = found.data;
  const make = (wanted: NewToken) => attempt(async (password) => setOpen({ told: await tokens.make(wanted, password) }));
  const rotate = ({ id }: Token) => attempt(async (password) => setOpen({ told: await tokens.rotate(id, password) }));
  return (
    <section className="panel" aria-label="接口令牌">
      <div className="panel-head">
        <h2>接口令牌</h2>
        <span className="spacer" />
        <Button size="small" onClick={() => setOpen({ making: true })}>
          新建令牌
        </Button>
      </div>
      {rows.length === 0 && <p className="nothing-yet">还没有令牌；程序要以您的名义读写数据时才需要</p>}
      <ul className="security-rows">
        {rows.map((one) => (
          <TokenRow key={one.id} token={one}>
            <Button size="small" type="text" aria-label={`更换 ${one.name}`} onClick={() => setOpen({ rotating: one })}>
              更换
            </Button>
            <Button size="small" type="text" danger aria-label={`撤销 ${one.name}`} onClick={() => setOpen({ revoking: one })}>
              撤销
            </Button>
          </TokenRow>
        ))}
      </ul>
      {dialog}
      {open && "making" in open && <NewTokenDialog most={most} onAsked={make} onClose={() => setOpen(null)} />}
      {open && "told" in open && (
        <Once title="令牌" text={open.told} onClose={close}>
          请现在复制并交给程序，关闭后不能再看到。
        </Once>
      )}
      {open && "rotating" in open && <Rotating token={open.rotating} onRotate={rotate} onClose={() => setOpen(null)} />}
      {open && "revoking" in open && <Revoking token={open.revoking} onClose={close} />}
    </section>
  );
}

interface RotatingProps {
  token: Token;
  onRotate: (token: Token) => void;
  onClose: () => void;
}

function Rotating({ token, onRotate, onClose }: RotatingProps) {
  const rotate = () => {
    onRotate(token);
    return Promise.resolve();
  };
  return (
    <Ask title={`更换令牌“${token.name}”`} ok="更换" onOk={rotate} onClose={onClose}>
      <p>现在的令牌还能再用 24 小时，请在这段时间里把程序换成新的。</p>
    </Ask>
  );
}

function Revoking({ token, onClose }: { token: Token; onClose: () => void }) {
  const revoke = async () => {
    await tokens.revoke(token.id);
    toast.ok("令牌已撤销");
  };
  return (
    <Ask title={`撤销令牌“${token.name}”`} ok="撤销" danger onOk={revoke} onClose={onClose}>
      <p>使用它的程序立即不能再登录。</p>
    </Ask>
  );
}
