import { Button } from "antd";
import { useState, type SyntheticEvent } from "react";
import { session } from "../../client/api";
import { Failure } from "../../client/http";
import type { Method } from "../../client/security";
import type { Me } from "../../client/meta";

interface Props {
  onEnter: (me: Me) => Promise<void>;
  onSecond: (methods: Method[]) => void;
  onError: (message: string) => void;
}

/** Name and password. */
export function PasswordStep({ onEnter, onSecond, onError }: Props) {
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const go = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (!username.trim() || !password) {
      onError("请输入用户名和密码");
      return;
    }
    setBusy(true);
    try {
      await onEnter(await session.open(username.trim(), password));
    } catch (cause) {
      setBusy(false);
      if (cause instanceof Failure && cause.code === "second_step") onSecond(cause.body.methods as Method[]);
      else onError(cause instanceof Error ? cause.message : String(cause));
    }
  };
  return (
    <form onSubmit={(event) => void go(event)} noValidate>
      <label htmlFor="username">用户名</label>
      <input
        id="username"
        autoFocus
        autoComplete="username"
        autoCapitalize="off"
        spellCheck={false}
        value={username}
        onChange={({ target }) => setUsername(target.value)}
      />
      <label htmlFor="password">密码</label>
      <span className="secret">
        <input
          id="password"
          type={shown ? "text" : "password"}
          autoComplete="current-password"
          value={password}
          onChange={({ target }) => setPassword(target.value)}
        />
        <button type="button" className="plain" aria-label={shown ? "隐藏密码" : "显示密码"} onClick={() => setShown(!shown)}>
          {shown ? "隐藏" : "显示"}
        </button>
      </span>
      <Button type="primary" size="large" block htmlType="submit" loading={busy}>
        登录
      </Button>
    </form>
  );
}
