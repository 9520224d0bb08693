import { Input } from "antd";
import { useState } from "react";
import { Failure } from "../../client/http";
import { Ask } from "../../kit/ask";
import { toast } from "../../kit/toast";

type Deed = (password?: string) => Promise<unknown>;

/** What changes a way in: done at once soon after sign-in, and otherwise once more with the password. */
export function useProven() {
  const [asked, setAsked] = useState<Deed | null>(null);
  const attempt = async (deed: Deed) => {
    try {
      await deed();
    } catch (cause) {
      if (cause instanceof Failure && cause.reasons.password) setAsked(() => deed);
      else toast.error(cause);
    }
  };
  return {
    attempt: (deed: Deed) => void attempt(deed),
    dialog: asked && <PasswordAsked deed={asked} onClose={() => setAsked(null)} />,
  };
}

function PasswordAsked({ deed, onClose }: { deed: Deed; onClose: () => void }) {
  const [password, setPassword] = useState("");
  return (
    <Ask title="请再输入一次登录密码" ok="继续" width={400} disabled={!password} onOk={() => deed(password)} onClose={onClose}>
      <div className="field">
        <label htmlFor="proof">登录密码</label>
        <Input.Password
          id="proof"
          autoFocus
          autoComplete="current-password"
          value={password}
          onChange={({ target }) => setPassword(target.value)}
        />
      </div>
    </Ask>
  );
}
