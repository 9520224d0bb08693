import { Input } from "antd";
import { useState } from "react";
import { twoStep, type AppSecret } from "../../client/security";
import { Ask } from "../../kit/ask";

/** The picture to scan, and the first code as proof that it was. */
export function AppDialog({
  secret,
  onDone,
  onClose,
}: {
  secret: AppSecret;
  onDone: (codes: string[]) => void;
  onClose: () => void;
}) {
  const [code, setCode] = useState("");
  const go = async () => {
    onDone(await twoStep.confirmApp(code.replace(/\s/g, "")));
    return false;
  };
  return (
    <Ask title="设置验证器" ok="启用" width={420} disabled={code.replace(/\s/g, "").length !== 6} onOk={go} onClose={onClose}>
      <ol className="security-steps">
        <li>
          在手机上打开验证器应用（如腾讯身份验证器、Microsoft Authenticator），扫描二维码。
          <img src={secret.image} alt="验证器二维码" width="180" height="180" />
        </li>
        <li>
          不能扫描时，手工输入密钥：<code>{secret.secret.replace(/(.{4})/g, "$1 ").trim()}</code>
        </li>
        <li>
          <label htmlFor="first-code">输入应用现在显示的 6 位数字</label>
          <Input
            id="first-code"
            autoFocus
            className="one-time"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={7}
            value={code}
            onChange={({ target }) => setCode(target.value)}
          />
        </li>
      </ol>
    </Ask>
  );
}
