import { Input } from "antd";
import { useState } from "react";
import { twoStep, type CredentialJson } from "../../client/security";
import { Ask } from "../../kit/ask";
import { makePasskey, passkeyProblem } from "../../kit/passkeys";

/** A name first, then the browser asks for finger, face or stick. */
export function PasskeyDialog({
  options,
  onDone,
  onClose,
}: {
  options: CredentialJson;
  onDone: (codes: string[]) => void;
  onClose: () => void;
}) {
  const [name, setName] = useState("");
  const go = async () => {
    const made = await makePasskey(options).catch((cause: unknown) => {
      throw new Error(passkeyProblem(cause));
    });
    onDone(await twoStep.addPasskey(name.trim(), made));
    return false;
  };
  return (
    <Ask title="添加通行密钥" ok="继续" width={420} disabled={!name.trim()} onOk={go} onClose={onClose}>
      <div className="field">
        <label htmlFor="passkey-name">名称</label>
        <Input
          id="passkey-name"
          autoFocus
          maxLength={80}
          placeholder="例如：我的手机"
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
      </div>
      <p className="help">接着浏览器会请您用指纹、面容或安全密钥确认。</p>
    </Ask>
  );
}
