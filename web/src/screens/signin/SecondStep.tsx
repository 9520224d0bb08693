import { Button } from "antd";
import { useState, type SyntheticEvent } from "react";
import { entrance, type Method } from "../../client/security";
import type { Me } from "../../client/meta";
import { passkeysOffered } from "../../kit/passkeys";

type Way = "code" | "recovery";

interface Props {
  methods: Method[];
  onEnter: (me: Me) => Promise<void>;
  onError: (message: string) => void;
  onPasskey: () => void;
  onBack: () => void;
}

/** The code of the app, a recovery code or a passkey: whatever she has set up, what she uses most first. */
export function SecondStep({ methods, onEnter, onError, onPasskey, onBack }: Props) {
  const [way, setWay] = useState<Way | null>(methods.includes("code") ? "code" : null);
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const go = async (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await onEnter(await entrance.second(way === "recovery" ? { recovery: text.trim() } : { code: text.trim() }));
    } catch (cause) {
      onError(cause instanceof Error ? cause.message : String(cause));
      setText("");
      setBusy(false);
    }
  };
  const other = (next: Way) => {
    setWay(next);
    setText("");
    onError("");
  };
  return (
    <form onSubmit={(event) => void go(event)} noValidate>
      {methods.includes("passkey") && passkeysOffered() && (
        <Button type={way ? "default" : "primary"} size="large" block onClick={onPasskey}>
          使用通行密钥
        </Button>
      )}
      {way && <OneTime key={way} way={way} text={text} busy={busy} onType={setText} />}
      <p className="sign-in-other">
        {way !== "recovery" && methods.includes("recovery") && (
          <Button type="link" size="small" onClick={() => other("recovery")}>
            用恢复码
          </Button>
        )}
        {way !== "code" && methods.includes("code") && (
          <Button type="link" size="small" onClick={() => other("code")}>
            用验证器
          </Button>
        )}
        <Button type="link" size="small" onClick={onBack}>
          重新登录
        </Button>
      </p>
    </form>
  );
}

interface OneTimeProps {
  way: Way;
  text: string;
  busy: boolean;
  onType: (text: string) => void;
}

function OneTime({ way, text, busy, onType }: OneTimeProps) {
  return (
    <>
      <label htmlFor="second">{way === "code" ? "验证器显示的 6 位数字" : "恢复码"}</label>
      <input
        id="second"
        autoFocus
        autoComplete="one-time-code"
        inputMode={way === "code" ? "numeric" : "text"}
        className="one-time"
        maxLength={way === "code" ? 7 : 24}
        value={text}
        onChange={({ target }) => onType(target.value)}
      />
      <Button type="primary" size="large" block htmlType="submit" loading={busy} disabled={!text.trim()}>
        继续
      </Button>
    </>
  );
}
