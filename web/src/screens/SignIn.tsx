import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState, type SyntheticEvent } from "react";
import { arrive } from "../app/arrival";
import { prefer } from "../app/preferences";
import { forgetRead } from "../app/session";
import { session } from "../client/api";
import { OTHER } from "../kit/words";

/** Signing in. What the server refuses, it explains; the lock-out says how long. */
export default function SignIn() {
  const queries = useQueryClient();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [error, setError] = useState("");
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const go = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (!username.trim() || !password) { setError("请输入用户名和密码"); return; }
    setBusy(true);
    try {
      const me = await session.open(username.trim(), password);
      await arrive(me);
      forgetRead(queries);
      queries.setQueryData(["session"], me);
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause));
      setBusy(false);
    }
  };
  return (
    <main className="sign-in">
      <title>登录 · 知客</title>
      <form onSubmit={(event) => void go(event)} noValidate>
        <img src="/favicon.svg" alt="" width="40" height="40" />
        <h1>知客</h1>
        <p className="muted">了解每一位客户，跟进每一个机会</p>
        {error && <p className="notice notice-error" role="alert">{error}</p>}
        <label htmlFor="username">用户名</label>
        <input id="username" autoFocus autoComplete="username" autoCapitalize="off" spellCheck={false} value={username} onChange={({ target }) => setUsername(target.value)} />
        <label htmlFor="password">密码</label>
        <span className="secret">
          <input id="password" type={shown ? "text" : "password"} autoComplete="current-password" value={password} onChange={({ target }) => setPassword(target.value)} />
          <button type="button" className="plain" aria-label={shown ? "隐藏密码" : "显示密码"} onClick={() => setShown(!shown)}>{shown ? "隐藏" : "显示"}</button>
        </span>
        <Button type="primary" size="large" block htmlType="submit" loading={busy}>登录</Button>
        <p className="help">忘记密码请联系管理员重置。</p>
        <p><Button type="link" size="small" lang={OTHER.key} onClick={() => prefer({ language: OTHER.key })}>{OTHER.label}</Button></p>
      </form>
    </main>
  );
}
