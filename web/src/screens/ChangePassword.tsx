import { useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState, type SyntheticEvent, type ReactNode } from "react";
import { session } from "../client/api";
import { Failure } from "../client/http";
import type { Reasons } from "../client/types";
import { Dialog } from "../kit/Dialog";
import { toast } from "../kit/toast";

/** A new password: of one's own wish, or because the first one was given by somebody else. */
export default function ChangePassword({ first, onClose }: { first?: boolean; onClose?: () => void }) {
  const queries = useQueryClient();
  const done = () => {
    toast.ok("密码已修改");
    onClose?.();
    void queries.invalidateQueries({ queryKey: ["session"] });
  };
  if (!first)
    return (
      <Dialog title="修改密码" width={400} footer={null} onCancel={onClose}>
        <PasswordForm done={done} />
      </Dialog>
    );
  return (
    <main className="sign-in">
      <title>设置新密码 · 知客</title>
      <PasswordForm done={done}>
        <h1>设置新密码</h1>
        <p className="muted">您用的是别人给的初始密码，请先换成只有自己知道的。</p>
      </PasswordForm>
    </main>
  );
}

function PasswordForm({ done, children }: { done: () => void; children?: ReactNode }) {
  const [old, setOld] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const [error, setError] = useState("");
  const [reasons, setReasons] = useState<Reasons>({});
  const [busy, setBusy] = useState(false);
  const go = async (event: SyntheticEvent) => {
    event.preventDefault();
    setReasons(next === again ? {} : { again: "两次输入的新密码不一样" });
    if (next !== again) return;
    setBusy(true);
    try {
      await session.changePassword(old, next);
      done();
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause));
      if (cause instanceof Failure) setReasons(cause.reasons);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="form" onSubmit={(event) => void go(event)} noValidate>
      {children}
      {error && (
        <p className="notice notice-error" role="alert">
          {error}
        </p>
      )}
      <Secret
        id="old-password"
        label="现在的密码"
        complete="current-password"
        value={old}
        onChange={setOld}
        reason={reasons.old}
      />
      <Secret id="new-password" label="新密码" complete="new-password" value={next} onChange={setNext} reason={reasons.new} />
      <Secret
        id="again-password"
        label="再输一次新密码"
        complete="new-password"
        value={again}
        onChange={setAgain}
        reason={reasons.again}
      />
      <Button type="primary" block htmlType="submit" loading={busy} disabled={!old || !next || !again}>
        保存新密码
      </Button>
    </form>
  );
}

interface SecretProps {
  id: string;
  label: string;
  complete: string;
  value: string;
  onChange: (value: string) => void;
  reason?: string;
}

function Secret({ id, label, complete, value, onChange, reason }: SecretProps) {
  return (
    <div className={`field ${reason ? "field-wrong" : ""}`}>
      <label htmlFor={id}>{label}</label>
      <Input.Password
        id={id}
        autoComplete={complete}
        value={value}
        status={reason ? "error" : ""}
        aria-describedby={reason && `${id}-note`}
        onChange={({ target }) => onChange(target.value)}
      />
      {reason && (
        <p id={`${id}-note`} className="reason" role="alert">
          {reason}
        </p>
      )}
    </div>
  );
}
