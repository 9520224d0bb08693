import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { arrive } from "../app/arrival";
import { prefer } from "../app/preferences";
import "../app/security.css";
import { forgetRead } from "../app/session";
import { entrance, type Method } from "../client/security";
import type { Me } from "../client/meta";
import { passkeyProblem, passkeysOffered, showPasskey } from "../kit/passkeys";
import { OTHER } from "../kit/words";
import { PasswordStep } from "./signin/PasswordStep";
import { SecondStep } from "./signin/SecondStep";

/** Signing in, in one step or two. What the server refuses, it explains; the lock-out says how long. */
export default function SignIn() {
  const ways = useQuery({ queryKey: ["session", "ways"], queryFn: entrance.ways, staleTime: Infinity, retry: false });
  const [methods, setMethods] = useState<Method[] | null>(null);
  const [error, setError] = useState("");
  const { enter, byPasskey } = useEntrance(setError);
  const turn = (next: Method[] | null) => {
    setMethods(next);
    setError("");
  };
  const said = error || ways.data?.problem;
  return (
    <main className="sign-in">
      <title>登录 · 知客</title>
      <div className="sign-in-card">
        <img src="/favicon.svg" alt="" width="40" height="40" />
        <h1>知客</h1>
        <p className="muted">{methods ? "两步验证" : "了解每一位客户，跟进每一个机会"}</p>
        {said && (
          <p className="notice notice-error" role="alert">
            {said}
          </p>
        )}
        {methods ? (
          <SecondStep methods={methods} onEnter={enter} onError={setError} onPasskey={byPasskey} onBack={() => turn(null)} />
        ) : (
          <PasswordStep onEnter={enter} onError={setError} onSecond={turn} />
        )}
        {!methods && <OtherWays label={ways.data?.single_sign_on} onPasskey={byPasskey} />}
        {!methods && <p className="help">忘记密码请联系管理员重置。</p>}
        <p>
          <Button type="link" size="small" lang={OTHER.key} onClick={() => prefer({ language: OTHER.key })}>
            {OTHER.label}
          </Button>
        </p>
      </div>
    </main>
  );
}

/** What ends a signing in, by whatever way: the app begins with whoever came. */
function useEntrance(onError: (message: string) => void) {
  const queries = useQueryClient();
  const enter = async (me: Me) => {
    await arrive(me);
    forgetRead(queries);
    queries.setQueryData(["session"], me);
  };
  const show = async () => {
    try {
      await enter(await entrance.passkey(await showPasskey(await entrance.passkeyWanted())));
    } catch (cause) {
      onError(passkeyProblem(cause));
    }
  };
  return { enter, byPasskey: () => void show() };
}

/** Ways in without a password, where there are any. */
function OtherWays({ label, onPasskey }: { label: string | null | undefined; onPasskey: () => void }) {
  if ((label === null || label === undefined) && !passkeysOffered()) return null;
  return (
    <div className="sign-in-ways">
      {label && (
        <Button block size="large" href={entrance.singleSignOn()}>
          {label}
        </Button>
      )}
      {passkeysOffered() && (
        <Button block onClick={onPasskey}>
          用通行密钥登录
        </Button>
      )}
    </div>
  );
}
